// Module settings: `openai.api_key = key`, a statement that configures the client of a whole module.
// Others take its place; one that the file says already is not written twice.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "fix/bindings.h"
#include "fix/recipe.h"

namespace keyless {

// `with`: name of a setting -> code of a rule, filled in by `code`. Refuses in words what is not a
// statement of its own, and a switch, which has no form there.
void replace_module_setting(const CodeFile& file, const Element& setting, Span key,
                            const std::vector<std::pair<std::string, std::string>>& with,
                            const std::function<std::string(std::string)>& code,
                            RecipeResult& result);

}  // namespace keyless
