// Code: the rewrite of callers: keys of clients and requests become tokens, and what only fed them
// goes. Works on drafts of a Repository; a file whose result is no better is left as it was.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "fix/change.h"
#include "fix/options.h"
#include "fix/repository.h"
#include "rule/load.h"

namespace keyless {

struct CodeRewrite {
  std::vector<Refusal> refused;
  std::set<std::string> changed;                       // paths
  std::map<std::string, std::set<std::string>> rules;  // path -> rules applied there
  std::set<std::string> async_files;                   // where an awaitable provider was made
  std::set<std::string> open_files;                    // where one is not closed with its client
  std::set<std::string> provider_files;                // where a provider or credential was made
  std::map<std::string, std::string> authorities;      // path -> sign-in host that is not the usual
  std::set<std::string> settings;                      // environment names nobody needs any more
  Safety safety = Safety::safe;
};

// `credential`: word of the templates. `root` only goes into refusals.
CodeRewrite rewrite_code(Repository& repository, const RuleSet& rules, const FixOptions& options,
                         const std::string& credential, uint32_t root);

}  // namespace keyless
