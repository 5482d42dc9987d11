// Checks JSON documents against JSON schemas with a library that is not ours.
// `json_of` reads our YAML tree as an editor with YAML 1.2 would.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "base/yaml.h"

namespace keyless {

// What the schema says against the document; empty when it is valid.
std::string schema_errors(const nlohmann::json& schema, const nlohmann::json& document);

nlohmann::json json_of(const YamlNode& node);

}  // namespace keyless
