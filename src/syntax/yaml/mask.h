// Masks for what is no YAML: template actions `{{ ... }}`, control bytes, directives.
// The result has the length of the input and the same line ends, so every offset holds.
#pragma once

#include <string>
#include <string_view>

namespace keyless {

std::string mask_yaml(std::string_view text);

}  // namespace keyless
