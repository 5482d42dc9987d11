// Parameters: those of functions in this repository that nothing in their body reads any more, with
// the arguments of all calls. Anything that may call them unseen keeps them.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "fix/edit.h"
#include "fix/repository.h"
#include "syntax/document.h"

namespace keyless {

struct ParameterRemoval {
  std::map<std::string, std::vector<Edit>> edits;    // by path
  std::map<std::string, std::vector<Span>> removed;  // what the arguments name may be unused now
};

// Parameters that are read in the spans, as "Class.function.parameter".
std::set<std::string> parameters_read_in(const Document& document, const std::vector<Span>& spans);

// `names`: parameters of the file that lost a use. One pass; spans are those of the drafts.
ParameterRemoval remove_parameters(const Repository& repository, uint32_t file,
                                   const std::set<std::string>& names);

}  // namespace keyless
