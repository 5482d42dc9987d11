#include "syntax/json/parameter_file.h"

#include "base/text.h"
#include "syntax/json/values.h"
#include "syntax/resources/flatten.h"
#include "syntax/resources/settings.h"
#include "syntax/resources/text_value.h"

namespace keyless::json {
namespace {

class ParameterFile {
 public:
  ParameterFile(Builder& builder, const JsonTree& tree)
      : tree_(tree), shapes_(builder, nothing), values_(shapes_, tree), settings_(shapes_) {}

  void add(NodeId node, ValueId value, const std::string& address) {
    const MapEntry entry = values_.entry(node, value);
    Element element;
    element.kind = ElementKind::iac_assign;
    element.container = Container::iac_parameter;
    element.name = entry.name;
    element.name_span = entry.name_span;
    element.span = entry.span;
    element.extent = entry.extent;
    element.value = value;
    add_flattened(shapes_, std::move(element));
    settings_.read_unclaimed(entry.name, value, address + entry.name);
  }

  ValueId value_of(NodeId parameter) {
    if (const NodeId value = tree_.find(parameter, "value"); value != no_node)
      return values_.lower(value);
    const NodeId reference = tree_.find(parameter, "reference");
    return reference == no_node ? values_.lower(parameter)
                                : parameter_reference(shapes_, tree_, reference);
  }

 private:
  static ValueId nothing(std::string_view /*name*/) { return none; }

  const JsonTree& tree_;
  Shapes shapes_;
  Values values_;
  Settings settings_;
};

}  // namespace

bool is_parameter_file(const JsonTree& tree, NodeId root) {
  const NodeId schema = tree.find(root, "$schema");
  return tree.is(schema, Kind::string) &&
         contains_ignoring_case(tree.text(schema), "deploymentparameters");
}

ValueId parameter_reference(Shapes& shapes, const JsonTree& tree, NodeId reference) {
  Builder& builder = shapes.builder();
  const auto text_of = [&](NodeId node) {
    return node == no_node ? none : settings_text(builder, tree.at(node).span, tree.text(node));
  };
  const NodeId id = tree.find(tree.find(reference, "keyVault"), "id");
  ValueId vault = text_of(id);
  if (vault != none && builder.value(vault).kind == ValueKind::literal) {
    const std::string text = builder.value(vault).text;
    vault = builder.literal(tree.at(id).span, after_last(text, '/'));
  }
  return vault_reference(builder, tree.at(reference).span,
                         text_of(tree.find(reference, "secretName")), vault);
}

void lower_parameter_file(Builder& builder, const JsonTree& tree, NodeId root) {
  ParameterFile file(builder, tree);
  const NodeId parameters = tree.find(root, "parameters");
  if (!tree.is(parameters, Kind::object)) return;
  for (NodeId node = tree.at(parameters).first; node != no_node; node = tree.at(node).next)
    file.add(node, file.value_of(node), {});
}

void lower_tfvars(Builder& builder, const JsonTree& tree, NodeId root) {
  ParameterFile file(builder, tree);
  if (!tree.is(root, Kind::object)) return;
  for (NodeId node = tree.at(root).first; node != no_node; node = tree.at(node).next)
    file.add(node, file.value_of(node), "var.");
}

}  // namespace keyless::json
