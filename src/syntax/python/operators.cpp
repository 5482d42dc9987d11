#include "syntax/python/names.h"
#include "syntax/python/reads.h"
#include "syntax/python/strings.h"

namespace keyless::python {
namespace {

// The operands of `a + b + c`, which the grammar nests to the left without bound.
std::vector<Node> operands(const Node& start, std::string_view operation) {
  std::vector<Node> reversed;
  Node node = start;
  while (node.is(start.kind()) && node.field("operator").kind() == operation) {
    reversed.push_back(node.field("right"));
    node = node.field("left");
  }
  reversed.push_back(node);
  return {reversed.rbegin(), reversed.rend()};
}

std::vector<ValueId> values_of(State& state, const std::vector<Node>& nodes, int depth) {
  std::vector<ValueId> values;
  values.reserve(nodes.size());
  for (const Node& node : nodes) values.push_back(value_of(state, node, depth + 1));
  return values;
}

// The operands of a sum, literal neighbours as one literal.
std::vector<ValueId> summands(State& state, const std::vector<Node>& nodes, int depth) {
  std::vector<ValueId> values;
  std::string run;
  Span span;
  const auto flush = [&] {
    if (!span.empty()) values.push_back(state.out.literal(span, run));
    run.clear();
    span = {};
  };
  for (const Node& node : nodes) {
    if (const auto text = literal_text(node)) {
      run += *text;
      span = {span.empty() ? node.span().begin : span.begin, node.span().end};
      continue;
    }
    flush();
    values.push_back(value_of(state, node, depth + 1));
  }
  flush();
  return values;
}

// `base | {...}`: a map on top of a map.
ValueId merged(State& state, Span span, std::vector<ValueId> parts) {
  Value map;
  map.kind = ValueKind::map;
  map.span = span;
  map.parts = std::move(parts);
  return state.out.add(std::move(map));
}

}  // namespace

ValueId lower_conditional(State& state, const Node& node, int depth) {
  const std::vector<Node> parts = items(node);
  if (parts.size() != 3) {
    lower_children(state, node, depth);
    return state.out.unknown(node.span());
  }
  value_of(state, parts[1], depth + 1);
  const ValueId then = value_of(state, parts[0], depth + 1);
  return state.out.alternative(node.span(), {then, value_of(state, parts[2], depth + 1)});
}

ValueId lower_boolean(State& state, const Node& node, int depth) {
  const std::string_view operation = node.field("operator").kind();
  std::vector<ValueId> values = values_of(state, operands(node, operation), depth);
  // `a and b` is b whenever it matters.
  if (operation == "and") return values.back();
  return state.out.alternative(node.span(), std::move(values));
}

ValueId lower_binary(State& state, const Node& node, int depth) {
  const std::string_view operation = node.field("operator").kind();
  if (operation == "%") {
    const ValueId text = lower_percent(state, node, node.field("left"), node.field("right"), depth);
    if (text != none) return text;
  }
  if (operation == "+") {
    std::vector<ValueId> parts = summands(state, operands(node, operation), depth);
    return parts.size() == 1 ? parts.front() : state.out.composite(node.span(), std::move(parts));
  }
  std::vector<ValueId> values = values_of(state, operands(node, operation), depth);
  if (operation == "/") return state.out.composite(node.span(), std::move(values));
  if (operation == "|") return merged(state, node.span(), std::move(values));
  return state.out.unknown(node.span());
}

ValueId lower_comparison(State& state, const Node& node, int depth) {
  const std::vector<Node> parts = items(node);
  // `"NAME" in os.environ` asks for the variable.
  if (parts.size() == 2) {
    const MappingPlace place = mapping_of(canonical(state, written_name(state, parts[1])));
    const auto key = key_text(state, parts[0]);
    if (place.mapping != nullptr && key && place.mapping->kind == ValueKind::env) {
      state.out.named(ValueKind::env, node.span(), *key);
      return state.out.unknown(node.span());
    }
  }
  lower_children(state, node, depth);
  return state.out.unknown(node.span());
}

}  // namespace keyless::python
