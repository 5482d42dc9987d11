#include "base/text.h"
#include "syntax/python/calls.h"
#include "syntax/python/names.h"
#include "syntax/python/reads.h"
#include "syntax/python/targets.h"

namespace keyless::python {
namespace {

// `Names.AZURE_KEY.value` is what the member of an enumeration was given.
bool is_member_value(const Node& node) {
  if (node.field("attribute").text() != "value") return false;
  const Node object = node.field("object");
  if (!object.is("attribute")) return false;
  const std::string_view name = object.field("attribute").text();
  return !name.empty() && is_upper(name.front()) && to_lower(name) != name &&
         name.find_first_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos;
}

ValueId lower_clauses(State& state, const Node& node, int depth) {
  const Node body = node.field("body");
  each_item(node, [&](const Node& clause) {
    if (clause.is("for_in_clause"))
      lower_for(state, clause, depth + 1);
    else if (clause.is("if_clause"))
      lower_children(state, clause, depth + 1);
  });
  if (!body.is("pair")) return value_of(state, body, depth + 1);
  value_of(state, body.field("key"), depth + 1);
  return value_of(state, body.field("value"), depth + 1);
}

// `{k: v for k, v in x.items() if v}` is x as far as values go.
ValueId filtered_map(State& state, const Node& node, int depth) {
  const Node body = node.field("body");
  Node clause;
  each_item(node, [&](const Node& child) {
    if (child.is("for_in_clause") && !clause) clause = child;
  });
  const Node source = items_receiver(clause.field("right"));
  const std::vector<Node> names = items(clause.field("left"));
  if (!source || names.size() != 2 || body.field("value").text() != names[1].text()) return none;
  Value map;
  map.kind = ValueKind::map;
  map.span = node.span();
  if (source.is("dictionary")) {
    const auto& values = state.out.document().values;
    for (size_t i = values.size(); i > 0 && map.parts.empty(); --i)
      if (values[i - 1].kind == ValueKind::map && values[i - 1].span == source.span())
        map.parts.push_back(static_cast<ValueId>(i - 1));
  } else {
    map.parts.push_back(value_of(state, source, depth + 1));
  }
  return state.out.add(std::move(map));
}

// `{k: os.environ[name] for k, name in NAMES.items()}`: an entry for each row, once it is known
// which names are read.
ValueId looked_up_map(State& state, const Node& node, ValueId given) {
  const Node key = node.field("body").field("key");
  const auto keys = key.is("identifier") ? state.columns.find(key.text()) : state.columns.end();
  if (given == none || keys == state.columns.end()) return none;
  const std::vector<ValueId> names = keys->second.cells;
  std::vector<ValueId> reads = state.out.value(given).parts;
  // With a default: the reads are the first alternative.
  if (reads.size() == 2 && names.size() != 2) reads = state.out.value(reads.front()).parts;
  if (state.out.value(given).kind != ValueKind::alternative || reads.size() != names.size())
    return none;
  const ValueId map = state.out.named(ValueKind::map, node.span(), {});
  for (size_t i = 0; i < names.size(); ++i) {
    const Value name = state.out.value(names[i]);
    if (name.kind != ValueKind::literal || name.secret) continue;
    Element pair;
    pair.kind = ElementKind::pair;
    pair.span = node.span();
    pair.name = name.text;
    pair.name_span = name.span;
    pair.value = reads[i];
    pair.group = map;
    state.out.add(std::move(pair));
  }
  return map;
}

// `x[0]`: x itself, marked with the index where it is a name or the result of a call.
ValueId part_of_value(State& state, const Node& node, int depth) {
  const ValueId whole = value_of(state, node.field("value"), depth + 1);
  Value part = state.out.value(whole);
  if (part.kind != ValueKind::symbol && part.kind != ValueKind::call) return whole;
  part.member = node.field("subscript").text();
  part.span = node.span();
  return state.out.add(std::move(part));
}

}  // namespace

ValueId lower_identifier(State& state, const Node& node, int) {
  return state.out.symbol(node.span(), written_name(state, node));
}

ValueId lower_attribute(State& state, const Node& node, int depth) {
  const Node object = node.field("object");
  const std::string_view attribute = node.field("attribute").text();
  // `.value` of a stored secret is the secret.
  if (attribute == "value") {
    const std::string holder = canonical(state, written_name(state, object));
    if (holder.ends_with(".get_secret()") || holder.ends_with(".get_configuration_setting()"))
      return value_of(state, object, depth + 1);
  }
  const ValueId read = read_place(state, node, depth);
  if (read != none) return read;
  // In `get_settings().key` the symbol remembers the call it begins with.
  const ElementId call = lower_receiver(state, object, depth + 1);
  const ValueId symbol =
      state.out.symbol(node.span(), written_name(state, is_member_value(node) ? object : node));
  state.out.value(symbol).element = call;
  return symbol;
}

ValueId lower_subscript(State& state, const Node& node, int depth) {
  const ValueId read = read_place(state, node, depth);
  if (read != none) return read;
  const Node key = node.field("subscript");
  if (key.is("integer")) return part_of_value(state, node, depth);
  const ElementId call = lower_receiver(state, node.field("value"), depth + 1);
  if (!key_text(state, key)) value_of(state, key, depth + 1);
  const ValueId symbol = state.out.symbol(node.span(), written_name(state, node));
  state.out.value(symbol).element = call;
  if (key.is("slice")) state.out.value(symbol).member = key.text();
  return symbol;
}

ValueId lower_inner(State& state, const Node& node, int depth) {
  const Node content = inner(node);
  if (content.is(node.kind())) return state.out.unknown(node.span());
  return value_of(state, content, depth + 1);
}

ValueId lower_sequence(State& state, const Node& node, int depth) {
  Value list;
  list.kind = ValueKind::list;
  list.span = node.span();
  each_item(node,
            [&](const Node& child) { list.parts.push_back(value_of(state, child, depth + 1)); });
  return state.out.add(std::move(list));
}

ValueId lower_nothing(State&, const Node&, int) {
  return none;
}

ValueId lower_none(State& state, const Node& node, int) {
  return state.out.named(ValueKind::empty, node.span(), {});
}

ValueId lower_unary(State& state, const Node& node, int depth) {
  const Node argument = node.field("argument");
  if (argument.is("integer") || argument.is("float")) return lower_plain(state, node, depth);
  value_of(state, argument, depth + 1);
  return state.out.unknown(node.span());
}

ValueId lower_plain(State& state, const Node& node, int) {
  return state.out.literal(node.span(), node.text());
}

ValueId lower_comprehension(State& state, const Node& node, int depth) {
  state.out.open_scope(ScopeKind::block, "", node.span());
  const Node body = node.field("body");
  ValueId value = none;
  if (body.is("pair")) {
    const ValueId given = lower_clauses(state, node, depth);
    value = filtered_map(state, node, depth);
    if (value == none) value = looked_up_map(state, node, given);
  } else {
    Value list;
    list.kind = ValueKind::list;
    list.span = node.span();
    list.parts.push_back(lower_clauses(state, node, depth));
    value = state.out.add(std::move(list));
  }
  state.out.close_scope();
  return value == none ? state.out.unknown(node.span()) : value;
}

ValueId lower_named(State& state, const Node& node, int depth) {
  const Node right = node.field("value");
  const ValueId value = value_of(state, right, depth + 1);
  bind(state, node.field("name"), {value, right, node.span(), {}}, depth + 1);
  return value;
}

ElementId lower_receiver(State& state, const Node& start, int depth) {
  Node node = inner(start);
  for (int i = 0; i < max_depth && node.is("attribute"); ++i) node = inner(node.field("object"));
  if (!node || node.is("identifier") || node.is("string")) return none;
  const Value& value = state.out.value(value_of(state, node, depth + 1));
  return value.kind == ValueKind::call ? value.element : none;
}

}  // namespace keyless::python
