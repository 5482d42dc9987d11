// Lock: local authentication of an account is switched off, last of all.
// Edits one attribute of the account; what decides it elsewhere (a variable) is refused in words.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "fix/change.h"
#include "fix/edit.h"
#include "fix/options.h"
#include "fix/repository.h"

namespace keyless {

struct LockPlan {
  std::map<std::string, std::vector<Edit>> edits;  // by path
  std::vector<std::string> what;
  std::vector<Refusal> refused;
  std::string blocked;  // who may still use a key; "" when the evidence says nobody
};

// `scan`: of the drafts after all other stages.
LockPlan plan_lock(const Repository& repository, const ScanOfDrafts& scan,
                   const FixOptions& options, uint32_t root);

}  // namespace keyless
