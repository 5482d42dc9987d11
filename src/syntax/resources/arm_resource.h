// arm_resource: a resource or module of Bicep or ARM, from the value of its body.
// The same shapes hold in both: flat attributes, and settings wherever this family writes them.
#pragma once

#include <string>
#include <string_view>

#include "syntax/resources/settings.h"

namespace keyless {

// Flattens `element.value` (the body) into the element's inputs, adds the element and its settings.
// `parent` is the symbol of the resource it is nested in, or "".
void add_arm_resource(Shapes& shapes, Settings& settings, Element element,
                      const std::string& parent);

// True for types that keep one secret each, so that a loop over literals means several stores.
bool is_store_type(std::string_view type);

}  // namespace keyless
