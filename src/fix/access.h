// Access: before a caller can do without its key, its workload has an identity and that identity a
// role on the account. Written where both are in reach; otherwise said with the snippet.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "fix/carriers.h"
#include "fix/change.h"
#include "fix/edit.h"
#include "fix/repository.h"
#include "rule/load.h"

namespace keyless {

struct AccessPlan {
  std::map<std::string, std::vector<Edit>> edits;  // by path
  std::vector<std::string> what;
  std::vector<Refusal> refused;
};

// For every workload that an account's key reaches; one whose key comes from outside is given the
// role on the only account there is. `root` only goes into refusals.
AccessPlan plan_access(const Repository& repository, ScanOfDrafts& scan, const RuleSet& rules,
                       const CarriersOfKeys& of_keys, uint32_t root);

}  // namespace keyless
