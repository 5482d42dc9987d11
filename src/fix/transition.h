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

// What an earlier run wrote for the transition and nobody took back: path -> edits that remove it,
// and the variables that must be gone first. Only what stands beside the keyless input as it is
// written here.
struct Leftover {
  std::vector<Edit> edits;
  std::set<std::string> names;
};
std::map<std::string, Leftover> leftovers_of(const Repository& repository, const RuleSet& rules);

}  // namespace keyless
