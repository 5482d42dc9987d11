// Usage: whether other code files still need what one of them declares.
// Errs on the side of yes: a mention that may mean the declaration counts. Tests do not.
#pragma once

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "fix/repository.h"
#include "rule/names.h"

namespace keyless {

// `owner`: the file of the project that has the declaration.
bool used_elsewhere(const Repository& repository, const Names& names, uint32_t owner,
                    const Element& declaration);

// `names`: by the path of the file that declares them. Code files that read one of what they import from
// there, `CONFIG.key` or the name itself: (reader, name).
std::vector<std::pair<std::string, std::string>> importers_reading(
    const Repository& repository, const std::map<std::string, std::set<std::string>>& names);

}  // namespace keyless
