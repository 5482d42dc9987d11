// Range: the versions that a manifest admits for one package, and the smallest change to its text
// that leaves out those below a minimum. Never widens, never crosses a breaking version.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/span.h"

namespace keyless::manifest {

enum class Dialect : uint8_t { pep440, poetry, npm };

enum class Standing : uint8_t {
  enough,    // nothing below the minimum, or no lower bound at all
  raise,     // `span` is to become `text`
  breaking,  // only another major version would do
  closed,    // an upper bound, an exclusion or an alternative is in the way
  unknown    // not a range of versions
};

struct Raise {
  Standing standing = Standing::enough;
  Span span;  // into the range's text
  std::string text;
  bool exact = false;  // an exact version becomes another one
};

Raise raise_range(std::string_view range, Dialect dialect, std::string_view at_least);

// The exact version or the highest lower bound, as written.
std::optional<std::string> lower_bound(std::string_view range, Dialect dialect);

// Whether the range admits one version only.
bool is_exact(std::string_view range, Dialect dialect);

}  // namespace keyless::manifest
