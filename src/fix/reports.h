// Reports: statements that only tell of a value: logs, lines of a report, shown or hidden.
// They go with the value; whatever does more than tell is none.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "fix/bindings.h"

namespace keyless {

using NameSet = std::set<std::string, std::less<>>;

// Words that may stand beside a key in a question for it: `os`, `len`, `this` ...
bool is_neutral(std::string_view name);

// `CONFIG` in `CONFIG.key`, when `key` is one of the names.
bool owns_one_of(const CodeFile& file, const NameSet& names, const Mention& mention);

// Indexes of the statements that tell nothing but the names.
std::vector<uint32_t> statements_that_tell(const CodeFile& file, const NameSet& names);

}  // namespace keyless
