// Transition: what a rewritten client needs while the old variable may still be set beside it.
// Written by stage `callers`, taken back by `cleanup` once nothing sets the variable any more.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "fix/edit.h"
#include "fix/repository.h"
#include "rule/load.h"

namespace keyless {

struct Transition {
  std::map<std::string, std::vector<Edit>> edits;      // by path, on the drafts
  std::map<std::string, std::set<std::string>> until;  // path -> variables that have to go first
  std::vector<std::string> prerequisites;  // where no code helps: what has to be gone beforehand
};

// `variables`: environment names that anything in the root speaks of. `applied`: path -> rules whose fix was made there.
Transition transition_of(const Repository& repository, const std::set<std::string>& variables,
                         const RuleSet& rules,
                         const std::map<std::string, std::set<std::string>>& applied);

}  // namespace keyless
