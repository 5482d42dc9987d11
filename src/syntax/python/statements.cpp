#include <algorithm>

#include "base/text.h"
#include "syntax/python/names.h"
#include "syntax/python/targets.h"

namespace keyless::python {
namespace {

// What one turn of a loop over `iterable` holds: the elements of a literal, or the iterable's own
// value, whose parts the elements are.
ValueId element_of(State& state, ValueId iterable) {
  const Value value = state.out.value(iterable);
  if (value.kind == ValueKind::list && !value.parts.empty())
    return state.out.alternative(value.span, value.parts);
  if (value.kind == ValueKind::symbol) return iterable;
  return state.out.unknown(value.span);
}

// Binds one name of a loop to the cells of its column.
void bind_column(State& state, const Node& name, Column column, Span span, int depth) {
  const ValueId value = column.cells.empty() ? state.out.unknown(name.span())
                                             : state.out.alternative(name.span(), column.cells);
  bind(state, name, {value, Node(), span, {}}, depth + 1);
  constexpr size_t most_rows = 500;
  if (!column.cells.empty() && column.cells.size() <= most_rows && name.is("identifier"))
    state.columns[std::string(name.text())] = std::move(column);
}

// Pairs of the literal dictionary that a loop goes over: written there, or a variable's.
std::vector<ElementId> pairs_of(State& state, const Node& map, int depth) {
  if (map.is("identifier")) {
    const auto known = state.literal_maps.find(map.text());
    return known == state.literal_maps.end() ? std::vector<ElementId>{} : known->second;
  }
  std::vector<ElementId> pairs;
  const size_t first = state.out.document().elements.size();
  const ValueId lowered = value_of(state, map, depth + 1);
  for (size_t i = first; i < state.out.document().elements.size(); ++i) {
    const Element& pair = state.out.document().elements[i];
    if (pair.kind == ElementKind::pair && pair.group == lowered)
      pairs.push_back(static_cast<ElementId>(i));
  }
  return pairs;
}

// `for name, value in {...}.items()`: the keys and the values of a literal dictionary.
bool bind_items(State& state, const Node& left, const Node& iterable, Span span, int depth) {
  const Node map = items_receiver(iterable);
  const std::vector<Node> names = items(left);
  const bool known =
      map.is("dictionary") ||
      (map.is("identifier") && state.literal_maps.find(map.text()) != state.literal_maps.end());
  if (!known || names.size() != 2) return false;
  Column keys{{}, {}, span.begin};
  Column values{{}, {}, span.begin};
  for (const ElementId id : pairs_of(state, map, depth)) {
    const Element pair = state.out.element(id);
    values.cells.push_back(pair.value);
    values.rows.push_back(pair.span);
    keys.cells.push_back(state.out.literal(pair.name_span, std::string(pair.name)));
    keys.rows.push_back(pair.span);
  }
  bind_column(state, names[0], std::move(keys), span, depth);
  bind_column(state, names[1], std::move(values), span, depth);
  return true;
}

// The elements of a literal list of tuples, each unpacked: `for a, b in [("x", 1), ("y", 2)]`.
void bind_columns(State& state, const Node& left, ValueId iterable, Span span, int depth) {
  constexpr size_t most_columns = 16;
  size_t at = 0;
  each_item(left, [&](const Node& name) {
    Column column{{}, {}, span.begin};
    const Value& list = state.out.value(iterable);
    if (list.kind == ValueKind::list && at < most_columns)
      for (const ValueId row : list.parts) {
        const Value& tuple = state.out.value(row);
        if (tuple.kind != ValueKind::list || at >= tuple.parts.size()) continue;
        column.cells.push_back(tuple.parts[at]);
        column.rows.push_back(tuple.span);
      }
    bind_column(state, name, std::move(column), span, depth);
    ++at;
  });
}

// `for name in ["A", "B"]`
void bind_elements(State& state, const Node& left, ValueId iterable, Span span, int depth) {
  Column column{{}, {}, span.begin};
  if (const Value& list = state.out.value(iterable); list.kind == ValueKind::list) {
    column.cells = list.parts;
    for (const ValueId cell : column.cells) column.rows.push_back(state.out.value(cell).span);
  }
  bind(state, left, {element_of(state, iterable), Node(), span, {}}, depth + 1);
  if (!column.cells.empty() && column.cells.size() <= 500 && left.is("identifier"))
    state.columns[std::string(left.text())] = std::move(column);
}

}  // namespace

// X of `X.items()`; null for anything else.
Node items_receiver(const Node& start) {
  const Node call = inner(start);
  const Node function = call.is("call") ? call.field("function") : Node();
  if (!function.is("attribute") || function.field("attribute").text() != "items") return {};
  return inner(function.field("object"));
}

bool in_class_body(const State& state) {
  return state.out.document().scopes[state.out.scope()].kind == ScopeKind::type;
}

Extent statement_extent(const State& state, Span span, std::string_view key) {
  const std::string_view text = state.out.text();
  const auto& starts = state.line_starts;
  const auto line_of = [&](uint32_t at) {
    return std::upper_bound(starts.begin(), starts.end(), at) - starts.begin() - 1;
  };
  const uint32_t begin = starts[static_cast<size_t>(line_of(span.begin))];
  const auto next = static_cast<size_t>(line_of(span.end)) + 1;
  const auto end = next < starts.size() ? starts[next] : static_cast<uint32_t>(text.size());
  constexpr uint32_t longest_rest = 4000;
  if (span.begin - begin > longest_rest || end - std::min(end, span.end) > longest_rest)
    return {span, std::nullopt};
  const std::string_view before = trim(text.substr(begin, span.begin - begin));
  const std::string_view after = trim(text.substr(span.end, end - std::min(end, span.end)));
  if (!before.empty() || (!after.empty() && after.front() != '#')) return {span, std::nullopt};
  return state.out.line_extent(span, key, "#");
}

ValueId lower_statement(State& state, const Node& node, int depth) {
  ValueId last = none;
  each_item(node, [&](const Node& child) {
    // A string on its own is documentation.
    if (!child.is("string") && !child.is("concatenated_string"))
      last = lower(state, child, depth + 1);
  });
  return last;
}

ValueId lower_return(State& state, const Node& node, int depth) {
  Node given;
  each_item(node, [&](const Node& child) { given = child; });
  if (!given) return none;
  Element result;
  result.kind = ElementKind::result;
  result.span = node.span();
  result.extent = statement_extent(state, node.span(), "");
  result.value = value_of(state, given, depth + 1);
  const ValueId value = result.value;
  state.out.add(std::move(result));
  return value;
}

ValueId lower_for(State& state, const Node& node, int depth) {
  const Node left = node.field("left");
  const Node right = inner(node.field("right"));
  const Span span{node.span().begin, right ? right.span().end : node.span().end};
  if (!bind_items(state, left, right, span, depth)) {
    const ValueId iterable = value_of(state, right, depth + 1);
    if (left.is("pattern_list") || left.is("tuple_pattern"))
      bind_columns(state, left, iterable, span, depth);
    else
      bind_elements(state, left, iterable, span, depth);
  }
  if (const Node body = node.field("body"); body && node.is("for_statement"))
    lower(state, body, depth + 1);
  if (const Node rest = node.field("alternative")) lower(state, rest, depth + 1);
  return none;
}

// `with X() as client`
ValueId lower_as(State& state, const Node& node, int depth) {
  const std::vector<Node> parts = items(node);
  if (parts.empty()) return none;
  const ValueId value = value_of(state, parts.front(), depth + 1);
  if (const Node alias = node.field("alias"))
    bind(state, alias, {value, parts.front(), node.span(), {}}, depth + 1);
  return value;
}

ValueId lower_except(State& state, const Node& node, int depth) {
  each_item(node, [&](const Node& child) {
    if (child.is("block")) lower(state, child, depth + 1);
  });
  return none;
}

ValueId lower_global(State& state, const Node& node, int) {
  if (state.globals.empty()) return none;
  each_item(node, [&](const Node& name) { state.globals.back().emplace(name.text()); });
  return none;
}

}  // namespace keyless::python
