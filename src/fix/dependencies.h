// Dependencies: which packages the rewritten files need, and the manifests that declare them.
// Lock files are only read; what cannot be declared is refused in words.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "fix/change.h"
#include "fix/code.h"
#include "fix/repository.h"
#include "rule/load.h"

namespace keyless {

struct Dependencies {
  std::map<std::string, std::string> drafts;  // manifest -> its new text
  std::vector<std::string> what;
  std::vector<std::string> prerequisites;  // commands that bring lock files up to date
  std::vector<Refusal> refused;
};

Dependencies dependencies_of(const Repository& repository, const RuleSet& rules,
                             const CodeRewrite& code, uint32_t root);

}  // namespace keyless
