// SpannedTree: a scanned YAML file as nodes that know where they stand; one flat array, no owner
// cycles. Aliases stay references: nothing here multiplies, whatever the file says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "syntax/shell/mapped_text.h"

namespace keyless {

enum class NodeKind : uint8_t { empty, scalar, map, sequence, alias };

using NodeId = uint32_t;
inline constexpr NodeId no_node = UINT32_MAX;

// Deeper nesting than this is not read.
inline constexpr size_t max_yaml_depth = 200;

struct SpannedNode {
  NodeKind kind = NodeKind::empty;
  bool flow = false;             // `{}`, `[]`
  Span span;                     // without anchor and tag; a container: first child to last
  std::string text;              // a scalar decoded as YAML does; empty for the other kinds
  std::string tag;               // "!ENV"; empty for the default ones
  NodeId target = no_node;       // what an alias stands for
  std::vector<NodeId> children;  // a map: key, value, key, value ...
};

struct SpannedTree {
  std::string_view text;  // the file
  std::string masked;     // same length; what the parser saw
  std::vector<SpannedNode> nodes;
  std::vector<NodeId> roots;  // one per document that is not empty
  std::vector<Span> broken;   // lines the parser refused
  bool too_deep = false;
  bool aliases_cut = false;  // some aliases have no target: together they would be too much

  [[nodiscard]] const SpannedNode& at(NodeId id) const { return nodes[id]; }
  // An alias followed once; anything else is itself.
  [[nodiscard]] NodeId resolved(NodeId id) const;
  // Value of `key` in a map, no_node when absent or `map` is none. Follows an alias of the map.
  [[nodiscard]] NodeId find(NodeId map, std::string_view key) const;
  // The index in map.children of `key`, its value stands behind it.
  [[nodiscard]] std::optional<size_t> index_of(NodeId map, std::string_view key) const;
  // `key` scalar's text of a map, or "".
  [[nodiscard]] std::string_view text_of(NodeId map, std::string_view key) const;
  // The scalar's text with the place of each byte: quotes, escapes, folds and indentation resolved.
  [[nodiscard]] MappedText mapped(NodeId id) const;
};

// Reads all documents of the file. Never fails: lines that the parser refuses are left out and
// listed, and what stands deeper than max_yaml_depth is left out.
SpannedTree read_yaml(std::string_view text);

}  // namespace keyless
