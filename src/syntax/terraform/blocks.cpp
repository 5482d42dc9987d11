#include "syntax/terraform/blocks.h"

#include "base/text.h"
#include "syntax/resources/flatten.h"

namespace keyless::terraform {
namespace {

std::string unquoted(const Node& label) {
  std::string_view text = label.text();
  if (text.size() >= 2 && text.front() == '"') text = text.substr(1, text.size() - 2);
  return std::string(text);
}

std::string joined(const std::string& prefix, std::string_view name) {
  return prefix.empty() ? std::string(name) : prefix + "." + std::string(name);
}

// `value_from { secret_key_ref { name key } }` of a Kubernetes container, as a reference.
ValueId kubernetes_secret(Shapes& shapes, const std::vector<Input>& inputs, size_t from,
                          const std::string& prefix) {
  ValueId name = none;
  ValueId key = none;
  for (size_t i = from; i < inputs.size(); ++i) {
    if (inputs[i].name == prefix + ".value_from.secret_key_ref.name") name = inputs[i].value;
    if (inputs[i].name == prefix + ".value_from.secret_key_ref.key") key = inputs[i].value;
  }
  if (key == none) return none;
  return shapes.attribute(shapes.builder().value(key).span, shapes.text_of(name),
                          "secret:" + shapes.text_of(key), "kubernetes_secret");
}

}  // namespace

Block::Block(const Node& block) : node(block) {
  node.each_named_child([this](const Node& child) {
    if (child.is("body")) {
      body = child;
    } else if (child.is("identifier") && keyword.empty()) {
      keyword = child.text();
    } else if (child.is("identifier") || child.is("string_lit")) {
      labels.push_back(unquoted(child));
    }
  });
}

Node attribute_value(const Node& body, std::string_view name) {
  Node found;
  if (!body) return found;
  body.each_named_child([&](const Node& child) {
    if (child.is("attribute") && child.named_child(0).text() == name)
      found = child.named_child(child.named_count() - 1);
  });
  return found;
}

void Blocks::flatten(const Node& body, const std::string& prefix, const std::string& workload,
                     const Bindings& bindings, std::vector<Input>& inputs, int depth) {
  if (!body) return;
  if (depth > max_depth) {
    if (!too_deep_)
      shapes_.builder().lost({Problem::lost_file, {}, 0, "blocks nest deeper than 200 levels", {}});
    too_deep_ = true;
    return;
  }
  body.each_named_child([&](const Node& child) {
    if (child.is("attribute")) attribute(child, prefix, bindings, inputs);
    if (!child.is("block")) return;
    const Block block(child);
    if (block.keyword == "dynamic")
      dynamic(block, prefix, workload, bindings, inputs, depth);
    else
      nested(block, prefix, workload, bindings, inputs, depth);
  });
}

void Blocks::attribute(const Node& node, const std::string& prefix, const Bindings& bindings,
                       std::vector<Input>& inputs) {
  const std::string_view name = node.named_child(0).text();
  Input input;
  input.name = joined(prefix, name);
  input.value = expressions_.lower(node.named_child(node.named_count() - 1), bindings);
  input.span = node.span();
  input.extent = entry_extent(shapes_.builder(), input.span, name, "#");
  add_attribute(shapes_, std::move(input), inputs);
}

void Blocks::nested(const Block& block, const std::string& prefix, const std::string& workload,
                    const Bindings& bindings, std::vector<Input>& inputs, int depth) {
  SettingRecord record;
  record.span = block.node.span();
  record.extent = entry_extent(shapes_.builder(), record.span, {}, "#");
  content(block.body, block.keyword, prefix, std::move(record), workload, bindings, inputs, depth);
}

void Blocks::dynamic(const Block& block, const std::string& prefix, const std::string& workload,
                     const Bindings& bindings, std::vector<Input>& inputs, int depth) {
  if (block.labels.empty() || !block.body) return;
  std::string iterator = block.labels[0];
  if (const Node name = attribute_value(block.body, "iterator")) iterator = name.text();
  Node body;
  block.body.each_named_child([&](const Node& child) {
    if (child.is("block") && Block(child).keyword == "content") body = Block(child).body;
  });
  const Node source = attribute_value(block.body, "for_each");
  if (!body || !source) return;
  const Span span = block.node.span();
  const ValueId collection = expressions_.lower(source, bindings);
  std::vector<Item> items = shapes_.each(collection);
  if (items.empty()) items.push_back({none, shapes_.any_of(collection, span), nullptr});
  for (const Item& item : items) {
    if (!shapes_.another_round()) return;
    Bindings inner(&bindings);
    inner.bind(iterator + ".value", item.value);
    inner.bind(iterator + ".key", item.key != none ? item.key : item.value);
    SettingRecord record;
    record.span = span;
    // A setting that a loop writes is said where its element is written.
    if (item.entry != nullptr) record.span = item.entry->span;
    if (item.entry == nullptr && shapes_.is_map(item.value))
      record.span = shapes_.builder().value(item.value).span;
    record.extent = entry_extent(shapes_.builder(), record.span, {}, "#");
    content(body, block.labels[0], prefix, std::move(record), workload, inner, inputs, depth);
  }
}

void Blocks::content(const Node& body, const std::string& name, const std::string& prefix,
                     SettingRecord record, const std::string& workload, const Bindings& bindings,
                     std::vector<Input>& inputs, int depth) {
  const std::string path = joined(prefix, name);
  const size_t before = inputs.size();
  flatten(body, path, workload, bindings, inputs, depth + 1);
  const Container container = settings_container(name);
  if (container == Container{}) return;
  for (size_t i = before; i < inputs.size(); ++i) {
    const std::string_view rest = std::string_view(inputs[i].name).substr(path.size() + 1);
    if (rest.find('.') != std::string_view::npos) continue;
    MapEntry field;
    field.name = rest;
    field.value = inputs[i].value;
    field.span = inputs[i].span;
    record.fields.push_back(std::move(field));
  }
  const ValueId reference = kubernetes_secret(shapes_, inputs, before, path);
  if (reference != none) {
    MapEntry field;
    field.name = "value";
    field.value = reference;
    record.fields.push_back(std::move(field));
  }
  record.group = settings_.group_of(workload + "|" + path);
  settings_.record(container, record, nullptr, workload);
}

}  // namespace keyless::terraform
