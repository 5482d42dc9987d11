// origins: the values that a name in code may stand for, through assignments and alternatives.
// Bounded in depth and number; the value itself comes first.
#pragma once

#include <vector>

#include "lineage/project.h"
#include "lineage/symbols.h"

namespace keyless {

// A value with the scope that its names are meant in.
struct Origin {
  uint32_t file = 0;
  ScopeId scope = 0;
  ValueId value = none;
};

std::vector<Origin> origins_of(const Project& project, const Symbols& symbols, uint32_t file,
                               ScopeId scope, ValueId value);

}  // namespace keyless
