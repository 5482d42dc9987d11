// lower_terraform: the blocks of a Terraform file, and the values of a .tfvars file, as elements.
#include <unordered_map>

#include "base/redacted.h"
#include "base/text.h"
#include "syntax/grammars.h"
#include "syntax/lowering.h"
#include "syntax/resources/flatten.h"
#include "syntax/terraform/blocks.h"
#include "syntax/terraform/parts.h"

namespace keyless {
namespace {

using terraform::attribute_value;
using terraform::Block;
using terraform::Blocks;
using terraform::Expressions;
using terraform::Types;

// Attributes that hold what a store keeps: a resource that loops over several is said once each.
bool is_store_value(std::string_view name) {
  return name == "value" || name == "value_wo" || name == "plaintext_value" ||
         name == "secret_value" || name == "data";
}

class Lowering {
 public:
  Lowering(const SourceFile& file, std::vector<Tree> trees)
      : builder_(file, "terraform"),
        shapes_(builder_, [this](std::string_view address) { return definition(address); }),
        expressions_(shapes_, types_),
        settings_(shapes_),
        blocks_(shapes_, expressions_, settings_),
        values_file_(after_last(file.path, '/').find(".tfvars") != std::string_view::npos),
        trees_(std::move(trees)) {}

  Document run();

 private:
  struct Definition {
    Node expression;
    ValueId value = none;
    bool busy = false;
  };

  void collect(const Block& block);
  void settle_types();
  void block(const Block& block);
  void resource(const Block& block);
  void instance(const Block& block, Element element, const Bindings& bindings);
  void module(const Block& block);
  void variable(const Block& block);
  void output(const Block& block);
  void locals(const Block& block);
  void given(const Node& attribute);
  ValueId definition(std::string_view address);
  ValueId lower(const Node& expression) { return expressions_.lower(expression, {}); }
  std::vector<Item> repetitions(const Block& block, Bindings& any);
  bool is_true(const Node& expression) { return expression && expression.text() == "true"; }

