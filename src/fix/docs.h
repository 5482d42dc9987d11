// Docs: what documentation and comments say of settings that nothing reads any more, for `--docs`.
// Only lines that do nothing but set, list or read the name go; every other mention is told.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "fix/repository.h"

namespace keyless {

struct DocEdits {
  std::map<std::string, std::string> drafts;  // path -> its new text
  std::vector<std::string> mentions;          // "path:line: ...": what a person has to look at
};

// `gone`: names of settings. A name that also stands in a script nobody analyses is only told.
DocEdits plan_docs(const Repository& repository, const std::set<std::string>& gone);

}  // namespace keyless
