// Smoke test: a step behind the deployment in workflows: a token is acquired, one call is made with it.
// Works on the text of workflows, drafted ones too; a job that has the step already is left alone.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "fix/change.h"
#include "fix/repository.h"
#include "rule/load.h"

namespace keyless {

struct SmokeTests {
  std::map<std::string, std::string> drafts;  // workflow -> its new text
  std::vector<std::string> what;
  std::vector<std::string> prerequisites;
  std::vector<Refusal> refused;
};

// `scope`: token scope of the accounts.
SmokeTests plan_smoke_tests(const Repository& repository, const RuleSet& rules,
                            const std::string& scope, uint32_t root);

}  // namespace keyless
