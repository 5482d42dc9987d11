#include "syntax/yaml/steps.h"

#include <algorithm>

#include "base/text.h"
#include "syntax/shell/script.h"
#include "syntax/yaml/expression.h"
#include "syntax/yaml/extents.h"
#include "syntax/yaml/input_text.h"
#include "syntax/yaml/settings.h"

namespace keyless {
namespace {

// `azure/login@v2` is azure/login.
std::string without_version(std::string_view uses) {
  return mask_keys(uses.substr(0, uses.find('@')));
}

class StepLowering {
 public:
  StepLowering(Builder& builder, const SpannedTree& tree) : b_(builder), tree_(tree) {}

  // A step without id or name is told apart by its number: variables of scripts are its own.
  void step(NodeId id, size_t number) {
    const NodeId node = tree_.resolved(id);
    if (node == no_node || tree_.at(node).kind != NodeKind::map) return;
    std::string_view called = tree_.text_of(node, "id");
    if (called.empty()) called = tree_.text_of(node, "name");
    std::string name = mask_keys(called);
    if (name.empty()) name = "step " + std::to_string(number);
    b_.open_scope(ScopeKind::block, std::move(name), tree_.at(node).span);
    lower_settings(b_, tree_, node, "env", {Container::gha_env, expressions_only(), {}});
    if (tree_.index_of(node, "uses")) used(node, mask_keys(tree_.text_of(node, "id")));
    run(node);
    b_.close_scope();
  }

  // The action or workflow with what it is given.
  void used(NodeId node, const std::string& name) {
    const std::string action = without_version(tree_.text_of(node, "uses"));
    const size_t first = b_.document().elements.size();
    lower_settings(b_, tree_, node, "with", {Container::gha_with, expressions_only(), action});
    lower_settings(b_, tree_, node, "secrets",
                   {Container::gha_secret_input, expressions_only(), action});
    module(node, name, action, first);
    const NodeId with = tree_.resolved(tree_.find(node, "with"));
    if (with == no_node || tree_.at(with).kind != NodeKind::map) return;
    const std::vector<NodeId>& children = tree_.at(with).children;
    for (size_t i = 0; i + 1 < children.size(); i += 2) {
      const NodeId value = tree_.resolved(children[i + 1]);
      if (value == no_node || tree_.at(value).kind != NodeKind::scalar) continue;
      lower_input_text(b_, tree_.mapped(value), tree_.at(children[i]).text, action);
    }
  }

 private:
  // Inputs are the settings from element `first` on.
  void module(NodeId node, const std::string& name, const std::string& action, size_t first) {
    const size_t index = *tree_.index_of(node, "uses");
    const NodeId key = tree_.at(node).children[index];
    const NodeId value = tree_.at(node).children[index + 1];
    Element e;
    e.kind = ElementKind::module;
    e.name = name;
    e.type = action;
    e.span = entry_span(tree_, key, value);
    e.name_span = tree_.at(value).span;
    e.extent = b_.line_extent(tree_.at(node).span, {}, "#");
    for (size_t i = first; i < b_.document().elements.size(); ++i) {
      const Element& setting = b_.document().elements[i];
      Input input;
      input.name = setting.name;
      input.value = setting.value;
      input.span = setting.span;
      input.extent = setting.extent;
      e.inputs.push_back(std::move(input));
    }
    b_.add(std::move(e));
  }

  void run(NodeId node) {
    const NodeId script = tree_.resolved(tree_.find(node, "run"));
    if (script == no_node || tree_.at(script).kind != NodeKind::scalar) return;
    const std::string_view shell = tree_.text_of(node, "shell");
    const size_t first = b_.document().elements.size();
    const MappedText text = tree_.mapped(script);
    if (shell.starts_with("python") || shell.starts_with("node"))
      lower_leaks(b_, text, Container::gha_run, shell);
    else
      lower_script(b_, text, 0, text.size(), script_options());
    step_outputs(first);
    emptied(node, text, first);
  }

  // A script that a removal leaves empty goes with its step.
  void emptied(NodeId node, const MappedText& text, size_t first) {
    const Span step = b_.line_extent(tree_.at(node).span, {}, "#").span;
    const Span said{text.offset(0), text.end};
    for (auto id = static_cast<ElementId>(first); id < b_.document().elements.size(); ++id) {
      Element& e = b_.element(id);
      const Span gone = e.extent.span;
      if (gone.contains(said) || (is_blank(said.begin, gone.begin) && is_blank(gone.end, said.end)))
        e.extent.parent = step;
    }
  }

  [[nodiscard]] bool is_blank(uint32_t begin, uint32_t end) const {
    return begin >= end || trim(b_.text({begin, end})).empty();
  }

  static ScriptOptions script_options() {
    ScriptOptions options;
    options.dialect.expression = read_expression;
    return options;
  }

  // What a script writes to $GITHUB_OUTPUT is an output of its step.
  void step_outputs(size_t first) {
    const size_t last = b_.document().elements.size();
    for (size_t i = first; i < last; ++i) {
      const Element& written = b_.document().elements[i];
      if (written.kind != ElementKind::setting || written.member != "GITHUB_OUTPUT") continue;
      Element e = written;
      e.kind = ElementKind::iac_output;
      e.container = Container::unset;
      e.member.clear();
      b_.add(std::move(e));
    }
  }

  Builder& b_;
  const SpannedTree& tree_;
};

}  // namespace

void lower_steps(Builder& builder, const SpannedTree& tree, NodeId steps) {
  const NodeId list = tree.resolved(steps);
  if (list == no_node || tree.at(list).kind != NodeKind::sequence) return;
  StepLowering lowering(builder, tree);
  size_t number = 0;
  for (const NodeId item : tree.at(list).children) lowering.step(item, ++number);
}

void lower_workflow_call(Builder& builder, const SpannedTree& tree, NodeId key, NodeId job) {
  const NodeId node = tree.resolved(job);
  StepLowering(builder, tree).used(node, mask_keys(tree.at(key).text));
}

}  // namespace keyless
