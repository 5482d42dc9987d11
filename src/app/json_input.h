// JSON that others wrote, as a tree; for small files (baseline, event of a CI run).
// Promises a bound on nesting and no exception; the tree is the library's own.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

namespace keyless {

// Nothing for text that is no JSON or nests too deep.
inline std::optional<nlohmann::json> json_input(std::string_view text, int deepest = 40) {
  int depth = 0;
  for (const char c : text) {
    if (c == '[' || c == '{') ++depth;
    if (c == ']' || c == '}') --depth;
    if (depth > deepest) return std::nullopt;
  }
  nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
  if (json.is_discarded()) return std::nullopt;
  return json;
}

}  // namespace keyless
