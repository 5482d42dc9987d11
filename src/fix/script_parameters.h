// Script parameters: those of functions and constructors of JavaScript that only handed a key on,
// with the arguments of all calls. Anything that may call them unseen keeps them.
#pragma once

#include <set>
#include <string>

#include "fix/parameters.h"

namespace keyless {

// `names`: as parameters_read_in gives them; "function.options.member" for a member of one.
ParameterRemoval remove_script_parameters(const Repository& repository, uint32_t file,
                                          const std::set<std::string>& names);

}  // namespace keyless
