// Usage: whether other code files still need what one of them declares.
// Errs on the side of yes: a mention that may mean the declaration counts. Tests do not.
#pragma once

#include "fix/repository.h"
#include "rule/names.h"

namespace keyless {

// `owner`: the file of the project that has the declaration.
bool used_elsewhere(const Repository& repository, const Names& names, uint32_t owner,
                    const Element& declaration);

}  // namespace keyless
