// Reads package.json: objects from name to range.

#include <algorithm>
#include <array>

#include "base/text.h"
#include "fix/manifest/declarations.h"
#include "syntax/json/reader.h"

namespace keyless::manifest {
namespace {

struct Row {
  std::string_view key;
  Rank rank;
};

constexpr std::array rows{
    Row{"dependencies", Rank::always},
    Row{"optionalDependencies", Rank::optional},
    Row{"peerDependencies", Rank::optional},
    Row{"devDependencies", Rank::development},
};

// `workspace:*`, `file:../x`, `npm:other@1`, `owner/name`: no range of this package's versions.
bool is_address(std::string_view range) {
  return range.find(':') != std::string_view::npos || range.find('/') != std::string_view::npos;
}

Item item_of(const json::JsonTree& tree, std::string_view text, json::NodeId id) {
  Item item;
  item.name = tree.key(id);
  item.entry = tree.entry_span(id);
  const Span value = tree.at(id).span;
  const std::string_view written = text.substr(value.begin, value.size());
  if (!tree.is(id, json::Kind::string) || value.size() < 2 ||
      written.find('\\') != std::string_view::npos)
    return item;
  item.range = Span{value.begin + 1, value.end - 1};
  item.located = is_address(written.substr(1, written.size() - 2));
  return item;
}

}  // namespace

Declarations read_package_json(std::string_view text) {
  Declarations out;
  const json::JsonTree tree(text);
  const json::NodeId root = tree.root();
  if (!tree.is(root, json::Kind::object) || !tree.broken().empty() || !tree.complete()) {
    out.readable = false;
    return out;
  }
  for (const Row& row : rows) {
    const json::NodeId list = tree.find(root, row.key);
    if (!tree.is(list, json::Kind::object)) continue;
    Group group{std::string(row.key), row.rank, Form::object, Dialect::npm, tree.at(list).span, {}};
    for (json::NodeId id = tree.at(list).first; id != json::no_node; id = tree.at(id).next)
      group.items.push_back(item_of(tree, text, id));
    out.groups.push_back(std::move(group));
  }
  if (tree.find(root, "overrides") != json::no_node ||
      tree.find(root, "resolutions") != json::no_node)
    out.remark = "the file overrides versions of its packages";
  return out;
}

}  // namespace keyless::manifest
