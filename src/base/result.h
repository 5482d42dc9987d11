// Result<T>: a value or a Diagnostic; the way every function of ours reports failure.
// No function of ours throws; a library's exception ends in the file that includes the library.
#pragma once

#include <tl/expected.hpp>
#include <utility>

#include "base/diagnostic.h"

namespace keyless {

template <class T>
using Result = tl::expected<T, Diagnostic>;

inline tl::unexpected<Diagnostic> fail(Diagnostic diagnostic) {
  return tl::unexpected<Diagnostic>(std::move(diagnostic));
}

inline tl::unexpected<Diagnostic> fail(std::string message, std::string mend = {}) {
  return fail(Diagnostic{Problem::bad_input, {}, 0, std::move(message), std::move(mend)});
}

}  // namespace keyless
