#include "syntax/yaml/workflow.h"

#include <algorithm>

#include "base/text.h"
#include "syntax/yaml/extents.h"
#include "syntax/yaml/settings.h"
#include "syntax/yaml/steps.h"

namespace keyless {
namespace {

constexpr size_t most_services = 1000;

class WorkflowLowering {
 public:
  WorkflowLowering(Builder& builder, const SpannedTree& tree) : b_(builder), tree_(tree) {}

  void workflow(NodeId root) {
    const NodeId on = tree_.find(root, "on");
    for (const std::string_view trigger : {"workflow_call", "workflow_dispatch"}) {
      const NodeId call = tree_.find(on, trigger);
      declarations(call, "inputs", false);
      declarations(call, "secrets", true);
      outputs(tree_.find(call, "outputs"));
    }
    env(root);
    each_entry(tree_.find(root, "jobs"), [this](NodeId key, NodeId value) { job(key, value); });
  }

  void action(NodeId root) {
    declarations(root, "inputs", false);
    outputs(tree_.find(root, "outputs"));
    const NodeId runs = tree_.find(root, "runs");
    env(runs);
    lower_steps(b_, tree_, tree_.find(runs, "steps"));
  }

 private:
  template <class Visit>
  void each_entry(NodeId map, Visit visit) {
    map = tree_.resolved(map);
    if (map == no_node || tree_.at(map).kind != NodeKind::map) return;
    const std::vector<NodeId>& children = tree_.at(map).children;
    for (size_t i = 0; i + 1 < children.size(); i += 2) visit(children[i], children[i + 1]);
  }

  void env(NodeId owner) {
    lower_settings(b_, tree_, owner, "env", {Container::gha_env, expressions_only(), {}});
  }

  // Inputs and secrets that a caller hands over.
  void declarations(NodeId owner, std::string_view name, bool secure) {
    const NodeId map = tree_.resolved(tree_.find(owner, name));
    const auto index = tree_.index_of(owner, name);
    if (!index || map == no_node) return;
    const Span whole = entry_extent(b_, tree_, tree_.resolved(owner), *index, std::nullopt).span;
    const bool only = tree_.at(map).children.size() == 2;
    each_entry(map, [&](NodeId key, NodeId value) {
      Element e;
      e.kind = ElementKind::iac_variable;
      e.flag = secure;
      e.type = tree_.text_of(value, "type");
      if (const NodeId initial = tree_.resolved(tree_.find(value, "default"));
          initial != no_node && tree_.at(initial).kind == NodeKind::scalar)
        e.value = scalar_value(b_, tree_, initial, expressions_only());
      if (only) e.extent.parent = whole;
      declare(std::move(e), key, value);
    });
  }

  // `name: ${{ }}` of a job, `name: {value: ${{ }}}` of an action or reusable workflow.
  void outputs(NodeId map) {
    each_entry(map, [&](NodeId key, NodeId value) {
      NodeId said = tree_.resolved(value);
      if (said != no_node && tree_.at(said).kind == NodeKind::map)
        said = tree_.resolved(tree_.find(said, "value"));
      if (said == no_node || tree_.at(said).kind != NodeKind::scalar) return;
      Element e;
      e.kind = ElementKind::iac_output;
      e.value = scalar_value(b_, tree_, said, expressions_only());
      declare(std::move(e), key, value);
    });
  }

  void declare(Element e, NodeId key, NodeId value) {
    const Span whole = entry_span(tree_, key, value);
    e.name = mask_keys(tree_.at(key).text);
    e.name_span = tree_.at(key).span;
    const bool says = e.kind == ElementKind::iac_output && e.value != none;
    e.span = line_part(b_.text(), whole, says ? b_.value(e.value).span : whole);
    const std::optional<Span> parent = e.extent.parent;
    e.extent = b_.line_extent(whole, e.name, "#");
    e.extent.parent = parent;
    b_.add(std::move(e));
  }

  void job(NodeId key, NodeId value) {
    b_.open_scope(ScopeKind::block, mask_keys(tree_.at(key).text), entry_span(tree_, key, value));
    env(value);
    env(tree_.find(value, "container"));
    size_t services = 0;
    each_entry(tree_.find(value, "services"), [&](NodeId, NodeId service) {
      if (++services < most_services) env(service);
    });
    outputs(tree_.find(value, "outputs"));
    if (tree_.index_of(value, "uses")) lower_workflow_call(b_, tree_, key, value);
    lower_steps(b_, tree_, tree_.find(value, "steps"));
    b_.close_scope();
  }

  Builder& b_;
  const SpannedTree& tree_;
};

}  // namespace

bool is_workflow(const SpannedTree& tree, NodeId root) {
  const NodeId jobs = tree.resolved(tree.find(root, "jobs"));
  if (jobs == no_node || tree.at(jobs).kind != NodeKind::map) return false;
  const std::vector<NodeId>& children = tree.at(jobs).children;
  for (size_t i = 0; i + 1 < children.size(); i += 2)
    for (const std::string_view key : {"runs-on", "uses", "steps"})
      if (tree.index_of(children[i + 1], key)) return true;
  return false;
}

bool is_action(const SpannedTree& tree, NodeId root) {
  return tree.index_of(tree.find(root, "runs"), "using").has_value();
}

void lower_workflow(Builder& builder, const SpannedTree& tree, NodeId root) {
  WorkflowLowering(builder, tree).workflow(root);
}

void lower_action(Builder& builder, const SpannedTree& tree, NodeId root) {
  WorkflowLowering(builder, tree).action(root);
}

}  // namespace keyless
