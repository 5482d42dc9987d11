#include "syntax/yaml/entries.h"

#include "syntax/yaml/extents.h"
#include "syntax/yaml/value_text.h"

namespace keyless {
namespace {

constexpr size_t longest_path = 1000;

// A key may hold anything; a path is never the place where a secret gets out.
std::string key_path(const std::string& path, std::string_view key) {
  if (path.size() > longest_path) return path;
  const std::string name = mask_keys(key.substr(0, longest_path));
  return path.empty() ? name : path + "." + name;
}

class EntryLowering {
 public:
  EntryLowering(Builder& builder, const SpannedTree& tree, const EntryOptions& options)
      : b_(builder), tree_(tree), options_(options) {}

  void visit(NodeId id, const std::string& path, bool aliased, size_t depth) {
    if (depth > max_yaml_depth) return;
    const SpannedNode& node = tree_.at(id);
    switch (node.kind) {
      case NodeKind::map:
        return visit_map(id, path, aliased, depth);
      case NodeKind::sequence:
        return visit_sequence(id, path, aliased, depth);
      case NodeKind::alias:
        if (!aliased && node.target != no_node) visit(node.target, path, true, depth + 1);
        return;
      case NodeKind::scalar:
      case NodeKind::empty:
        return;
    }
  }

 private:
  static bool is_leaf(const SpannedNode& node) {
    return node.kind == NodeKind::scalar || node.kind == NodeKind::empty;
  }

  ValueId group_of(const SpannedNode& node) {
    return options_.settings ? b_.named(ValueKind::map, node.span, {}) : none;
  }

  void visit_map(NodeId id, const std::string& path, bool aliased, size_t depth) {
    const SpannedNode& map = tree_.at(id);
    const ValueId group = group_of(map);
    for (size_t i = 0; i + 1 < map.children.size(); i += 2) {
      const NodeId key = map.children[i];
      const NodeId value = map.children[i + 1];
      const std::string inner = key_path(path, tree_.at(key).text);
      const NodeId end = tree_.resolved(value);
      const bool leaf = end != no_node && is_leaf(tree_.at(end));
      // A job may be called so, too.
      if (options_.scripts_apart && leaf && tree_.at(key).text == "run") continue;
      if (leaf)
        entry(inner, entry_span(tree_, key, value), tree_.at(key).span, end,
              entry_extent(b_, tree_, id, i, std::nullopt), group);
      else
        visit(value, inner, aliased, depth + 1);
    }
  }

  void visit_sequence(NodeId id, const std::string& path, bool aliased, size_t depth) {
    const SpannedNode& list = tree_.at(id);
    const ValueId group = group_of(list);
    for (size_t i = 0; i < list.children.size(); ++i) {
      const NodeId item = list.children[i];
      const std::string inner = path + "[" + std::to_string(i) + "]";
      if (const NodeId end = tree_.resolved(item); end != no_node && is_leaf(tree_.at(end)))
        entry(inner, tree_.at(item).span, {}, end, entry_extent(b_, tree_, id, i, std::nullopt),
              group);
      else
        visit(item, inner, aliased, depth + 1);
    }
  }

  void entry(const std::string& path, Span span, Span name, NodeId value, const Extent& extent,
             ValueId group) {
    Element e;
    e.kind = ElementKind::entry;
    e.name = path;
    e.name_span = name;
    e.span = span;
    e.extent = extent;
    e.value = options_.references ? setting_value(b_, tree_, value)
                                  : b_.literal(tree_.at(value).span, tree_.mapped(value).text);
    if (options_.settings) setting(e, path, group);
    b_.add(std::move(e));
  }

  // `a.b[0].c` as frameworks spell it: `a:b:0:c`.
  void setting(Element e, const std::string& path, ValueId group) {
    e.kind = ElementKind::setting;
    e.container = Container::yaml_settings;
    e.name.clear();
    for (const char c : path) {
      if (c == '[') e.name += ':';
      if (c != '[' && c != ']') e.name += c == '.' ? ':' : c;
    }
    e.group = group;
    b_.add(std::move(e));
  }

  Builder& b_;
  const SpannedTree& tree_;
  EntryOptions options_;
};

}  // namespace

void lower_entries(Builder& builder, const SpannedTree& tree, NodeId root,
                   const EntryOptions& options) {
  EntryLowering(builder, tree, options).visit(root, {}, false, 0);
}

}  // namespace keyless
