// literals: which literal values an infrastructure expression can take within the repository.
// Follows variables, defaults, given values, locals and module arguments; bounded in depth.
#pragma once

#include <string>
#include <vector>

#include "lineage/flow.h"

namespace keyless {

struct Literals {
  struct Place {
    uint32_t file = 0;
    Span span;
  };
  std::vector<std::string> texts;
  std::vector<Place> places;  // where each text is written
  bool complete = true;       // false when a part could not be followed
};

Literals literals_of(const Flow& flow, uint32_t file, ValueId value);

}  // namespace keyless
