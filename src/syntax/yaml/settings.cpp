#include "syntax/yaml/settings.h"

#include <algorithm>

#include "base/text.h"
#include "syntax/yaml/expression.h"
#include "syntax/yaml/extents.h"

namespace keyless {
namespace {

constexpr int deepest_merge = 4;

class BlockLowering {
 public:
  BlockLowering(Builder& builder, const SpannedTree& tree, const SettingsBlock& block,
                std::optional<Span> parent)
      : b_(builder), tree_(tree), block_(block), parent_(parent) {}

  void lower(NodeId id, int depth) {
    const NodeId target = tree_.resolved(id);
    if (target == no_node || depth > deepest_merge) return;
    const SpannedNode& node = tree_.at(target);
    group_ = b_.named(ValueKind::map, node.span, {});
    if (node.kind == NodeKind::map) map(target, depth);
    if (node.kind == NodeKind::sequence)
      for (size_t i = 0; i < node.children.size(); ++i) item(target, i);
  }

 private:
  void map(NodeId id, int depth) {
    const std::vector<NodeId>& children = tree_.at(id).children;
    for (size_t i = 0; i + 1 < children.size(); i += 2) {
      const NodeId key = children[i];
      const NodeId value = tree_.resolved(children[i + 1]);
      if (value == no_node) continue;
      const SpannedNode& node = tree_.at(value);
      if (tree_.at(key).text == "<<")
        merge(children[i + 1], depth);
      else if (node.kind == NodeKind::scalar || node.kind == NodeKind::empty)
        setting(id, i, tree_.at(key).text, tree_.at(key).span,
                entry_span(tree_, key, children[i + 1]),
                scalar_value(b_, tree_, value, block_.dialect));
    }
  }

  // `<<: *a`, `<<: [*a, *b]`.
  void merge(NodeId id, int depth) {
    const NodeId target = tree_.resolved(id);
    if (target == no_node) return;
    if (tree_.at(target).kind == NodeKind::map)
      BlockLowering(b_, tree_, block_, {}).lower(id, depth + 1);
    if (tree_.at(target).kind == NodeKind::sequence)
      for (const NodeId part : tree_.at(target).children)
        BlockLowering(b_, tree_, block_, {}).lower(part, depth + 1);
  }

  // `- NAME=value`; `- NAME` passes the variable of that name on.
  void item(NodeId list, size_t index) {
    const NodeId id = tree_.resolved(tree_.at(list).children[index]);
    if (id == no_node || tree_.at(id).kind != NodeKind::scalar) return;
    const MappedText text = tree_.mapped(id);
    const size_t sign = std::min(text.text.find('='), text.size());
    const std::string_view name = trim(text.view(0, sign));
    if (name.empty() || looks_like_key(name)) return;
    const Span span = tree_.at(id).span;
    const ValueId value = sign == text.size()
                              ? b_.named(ValueKind::env, span, name)
                              : interpolate(b_, text, sign + 1, text.size(),
                                            text.span(sign + 1, text.size()), block_.dialect);
    setting(list, index, std::string(name), text.span(0, sign), span, value);
  }

  void setting(NodeId container, size_t index, std::string_view name, Span name_span, Span span,
               ValueId value) {
    if (looks_like_key(name)) return;
    Element e;
    e.kind = ElementKind::setting;
    e.container = block_.container;
    e.name = name;
    e.name_span = name_span;
    e.span = line_part(b_.text(), span, carrier(value));
    e.extent = entry_extent(b_, tree_, container, index, parent_);
    e.type = block_.type;
    e.value = value;
    e.group = group_;
    b_.add(std::move(e));
  }

  // Where the part of the value stands that is no constant text.
  Span carrier(ValueId id) {
    const Value& value = b_.value(id);
    for (const ValueId part : value.parts)
      if (b_.value(part).kind != ValueKind::literal) return b_.value(part).span;
    return value.span;
  }

  Builder& b_;
  const SpannedTree& tree_;
  const SettingsBlock& block_;
  std::optional<Span> parent_;
  ValueId group_ = none;
};

}  // namespace

Dialect expressions_only() {
  return {false, false, false, read_expression, nullptr};
}

ValueId scalar_value(Builder& builder, const SpannedTree& tree, NodeId scalar,
                     const Dialect& dialect) {
  const MappedText text = tree.mapped(scalar);
  return interpolate(builder, text, 0, text.size(), tree.at(scalar).span, dialect);
}

void lower_settings(Builder& builder, const SpannedTree& tree, NodeId owner, std::string_view key,
                    const SettingsBlock& block) {
  const auto index = tree.index_of(owner, key);
  if (!index) return;
  const NodeId map = tree.resolved(owner);
  const Extent whole = entry_extent(builder, tree, map, *index, std::nullopt);
  BlockLowering(builder, tree, block, whole.span).lower(tree.at(map).children[*index + 1], 0);
}

}  // namespace keyless
