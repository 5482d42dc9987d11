// Empty choices: `condition ? [ item ] : []` of Bicep goes with its only item.
// Works on text alone; what is no plain choice of that form keeps its empty list.
#pragma once

#include <string_view>

#include "fix/edit.h"

namespace keyless {

// `removal` takes an item out of a list. Widened to the argument that the choice is, with its comma; where the choice
// is a value, `[]` stands in its place.
Edit with_empty_choice(std::string_view text, Edit removal);

}  // namespace keyless
