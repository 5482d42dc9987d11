// flatten: the attributes of a resource or the arguments of a module as one list of dotted names.
// The map itself is an input too, followed by its entries; lists add no index to the name.
#pragma once

#include <string>
#include <vector>

#include "syntax/resources/shapes.h"

namespace keyless {

// Appends the attribute and, when its value is a literal map or list of maps (also behind a
// definition or a choice), one input per entry below it.
void add_attribute(Shapes& shapes, Input attribute, std::vector<Input>& inputs);

// Adds `element` and one more of its kind per entry below a map value: "settings", "settings.KEY".
void add_flattened(Shapes& shapes, Element element);

// The first input of that name, or nullptr. Names are compared without case.
const Input* find_input(const std::vector<Input>& inputs, std::string_view name);

}  // namespace keyless
