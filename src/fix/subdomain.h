// Sub-domain: tokens work only on an account with a custom sub-domain; one without gets its own
// name. Where the provider would make the account anew for it, a person is told instead.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "fix/change.h"
#include "fix/edit.h"
#include "fix/repository.h"
#include "rule/load.h"

namespace keyless {

struct SubdomainPlan {
  std::map<std::string, std::vector<Edit>> edits;  // by path
  std::vector<std::string> what;
  std::vector<Refusal> refused;
};

SubdomainPlan plan_subdomains(const Repository& repository, const RuleSet& rules, uint32_t root);

}  // namespace keyless
