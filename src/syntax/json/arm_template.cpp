#include "syntax/json/arm_template.h"

#include "base/text.h"
#include "syntax/bicep/parser.h"
#include "syntax/json/parameter_file.h"
#include "syntax/resources/arm_resource.h"
#include "syntax/resources/flatten.h"

namespace keyless::json {
namespace {

constexpr int max_levels = 8;  // templates within templates, resources within resources
constexpr size_t max_resources = 5000;

}  // namespace

bool is_arm_template(const JsonTree& tree, NodeId root) {
  if (!tree.is(root, Kind::object)) return false;
  const NodeId schema = tree.find(root, "$schema");
  if (tree.is(schema, Kind::string) &&
      contains_ignoring_case(tree.text(schema), "deploymenttemplate"))
    return true;
  return tree.find(root, "resources") != no_node && tree.find(root, "contentVersion") != no_node;
}

ArmTemplate::ArmTemplate(Builder& builder, const JsonTree& tree, NodeId root, ArmTemplate* outer)
    : builder_(builder),
      tree_(tree),
      root_(root),
      outermost_(outer == nullptr ? this : outer->outermost_),
      level_(outer == nullptr ? 0 : outer->level_ + 1),
      prefix_(outer == nullptr ? "" : std::to_string(++outermost_->nested_) + "::"),
      shapes_(builder, [this](std::string_view name) { return definition(name); }),
      expressions_(shapes_, pool_, symbols_, prefix_),
      values_(shapes_, tree, [this](Span inside) { return expression(inside); }),
      settings_(shapes_) {}

void ArmTemplate::run() {
  declare();
  each_child(tree_.find(root_, "parameters"), [this](NodeId node) { parameter(node); });
  each_child(tree_.find(root_, "variables"), [this](NodeId node) { variable(node); });
  for (const Resource& each : resources_) resource(each);
  each_child(tree_.find(root_, "outputs"), [this](NodeId node) { output(node); });
}

ValueId ArmTemplate::expression(Span inside) {
  bicep::Parser parser(builder_.text(), bicep::Parser::Dialect::arm);
  const bicep::ExprId id = parser.expression_in(inside, pool_);
  return id == bicep::no_expr ? none : expressions_.lower(id, {});
}

ValueId ArmTemplate::definition(std::string_view name) {
  const auto found = definitions_.find(std::string(name));
  if (found == definitions_.end() || found->second.busy) return none;
  Definition& entry = found->second;
  if (entry.value == none) {
    entry.busy = true;
    entry.value = values_.lower(entry.node);
    entry.busy = false;
  }
  return entry.value;
}

// Names first: expressions refer to what is written below them.
void ArmTemplate::declare() {
  each_child(tree_.find(root_, "parameters"),
             [this](NodeId node) { symbols_.add(prefix_ + tree_.key(node)); });
  each_child(tree_.find(root_, "variables"), [this](NodeId node) {
    symbols_.add(prefix_ + tree_.key(node));
    definitions_[prefix_ + tree_.key(node)].node = node;
  });
  declare_resources(tree_.find(root_, "resources"), nullptr, 0);
}

void ArmTemplate::declare_resources(NodeId list, const Resource* parent, int depth) {
  if (list == no_node || depth > max_levels) return;
  each_child(list, [&](NodeId node) {
    if (tree_.is(node, Kind::object)) declare_resource(node, parent, depth);
  });
}

void ArmTemplate::declare_resource(NodeId node, const Resource* parent, int depth) {
  const NodeId type = tree_.find(node, "type");
  if (!tree_.is(type, Kind::string) || resources_.size() >= max_resources) return;
  Resource resource;
  resource.node = node;
  resource.type = tree_.text(type);
  resource.type.erase(std::min(resource.type.find('@'), resource.type.size()));
  resource.name = shapes_.text_of(values_.lower(tree_.find(node, "name")));
  if (parent != nullptr) {
    resource.parent = parent->symbol;
    const bool relative = resource.type.find('.') == std::string::npos;
    if (relative) resource.type = parent->type + "/" + resource.type;
    if (resource.name.find('/') == std::string::npos)
      resource.name = parent->name + "/" + resource.name;
  }
  const bool symbolic = !tree_.at(node).key.empty();
  resource.symbol = prefix_ + (symbolic ? tree_.key(node) : resource.type + "/" + resource.name);
  symbols_.add(resource.symbol, resource.type);
  symbols_.set_name_text(resource.symbol, resource.name);
  resources_.push_back(resource);
  declare_resources(tree_.find(node, "resources"), &resource, depth + 1);
}

Element ArmTemplate::element_of(ElementKind kind, NodeId node, const std::string& name) {
  Element element;
  element.kind = kind;
  element.name = name;
  element.name_span = tree_.at(node).key;
  element.span = tree_.entry_span(node);
  element.extent = values_.entry(node, none).extent;
  return element;
}

bool ArmTemplate::is_secure(NodeId node) const {
  const NodeId type = tree_.find(node, "type");
  return type != no_node && to_lower(tree_.text(type)).starts_with("secure");
}

void ArmTemplate::parameter(NodeId node) {
  Element element = element_of(ElementKind::iac_variable, node, prefix_ + tree_.key(node));
  element.container = Container::iac_parameter;
  element.flag = is_secure(node);
  if (const NodeId type = tree_.find(node, "type"); type != no_node)
    element.type = tree_.text(type);
  if (const NodeId value = tree_.find(node, "defaultValue"); value != no_node)
    element.value = values_.lower(value);
  builder_.add(std::move(element));
}

void ArmTemplate::variable(NodeId node) {
  Element element = element_of(ElementKind::iac_local, node, prefix_ + tree_.key(node));
  element.value = definition(element.name);
  add_flattened(shapes_, std::move(element));
}

void ArmTemplate::output(NodeId node) {
  Element element = element_of(ElementKind::iac_output, node, prefix_ + tree_.key(node));
  element.container = Container::output;
  element.flag = is_secure(node);
  if (const NodeId value = tree_.find(node, "value"); value != no_node)
    element.value = values_.lower(value);
  add_flattened(shapes_, std::move(element));
}

// The resource's own properties: children are resources of their own.
ValueId ArmTemplate::body_of(NodeId node) {
  std::vector<MapEntry> entries;
  each_child(node, [&](NodeId property) {
    if (to_lower(tree_.key(property)) != "resources")
      entries.push_back(values_.entry(property, values_.lower(property)));
  });
  return shapes_.map(tree_.at(node).span, std::move(entries));
}

// Settings below "site/appsettings" belong to the site, wherever the two are written.
std::string ArmTemplate::owner_of(const Resource& resource) const {
  if (!resource.parent.empty()) return resource.parent;
  return symbols_.resource(before_last(resource.type, '/'), before_last(resource.name, '/'));
}

void ArmTemplate::resource(const Resource& resource) {
  if (to_lower(resource.type) == "microsoft.resources/deployments") return deployment(resource);
  Element element = element_of(ElementKind::resource, resource.node, resource.symbol);
  element.type = resource.type;
  element.span = tree_.entry_span(tree_.find(resource.node, "type"));
  const NodeId existing = tree_.find(resource.node, "existing");
  element.flag = existing != no_node && tree_.text(existing) == "true";
  element.value = body_of(resource.node);
  add_arm_resource(shapes_, settings_, std::move(element), owner_of(resource));
}

void ArmTemplate::deployment(const Resource& resource) {
  Element element = element_of(ElementKind::module, resource.node, resource.symbol);
  element.span = tree_.entry_span(tree_.find(resource.node, "type"));
  const NodeId properties = tree_.find(resource.node, "properties");
  const NodeId link = tree_.find(properties, "templateLink");
  for (const std::string_view key : {"uri", "relativePath", "id"})
    if (const NodeId uri = tree_.find(link, key); uri != no_node && element.type.empty())
      element.type = shapes_.text_of(values_.lower(uri));
  std::vector<Input> inputs;
  each_child(tree_.find(properties, "parameters"), [&](NodeId parameter) {
    const NodeId value = tree_.find(parameter, "value");
    const NodeId reference = tree_.find(parameter, "reference");
    const NodeId given = value != no_node ? value : reference;
    if (given == no_node) return;
    Input input;
    input.name = "params." + tree_.key(parameter);
    input.value =
        value != no_node ? values_.lower(value) : parameter_reference(shapes_, tree_, reference);
    input.span = tree_.entry_span(parameter);
    input.extent = values_.entry(parameter, none).extent;
    add_attribute(shapes_, std::move(input), inputs);
  });
  for (const Input& input : inputs)
    settings_.read_free(after_last(input.name, '.'), input.value, resource.symbol);
  element.inputs = std::move(inputs);
  const NodeId nested = tree_.find(properties, "template");
  const bool inside = tree_.is(nested, Kind::object) && level_ < max_levels;
  // What names of the template begin with.
  if (inside) element.member = std::to_string(outermost_->nested_ + 1) + "::";
  if (tree_.is(nested, Kind::object) && !inside)
    builder_.incomplete("templates nested deeper than 8 levels are not read");
  builder_.add(std::move(element));
  if (!inside) return;
  // A number sets the names apart: words of the deployment's name must not join the parameter's.
  ArmTemplate(builder_, tree_, nested, this).run();
}

}  // namespace keyless::json
