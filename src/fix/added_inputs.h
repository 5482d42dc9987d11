// Added inputs: arguments of a call that were not there, behind those that are, in the file's manner.
// Refuses in words where the call does not show where they would go.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fix/bindings.h"
#include "fix/recipe.h"

namespace keyless {

// `texts`: whole inputs, `name=value` or `name: value`. `position`: where the callee of JavaScript
// takes an object of options, as a number; "" when it takes none by position.
void add_to_call(const CodeFile& file, const Element& call, const std::vector<std::string>& texts,
                 std::string_view position, RecipeResult& result);

}  // namespace keyless
