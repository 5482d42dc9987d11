// Placeholders: text that keeps a left-over variable out of a request (`no_key` of the templates).
// It goes when nothing sets such a variable any more; until then it stays.
#pragma once

#include <map>
#include <string>

#include "fix/repository.h"
#include "rule/load.h"

namespace keyless {

// Path -> the file without its placeholders and what only they needed; files without one are absent.
std::map<std::string, std::string> without_placeholders(const Repository& repository,
                                                        const RuleSet& rules);

}  // namespace keyless
