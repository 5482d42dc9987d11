// JSON that others wrote, as a tree; for small files (baseline, event of a CI run).
// Promises a bound on nesting and no exception; the tree is the library's own.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

namespace keyless {

// Whether arrays and objects nest deeper. Exact up to the first error of the text, where the parser
// stops too: brackets in texts do not count.
inline bool nests_deeper(std::string_view text, int deepest) {
  int depth = 0;
  bool quoted = false;
  for (size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (quoted && c == '\\')
      ++at;
    else if (c == '"')
      quoted = !quoted;
    else if (!quoted && (c == '[' || c == '{') && ++depth > deepest)
      return true;
    else if (!quoted && (c == ']' || c == '}'))
      --depth;
  }
  return false;
}

// Nothing for text that is no JSON or nests too deep.
inline std::optional<nlohmann::json> json_input(std::string_view text, int deepest = 40) {
  if (nests_deeper(text, deepest)) return std::nullopt;
  nlohmann::json json = nlohmann::json::parse(text, nullptr, false);
  if (json.is_discarded()) return std::nullopt;
  return json;
}

}  // namespace keyless
