// Unfit: files in which no credential can work, by what they say or are called.
// The signs and the reasons are data of rules/_templates.yaml.
#pragma once

#include <string>
#include <string_view>

#include "rule/templates.h"

namespace keyless {

// Why no credential works in the file; "" when one does.
std::string unfit(const LanguageTemplates& templates, std::string_view path, std::string_view text);

}  // namespace keyless
