#include "output/node_label.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace keyless {

namespace {

struct SpaceWord {
  std::string_view space;
  std::string_view word;
};

// table: spaces whose names need a word in front; the others say themselves what they are
constexpr std::array<SpaceWord, 7> space_words{{
    {"account", "account"},
    {"env", "environment variable"},
    {"config", "configuration"},
    {"vault", "vault secret"},
    {"pipeline", "pipeline secret"},
    {"read", "read of"},
    {"literal", "key"},
}};

// Places of one name in one file are told apart by "@offset", which says nothing to people.
std::string_view without_offset(std::string_view name) {
  const size_t at = name.rfind('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == name.size()) return name;
  return std::ranges::all_of(name.substr(at + 1), is_digit) ? name.substr(0, at) : name;
}

}  // namespace

std::string node_label(const GraphNode* node, std::string_view name) {
  const size_t scope = name.find(':');
  const size_t rest = scope == std::string_view::npos ? scope : name.find(':', scope + 1);
  const std::string_view own = rest == std::string_view::npos ? name : name.substr(rest + 1);
  const std::string_view label =
      node != nullptr && !node->label.empty() ? std::string_view(node->label) : own;
  for (const SpaceWord& row : space_words)
    if (row.space == name.substr(0, scope))
      return std::string(row.word) + " " + std::string(without_offset(label));
  return std::string(without_offset(label));
}

}  // namespace keyless
