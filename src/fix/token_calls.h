// Calls that are given a token where a rule would have found a key: callers that are keyless.
// Knows only what the rules' fixes say, so a caller of another API is not seen, never misjudged.
#pragma once

#include <string>
#include <vector>

#include "base/span.h"
#include "lineage/project.h"
#include "rule/load.h"

namespace keyless {

struct TokenCall {
  std::string path;  // root-relative
  Span span;         // of the input that carries the token
  std::string rule;
  std::string symbol;   // of the callee
  std::string service;  // of the rule; "" when it names none
};

// In file order, then span; test code is left out.
std::vector<TokenCall> token_calls(const Project& project, const RuleSet& rules);

}  // namespace keyless
