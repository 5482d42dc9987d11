#include "syntax/python/maps.h"

#include "syntax/python/names.h"

namespace keyless::python {
namespace {

void add_entry(State& state, ValueId map, const Node& node, const Node& name_node, std::string name,
               ValueId value, Span whole) {
  Element pair;
  pair.kind = ElementKind::pair;
  pair.span = node.span();
  pair.extent = separated_extent(state.out.text(), node.span(), whole);
  pair.name_span = name_node.span();
  pair.name = std::move(name);
  pair.value = value;
  pair.group = map;
  state.out.add(std::move(pair));
}

ValueId open_map(State& state, const Node& node) {
  Value map;
  map.kind = ValueKind::map;
  map.span = node.span();
  return state.out.add(std::move(map));
}

Span between_brackets(const Node& node) {
  const Span span = node.span();
  return span.size() < 2 ? span : Span{span.begin + 1, span.end - 1};
}

}  // namespace

ValueId lower_dictionary(State& state, const Node& node, int depth) {
  const ValueId map = open_map(state, node);
  const Span whole = between_brackets(node);
  each_item(node, [&](const Node& child) {
    if (child.is("dictionary_splat")) {
      const ValueId base = value_of(state, child, depth + 1);
      state.out.value(map).parts.push_back(base);
      return;
    }
    if (!child.is("pair")) {
      lower(state, child, depth + 1);
      return;
    }
    const Node key = child.field("key");
    const auto name = key_text(state, key);
    if (!name) value_of(state, key, depth + 1);
    const ValueId value = value_of(state, child.field("value"), depth + 1);
    if (name) add_entry(state, map, child, key, *name, value, whole);
  });
  return map;
}

ValueId lower_dict_call(State& state, const Node& call, int depth) {
  const ValueId map = open_map(state, call);
  const Node arguments = call.field("arguments");
  const Span whole = between_brackets(arguments);
  each_item(arguments, [&](const Node& child) {
    if (child.is("keyword_argument")) {
      const Node key = child.field("name");
      const ValueId value = value_of(state, child.field("value"), depth + 1);
      add_entry(state, map, child, key, std::string(key.text()), value, whole);
    } else {
      const ValueId base = value_of(state, child, depth + 1);
      state.out.value(map).parts.push_back(base);
    }
  });
  return map;
}

}  // namespace keyless::python