  Builder builder_;
  Types types_;
  Shapes shapes_;
  Expressions expressions_;
  Settings settings_;
  Blocks blocks_;
  bool values_file_;
  std::vector<Tree> trees_;  // the file, or one per top-level block when it has an error
  std::unordered_map<std::string, Definition> definitions_;
  std::vector<std::pair<std::string, ValueId>> unclaimed_;
};

void mark_errors(Builder& builder, const Node& node, int depth) {
  if (!node.has_error() || depth > max_depth) return;
  bool deeper = false;
  node.each_named_child([&](const Node& child) {
    if (!child.has_error() || child.is_error()) return;
    deeper = true;
    mark_errors(builder, child, depth + 1);
  });
  node.each_named_child([&](const Node& child) {
    if (child.is_error()) builder.broken(child.span());
    deeper = deeper || child.is_error();
  });
  if (!deeper) builder.broken(node.span());
}

Document Lowering::run() {
  std::vector<Block> blocks;
  std::vector<Node> attributes;
  for (const Tree& tree : trees_) {
    mark_errors(builder_, tree.root(), 0);
    tree.root().each_named_child([&](const Node& top) {
      if (!top.is("body") && !top.is_error()) return;
      top.each_named_child([&](const Node& child) {
        if (child.is("block")) blocks.emplace_back(child);
        if (child.is("attribute")) attributes.push_back(child);
      });
    });
  }
  for (const Block& b : blocks) collect(b);
  settle_types();
  for (const Block& b : blocks) block(b);
  if (values_file_)
    for (const Node& attribute : attributes) given(attribute);
  for (const auto& [address, value] : unclaimed_)
    settings_.read_unclaimed(after_last(address, '.'), value, address);
  return builder_.take();
}

// Locals and the types of azapi resources must be known before anything is lowered.
void Lowering::collect(const Block& block) {
  if (block.keyword == "locals" && block.body) {
    block.body.each_named_child([this](const Node& child) {
      if (!child.is("attribute")) return;
      const std::string name = "local." + std::string(child.named_child(0).text());
      definitions_[name].expression = child.named_child(child.named_count() - 1);
    });
  }
  if (block.labels.size() != 2 || !block.labels[0].starts_with("azapi_")) return;
  const Node type = attribute_value(block.body, "type");
  if (!type) return;
  std::string_view text = type.text();
  // `type = azapi_resource.other.type` is settled when all blocks are known.
  if (text.starts_with('"')) text = text.substr(1, text.find_first_of("@\"", 1) - 1);
  const std::string prefix = block.keyword == "resource" ? "" : block.keyword + ".";
  const Node action = attribute_value(block.body, "action");
  types_[prefix + block.labels[0] + "." + block.labels[1]] = {
      std::string(text), action && contains_ignoring_case(action.text(), "listkeys")};
}

// An action may take its type from the resource that it acts on.
void Lowering::settle_types() {
  for (auto& [address, known] : types_) {
    if (!known.type.starts_with("azapi_resource.")) continue;
    const std::string_view rest = std::string_view(known.type).substr(15);
    const std::string other =
        "azapi_resource." + std::string(rest.substr(0, rest.find_first_of(".[")));
    const auto found = types_.find(other);
    known.type = found == types_.end() ? std::string{} : found->second.type;
  }
}

ValueId Lowering::definition(std::string_view address) {
  const auto found = definitions_.find(std::string(address));
  if (found == definitions_.end() || found->second.busy) return none;
  Definition& entry = found->second;
  if (entry.value == none) {
    entry.busy = true;
    entry.value = lower(entry.expression);
    entry.busy = false;
  }
  return entry.value;
}

void Lowering::block(const Block& block) {
  const bool reads = block.keyword == "data" || block.keyword == "ephemeral";
  if ((block.keyword == "resource" || reads) && block.labels.size() == 2) resource(block);
  if (block.keyword == "module" && block.labels.size() == 1) module(block);
  if (block.keyword == "variable" && block.labels.size() == 1) variable(block);
  if (block.keyword == "output" && block.labels.size() == 1) output(block);
  if (block.keyword == "locals") locals(block);
}

// The elements of a literal `for_each`; `any` binds "each" to all of them at once.
std::vector<Item> Lowering::repetitions(const Block& block, Bindings& any) {
  const Node source = attribute_value(block.body, "for_each");
  if (!source) return {};
  const Span span = source.span();
  const ValueId collection = lower(source);
  std::vector<Item> items = shapes_.each(collection);
  for (Item& item : items)
    if (item.key == none) item.key = item.value;
  std::vector<ValueId> keys;
  std::vector<ValueId> values;
  for (const Item& item : items) {
    keys.push_back(item.key);
    values.push_back(item.value);
  }
  if (items.empty()) {
    any.bind("each.value", shapes_.any_of(collection, span));
  } else {
    any.bind("each.value", builder_.alternative(span, std::move(values)));
    any.bind("each.key", builder_.alternative(span, std::move(keys)));
  }
  return items;
}

void Lowering::resource(const Block& block) {
  const std::string& type = block.labels[0];
  Element element;
  element.kind = ElementKind::resource;
  element.flag = block.keyword != "resource";
  element.name = (element.flag ? block.keyword + "." : "") + type + "." + block.labels[1];
  element.type = type;
  if (type == "azapi_resource" && types_.contains(element.name))
    element.type = types_[element.name].type;
  element.span = first_line(builder_, block.node.span());
  element.extent = entry_extent(builder_, block.node.span(), {}, "#");
  Bindings any;
  const std::vector<Item> items = repetitions(block, any);
  bool each = false;
  if (block.body)
    block.body.each_named_child([&](const Node& child) {
      each = each || (child.is("attribute") && is_store_value(child.named_child(0).text()) &&
                      child.text().find("each.") != std::string_view::npos);
    });
  if (items.empty() || !each) return instance(block, std::move(element), any);
  for (const Item& item : items) {
    if (!shapes_.another_round()) return;
    Bindings one;
    one.bind("each.key", item.key);
    one.bind("each.value", item.value);
    instance(block, element, one);
  }
}

void Lowering::instance(const Block& block, Element element, const Bindings& bindings) {
  blocks_.flatten(block.body, {}, element.name, bindings, element.inputs);
  // `type = azapi_resource.other.type` says what that one says.
  if (const auto known = types_.find(element.name); known != types_.end())
    for (Input& input : element.inputs)
      if (input.name == "type" && builder_.value(input.value).kind == ValueKind::attribute)
        input.value = builder_.literal(input.span, known->second.type);
  for (Input& input : element.inputs)
    for (const std::string_view body : {"body.", "sensitive_body."})
      if (block.labels[0].starts_with("azapi_") && input.name.starts_with(body))
        input.name.erase(0, body.size());
  const std::string name = element.name;
  const std::string type = block.labels[0];
  const std::vector<Input> inputs = element.inputs;
  builder_.add(std::move(element));
  for (const Input& input : inputs) settings_.read(after_last(input.name, '.'), input.value, name);
  const bool secret = type.starts_with("kubernetes_secret");
  if (!secret && !type.starts_with("kubernetes_config_map")) return;
  for (const Input& input : inputs)
    if (input.name == "data" || input.name == "string_data" || input.name == "binary_data")
      settings_.read(secret ? Container::container_secret : Container::container_env, input.value,
                     name);
}

void Lowering::module(const Block& block) {
  Element element;
  const std::string address = "module." + block.labels[0];
  element.kind = ElementKind::module;
  element.name = block.labels[0];
  element.span = first_line(builder_, block.node.span());
  element.extent = entry_extent(builder_, block.node.span(), {}, "#");
  Bindings any;
  repetitions(block, any);
  blocks_.flatten(block.body, {}, address, any, element.inputs);
  if (const Input* source = find_input(element.inputs, "source"))
    element.type = builder_.value(source->value).text;
  const std::vector<Input> inputs = element.inputs;
  builder_.add(std::move(element));
  for (const Input& input : inputs)
    settings_.read_free(after_last(input.name, '.'), input.value, address);
}

void Lowering::variable(const Block& block) {
  Element element;
  element.kind = ElementKind::iac_variable;
  element.container = Container::iac_parameter;
  element.name = block.labels[0];
  element.flag = is_true(attribute_value(block.body, "sensitive"));
  element.span = first_line(builder_, block.node.span());
  element.extent = entry_extent(builder_, block.node.span(), element.name, "#");
  if (const Node type = attribute_value(block.body, "type"))
    element.type = mask_keys(type.text().substr(0, type.text().find_first_of("(\n")));
  if (const Node value = attribute_value(block.body, "default")) {
    element.value = lower(value);
    unclaimed_.emplace_back("var." + element.name, element.value);
  }
  builder_.add(std::move(element));
}

void Lowering::output(const Block& block) {
  Element element;
  element.kind = ElementKind::iac_output;
  element.container = Container::output;
  element.name = block.labels[0];
  element.flag = is_true(attribute_value(block.body, "sensitive"));
  element.span = first_line(builder_, block.node.span());
  element.extent = entry_extent(builder_, block.node.span(), element.name, "#");
  if (const Node value = attribute_value(block.body, "value")) element.value = lower(value);
  add_flattened(shapes_, std::move(element));
}

void Lowering::locals(const Block& block) {
  if (!block.body) return;
  block.body.each_named_child([this](const Node& child) {
    if (!child.is("attribute")) return;
    Element element;
    element.kind = ElementKind::iac_local;
    element.name = child.named_child(0).text();
    element.name_span = child.named_child(0).span();
    element.span = child.span();
    element.extent = entry_extent(builder_, element.span, element.name, "#");
    element.value = definition("local." + element.name);
    if (element.value != none) unclaimed_.emplace_back("local." + element.name, element.value);
    add_flattened(shapes_, std::move(element));
  });
}

void Lowering::given(const Node& attribute) {
  Element element;
  element.kind = ElementKind::iac_assign;
  element.container = Container::iac_parameter;
  element.name = attribute.named_child(0).text();
  element.name_span = attribute.named_child(0).span();
  element.span = attribute.span();
  element.extent = builder_.line_extent(element.span, element.name, "#");
  element.value = lower(attribute.named_child(attribute.named_count() - 1));
  unclaimed_.emplace_back("var." + element.name, element.value);
  add_flattened(shapes_, std::move(element));
}

}  // namespace

Document lower_terraform(const SourceFile& file) {
  Result<Tree> tree = Tree::parse(tree_sitter_hcl(), file.text);
  if (!tree) {
    Builder builder(file, "terraform");
    builder.lost(tree.error());
    return builder.take();
  }
  std::vector<Tree> trees;
  if (tree->root().has_error()) trees = terraform::parse_blocks(file.text);
  if (trees.empty()) trees.push_back(std::move(*tree));
  return Lowering(file, std::move(trees)).run();
}

}  // namespace keyless
