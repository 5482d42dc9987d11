// YamlNode: a YAML file of ours (rules, configuration) as a plain tree with line numbers.
// For trusted-size input; the readers of scanned files use the event API instead.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace keyless {

struct YamlField;

struct YamlNode {
  enum class Kind : uint8_t { null, scalar, list, map };
  Kind kind = Kind::null;
  std::string scalar;
  bool quoted = false;
  uint32_t line = 0;  // 1-based
  std::vector<YamlNode> items;
  std::vector<YamlField> fields;  // in file order

  [[nodiscard]] const YamlNode* find(std::string_view key) const;
};

// Not a std::pair: clang 14 asks about a pair's members while YamlNode is still incomplete.
struct YamlField {
  std::string name;
  YamlNode node;
};

inline const YamlNode* YamlNode::find(std::string_view key) const {
  for (const auto& [name, node] : fields)
    if (name == key) return &node;
  return nullptr;
}

// Fails with path and line on malformed YAML, duplicate keys, non-scalar keys, aliases (our files
// need none) and nesting deeper than 40.
Result<YamlNode> parse_yaml(std::string_view text, std::string_view path);

// A tree as bytes and back, for trees that a build has parsed already. Unpacks only what pack wrote.
std::string pack(const YamlNode& node);
YamlNode unpack(std::string_view& bytes);  // takes what it reads off the front

}  // namespace keyless
