#include "base/text.h"
#include "syntax/python/calls.h"
#include "syntax/python/classes.h"
#include "syntax/python/names.h"
#include "syntax/python/reads.h"
#include "syntax/python/targets.h"

namespace keyless::python {
namespace {

// `{**os.environ, "A": b}` is an environment as well.
std::string spread_environment(const State& state, const Node& start) {
  const Node map = inner(start);
  std::string known;
  if (!map.is("dictionary")) return known;
  each_item(map, [&](const Node& child) {
    if (!child.is("dictionary_splat")) return;
    const std::string name = canonical(state, written_name(state, child));
    const MappingPlace place = mapping_of(name);
    if (place.mapping != nullptr && place.mapping->kind == ValueKind::env) known = name;
  });
  return known;
}

// What a variable holds, when that matters for recognising reads later.
void learn(State& state, const std::string& name, const Binding& binding) {
  std::string known;
  if (binding.right) {
    known = canonical(state, written_name(state, binding.right));
    if (!leads_to_reader(known)) known.clear();
    if (known.empty()) known = spread_environment(state, binding.right);
  }
  if (known.empty() && !binding.type.empty()) {
    known = canonical(state, binding.type) + "()";
    if (!leads_to_reader(known)) known.clear();
  }
  remember(state, name, std::move(known));
}

void add_assign(State& state, std::string name, Span name_span, const Binding& binding) {
  Element assign;
  const bool member = in_class_body(state) && name.find('.') == std::string::npos;
  assign.kind = member ? ElementKind::field : ElementKind::assign;
  assign.span = binding.statement;
  assign.extent = statement_extent(state, binding.statement, after_last(name, '.'));
  assign.name_span = name_span;
  assign.name = std::move(name);
  assign.type = binding.type;
  assign.value = binding.value;
  const bool global = !state.globals.empty() && state.globals.back().contains(assign.name);
  const ElementId id = state.out.add(std::move(assign));
  if (global) state.out.element(id).scope = 0;
}

void bind_name(State& state, const Node& target, const Binding& binding) {
  const std::string name = written_name(state, target);
  state.columns.erase(name);
  state.literal_maps.erase(name);
  learn(state, name, binding);
  add_assign(state, name, target.span(), binding);
}

// `os.environ[name] = value` in a loop over literal rows: a setting for each row.
void add_settings(State& state, const Node& key, const Binding& binding, int depth) {
  const auto names = state.columns.find(key.text());
  if (!key.is("identifier") || names == state.columns.end()) {
    value_of(state, key, depth + 1);
    return;
  }
  const Node right = inner(binding.right);
  const auto values =
      right.is("identifier") ? state.columns.find(right.text()) : state.columns.end();
  const bool paired = values != state.columns.end() && values->second.loop == names->second.loop &&
                      values->second.cells.size() == names->second.cells.size();
  constexpr int most_expanded = 5000;
  for (size_t i = 0; i < names->second.cells.size() && ++state.expanded < most_expanded; ++i) {
    const Value name = state.out.value(names->second.cells[i]);
    if (name.kind != ValueKind::literal || name.secret) continue;
    add_setting(state, Container::code_env, name.text,
                paired ? values->second.cells[i] : binding.value, names->second.rows[i], name.span);
  }
}

// `x["key"] = value`: an assignment to x.key and an entry of x.
void bind_subscript(State& state, const Node& target, const Binding& binding, int depth) {
  const Node receiver = target.field("value");
  const Node key_node = target.field("subscript");
  const auto key = key_text(state, key_node);
  const std::string written = written_name(state, receiver);
  lower_receiver(state, receiver, depth + 1);
  const MappingPlace place = mapping_of(canonical(state, written));
  if (place.mapping != nullptr && place.mapping->kind == ValueKind::env) {
    if (key)
      add_setting(state, Container::code_env, *key, binding.value, binding.statement,
                  key_node.span());
    else
      add_settings(state, key_node, binding, depth);
    return;
  }
  if (!key) {
    value_of(state, key_node, depth + 1);
    return;
  }
  add_assign(state, written + "." + *key, target.span(), binding);
  Element pair;
  pair.kind = ElementKind::pair;
  pair.span = binding.statement;
  pair.extent = statement_extent(state, binding.statement, *key);
  pair.name_span = key_node.span();
  pair.name = *key;
  pair.type = written;
  pair.value = binding.value;
  state.out.add(std::move(pair));
}

// Element `at` of a value that is unpacked: the part itself, or the value marked with the index.
Binding part_of(State& state, const Binding& whole, const std::vector<Node>& nodes, size_t at) {
  Binding part{none, Node(), whole.statement, {}};
  const Value& value = state.out.value(whole.value);
  if (value.kind == ValueKind::list) {
    if (nodes.size() == value.parts.size() && at < nodes.size()) part.right = nodes[at];
    part.value = at < value.parts.size() ? value.parts[at] : none;
  } else if (value.kind == ValueKind::call || value.kind == ValueKind::symbol) {
    Value indexed = value;
    indexed.member = std::to_string(at);
    part.value = state.out.add(std::move(indexed));
  }
  if (part.value == none) part.value = state.out.unknown(whole.statement);
  return part;
}

void bind_parts(State& state, const Node& target, const Binding& binding, int depth) {
  const Node right = inner(binding.right);
  const bool literal =
      right && (right.is("tuple") || right.is("list") || right.is("expression_list"));
  const std::vector<Node> nodes = literal ? items(right) : std::vector<Node>{};
  size_t at = 0;
  bool starred = false;
  each_item(target, [&](const Node& child) {
    starred = starred || child.is("list_splat_pattern") || child.is("list_splat");
    if (starred)
      bind(state, child, {state.out.unknown(child.span()), Node(), binding.statement, {}},
           depth + 1);
    else
      bind(state, child, part_of(state, binding, nodes, at), depth + 1);
    ++at;
  });
}

// `NAMES = {"key": "A"}` at the top level: a loop over NAMES.items() knows its rows.
void remember_map(State& state, const Node& name, ValueId map, size_t first) {
  constexpr size_t most_pairs = 500;
  std::vector<ElementId> pairs;
  const auto& elements = state.out.document().elements;
  for (size_t i = first; i < elements.size(); ++i)
    if (elements[i].kind == ElementKind::pair && elements[i].group == map)
      pairs.push_back(static_cast<ElementId>(i));
  if (!pairs.empty() && pairs.size() <= most_pairs)
    state.literal_maps[std::string(name.text())] = std::move(pairs);
}

}  // namespace

void add_setting(State& state, Container container, std::string name, ValueId value, Span span,
                 Span name_span) {
  Element setting;
  setting.kind = ElementKind::setting;
  setting.container = container;
  setting.span = span;
  setting.extent = statement_extent(state, span, name);
  setting.name = std::move(name);
  setting.name_span = name_span;
  setting.value = value;
  state.out.add(std::move(setting));
}

void bind(State& state, const Node& target, const Binding& binding, int depth) {
  if (depth > max_depth || !target) return;
  if (target.is("identifier")) return bind_name(state, target, binding);
  if (target.is("attribute")) {
    lower_receiver(state, target.field("object"), depth + 1);
    return bind_name(state, target, binding);
  }
  if (target.is("subscript")) return bind_subscript(state, target, binding, depth);
  if (target.is("as_pattern_target") || target.is("list_splat_pattern") ||
      target.is("parenthesized_expression")) {
    each_item(target, [&](const Node& child) { bind(state, child, binding, depth + 1); });
    return;
  }
  if (target.is("pattern_list") || target.is("tuple_pattern") || target.is("list_pattern") ||
      target.is("tuple") || target.is("list") || target.is("expression_list"))
    bind_parts(state, target, binding, depth);
}

ValueId lower_assignment(State& state, const Node& node, int depth) {
  const Node left = node.field("left");
  const Node right = node.field("right");
  const Node annotation = node.field("type");
  if (left.is("identifier") && in_class_body(state)) {
    add_field(state, left, annotation, right, node.span(), depth);
    return none;
  }
  if (!right) return none;
  // In `a = b = value` the right side is an assignment, which gives its value.
  const size_t first = state.out.document().elements.size();
  const ValueId value = value_of(state, right, depth + 1);
  Node source = right;
  for (int i = 0; i < max_depth && source.is("assignment"); ++i) source = source.field("right");
  bind(state, left, {value, source, node.span(), annotation ? type_name(annotation.text()) : ""},
       depth + 1);
  if (left.is("identifier") && right.is("dictionary") && state.out.scope() == 0)
    remember_map(state, left, value, first);
  return value;
}

ValueId lower_augmented(State& state, const Node& node, int depth) {
  const Node left = node.field("left");
  const Node right = node.field("right");
  const ValueId added = value_of(state, right, depth + 1);
  const std::string_view operation = node.field("operator").kind();
  if (in_class_body(state) || (operation != "+=" && operation != "|=")) return none;
  const ValueId before = value_of(state, left, depth + 1);
  Value value;
  value.kind = operation == "+=" ? ValueKind::composite : ValueKind::map;
  value.span = node.span();
  value.parts = {before, added};
  bind(state, left, {state.out.add(std::move(value)), Node(), node.span(), {}}, depth + 1);
  return none;
}

}  // namespace keyless::python
