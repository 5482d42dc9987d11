// Plan: all stages of one root, from what a scan says to files before and after.
// Deterministic; each stage starts from the drafts of the stage before it.
#pragma once

#include "fix/change.h"
#include "fix/options.h"
#include "fix/repository.h"
#include "rule/load.h"

namespace keyless {

FixPlan plan_root(Repository& repository, const RuleSet& rules, const FixOptions& options,
                  uint32_t root);

}  // namespace keyless
