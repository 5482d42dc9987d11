// JsonTree: a JSON file as nodes with byte positions. Comments, trailing commas, line ends inside
// strings and unquoted keys are accepted; an error costs its place, the rest of the file is read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace keyless::json {

using NodeId = uint32_t;
inline constexpr NodeId no_node = UINT32_MAX;

enum class Kind : uint8_t { object, array, string, number, boolean, null };

struct Node {
  Kind kind = Kind::null;
  Span span;  // the value; a string with its quotes
  Span key;   // with its quotes; empty for elements of arrays
  NodeId first = no_node;
  NodeId next = no_node;  // the next entry of the same object or array
};

class JsonTree {
 public:
  // Reads `text`, which must outlive the tree: at most 200 levels and 200,000 values.
  explicit JsonTree(std::string_view text);

  [[nodiscard]] NodeId root() const { return nodes_.empty() ? no_node : 0; }
  [[nodiscard]] const Node& at(NodeId id) const { return nodes_[id]; }
  [[nodiscard]] std::string key(NodeId id) const { return decoded(nodes_[id].key); }
  // Decoded text of a string; the text as written of other scalars.
  [[nodiscard]] std::string text(NodeId id) const;
  // The entry of an object by its key, compared without case; no_node when there is none.
  [[nodiscard]] NodeId find(NodeId object, std::string_view key) const;
  [[nodiscard]] bool is(NodeId id, Kind kind) const {
    return id != no_node && nodes_[id].kind == kind;
  }
  // Key and value of a property, the value alone of an array's element.
  [[nodiscard]] Span entry_span(NodeId id) const {
    const Node& node = nodes_[id];
    return {node.key.empty() ? node.span.begin : node.key.begin, node.span.end};
  }

  [[nodiscard]] const std::vector<Span>& broken() const { return broken_; }
  [[nodiscard]] bool complete() const { return complete_; }

 private:
  [[nodiscard]] std::string decoded(Span span) const;
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  void gap();
  NodeId value(int depth);
  void entries(NodeId owner, int depth);
  bool key_of(Node& node);
  void skip_string();
  void skip_word();
  void skip_nested();

  std::string_view text_;
  size_t at_ = 0;
  std::vector<Node> nodes_;
  std::vector<Span> broken_;
  bool complete_ = true;
};

}  // namespace keyless::json
