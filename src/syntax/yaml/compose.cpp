#include "syntax/yaml/compose.h"

#include <set>

#include "base/text.h"
#include "syntax/yaml/extents.h"
#include "syntax/yaml/settings.h"

namespace keyless {
namespace {

class ComposeLowering {
 public:
  ComposeLowering(Builder& builder, const SpannedTree& tree) : b_(builder), tree_(tree) {}

  void run(NodeId root) {
    shared_blocks(root);
    each_entry(tree_.find(root, "services"), [this](NodeId key, NodeId value) {
      const std::string name = mask_keys(tree_.at(key).text);
      b_.open_scope(ScopeKind::block, name, entry_span(tree_, key, value));
      service(value, name);
      b_.close_scope();
    });
    each_entry(tree_.find(root, "secrets"),
               [this](NodeId key, NodeId value) { secret(key, value); });
  }

 private:
  template <class Visit>
  void each_entry(NodeId map, Visit visit) {
    map = tree_.resolved(map);
    if (map == no_node || tree_.at(map).kind != NodeKind::map) return;
    const std::vector<NodeId>& children = tree_.at(map).children;
    for (size_t i = 0; i + 1 < children.size(); i += 2) visit(children[i], children[i + 1]);
  }

  static Dialect dialect() { return {}; }  // `$X`, `${X}`, `${X:-d}`; `$$` is one `$`

  // `x-env: &env {...}` at the top, or a service template with an `environment` of its own.
  void shared_blocks(NodeId root) {
    each_entry(root, [this](NodeId key, NodeId value) {
      if (!tree_.at(key).text.starts_with("x-")) return;
      if (tree_.index_of(value, "environment")) service(value, {});
    });
  }

  // With what `<<: *defaults` hands on from another service.
  void service(NodeId node, const std::string& name) {
    for (node = tree_.resolved(node); node != no_node;
         node = tree_.resolved(tree_.find(node, "<<"))) {
      if (!seen_.insert(node).second) return;
      variables(node, "environment", name);
      variables(tree_.find(node, "build"), "args", name);
      env_files(node, name);
    }
  }

  void variables(NodeId owner, std::string_view key, const std::string& name) {
    const NodeId block = tree_.resolved(tree_.find(owner, key));
    if (block == no_node || !seen_.insert(block).second) return;
    lower_settings(b_, tree_, owner, key, {Container::compose, dialect(), name});
  }

  // `env_file: x`, `- x`, `- path: x`: every line of that file is a variable of the service.
  void env_files(NodeId node, const std::string& name) {
    const NodeId files = tree_.resolved(tree_.find(node, "env_file"));
    if (files == no_node) return;
    if (tree_.at(files).kind == NodeKind::scalar) env_file(files, name);
    if (tree_.at(files).kind != NodeKind::sequence) return;
    for (const NodeId item : tree_.at(files).children) {
      const NodeId map = tree_.resolved(item);
      const NodeId path = map != no_node && tree_.at(map).kind == NodeKind::map
                              ? tree_.resolved(tree_.find(map, "path"))
                              : map;
      if (path != no_node && tree_.at(path).kind == NodeKind::scalar) env_file(path, name);
    }
  }

  void env_file(NodeId path, const std::string& name) {
    Element e;
    e.kind = ElementKind::setting;
    e.container = Container::compose;
    e.name = "env_file";
    e.span = tree_.at(path).span;
    e.extent = b_.line_extent(e.span, {}, "#");
    e.type = name;
    e.value = scalar_value(b_, tree_, path, dialect());
    b_.add(std::move(e));
  }

  // `secrets: {key: {environment: NAME}}`.
  void secret(NodeId key, NodeId value) {
    const NodeId variable = tree_.resolved(tree_.find(value, "environment"));
    if (variable == no_node || tree_.at(variable).kind != NodeKind::scalar) return;
    if (looks_like_key(tree_.at(variable).text)) return;
    Element e;
    e.kind = ElementKind::setting;
    e.container = Container::compose;
    e.name = mask_keys(tree_.at(key).text);
    e.name_span = tree_.at(key).span;
    e.span = line_part(b_.text(), entry_span(tree_, key, value), tree_.at(variable).span);
    e.extent = b_.line_extent(entry_span(tree_, key, value), e.name, "#");
    e.value = b_.named(ValueKind::env, tree_.at(variable).span, tree_.at(variable).text);
    b_.add(std::move(e));
  }

  Builder& b_;
  const SpannedTree& tree_;
  std::set<NodeId> seen_;  // aliased blocks are lowered once
};

}  // namespace

bool is_compose(const SpannedTree& tree, NodeId root, std::string_view path) {
  const NodeId services = tree.resolved(tree.find(root, "services"));
  if (services == no_node || tree.at(services).kind != NodeKind::map) return false;
  const std::string file = to_lower(after_last(path, '/'));
  if (file.starts_with("docker-compose") || file.starts_with("compose")) return true;
  const std::vector<NodeId>& children = tree.at(services).children;
  for (size_t i = 0; i + 1 < children.size(); i += 2)
    for (const std::string_view key : {"image", "build"})
      if (tree.index_of(children[i + 1], key)) return true;
  return false;
}

void lower_compose(Builder& builder, const SpannedTree& tree, NodeId root) {
  ComposeLowering(builder, tree).run(root);
}

}  // namespace keyless
