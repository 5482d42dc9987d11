#include "syntax/resources/flatten.h"

#include "base/text.h"

namespace keyless {
namespace {

constexpr int max_levels = 24;
constexpr size_t max_inputs = 5000;

void add_below(Shapes& shapes, const std::string& prefix, ValueId value, int level,
               std::vector<Input>& inputs) {
  if (level > max_levels) return;
  for (const Item& item : shapes.each(value)) {
    if (inputs.size() >= max_inputs) return;
    if (item.entry == nullptr) {
      add_below(shapes, prefix, item.value, level + 1, inputs);
      continue;
    }
    Input input;
    input.name = prefix.empty() ? item.entry->name : prefix + "." + item.entry->name;
    input.value = item.value;
    input.via = Via::attribute;
    input.span = item.entry->span;
    input.extent = item.entry->extent;
    inputs.push_back(input);
    add_below(shapes, input.name, item.value, level + 1, inputs);
  }
}

}  // namespace

void add_attribute(Shapes& shapes, Input attribute, std::vector<Input>& inputs) {
  attribute.via = Via::attribute;
  const std::string name = attribute.name;
  const ValueId value = attribute.value;
  inputs.push_back(std::move(attribute));
  add_below(shapes, name, value, 0, inputs);
}

void add_flattened(Shapes& shapes, Element element) {
  std::vector<Input> below;
  add_below(shapes, element.name, element.value, 0, below);
  Builder& builder = shapes.builder();
  Element entry = element;
  builder.add(std::move(element));
  for (const Input& input : below) {
    entry.name = input.name;
    entry.value = input.value;
    entry.span = input.span;
    entry.name_span = {input.span.begin, input.span.begin};
    entry.extent = input.extent;
    builder.add(entry);
  }
}

const Input* find_input(const std::vector<Input>& inputs, std::string_view name) {
  for (const Input& input : inputs)
    if (input.name.size() == name.size() && contains_ignoring_case(input.name, name)) return &input;
  return nullptr;
}

}  // namespace keyless
