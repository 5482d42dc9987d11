#include <algorithm>

#include "base/text.h"
#include "syntax/python/calls.h"
#include "syntax/python/maps.h"
#include "syntax/python/names.h"
#include "syntax/python/reads.h"
#include "syntax/python/strings.h"
#include "syntax/python/targets.h"

namespace keyless::python {
namespace {

// `partial(F, a, k=v)`: both the call as written and F(a, k=v).
ValueId deferred(State& state, const Node& call, const std::string& name, int callee_at,
                 int depth) {
  const std::vector<Node> arguments = positional(call);
  const auto at = static_cast<size_t>(callee_at);
  if (at >= arguments.size()) return none;
  const std::string callee = written_name(state, arguments[at]);
  if (callee.empty() || callee.front() == '?') return none;
  lower_receiver(state, call.field("function"), depth + 1);
  const ElementId inner_call =
      add_call(state, call, callee, call.field("arguments"), at + 1, depth + 1);
  Element outer;
  outer.kind = ElementKind::call;
  outer.span = call.span();
  outer.name = name;
  outer.name_span = call.field("function").span();
  outer.inputs = state.out.element(inner_call).inputs;
  Input first;
  first.position = 0;
  first.via = Via::positional;
  first.span = arguments[at].span();
  first.extent.span = first.span;
  first.value = state.out.symbol(first.span, callee);
  for (Input& input : outer.inputs)
    if (input.position >= 0) input.position += static_cast<int32_t>(at) + 1;
  outer.inputs.insert(outer.inputs.begin(), std::move(first));
  state.out.add(std::move(outer));
  return call_value(state, call.span(), inner_call);
}

ValueId joined(State& state, const Node& call, int depth) {
  std::vector<ValueId> parts;
  for (const Node& argument : positional(call))
    parts.push_back(value_of(state, argument, depth + 1));
  return state.out.composite(call.span(), std::move(parts));
}

// `"/".join([a, b])`
ValueId joined_list(State& state, const Node& call, const Node& separator, int depth) {
  const std::vector<Node> arguments = positional(call);
  const auto text = literal_text(separator);
  if (!text || arguments.size() != 1) return none;
  const Node list = inner(arguments[0]);
  if (!list.is("list") && !list.is("tuple")) return none;
  std::vector<ValueId> parts;
  each_item(list, [&](const Node& child) {
    if (!parts.empty() && !text->empty())
      parts.push_back(state.out.literal(separator.span(), *text));
    parts.push_back(value_of(state, child, depth + 1));
  });
  return state.out.composite(call.span(), std::move(parts));
}

// `setattr(client, "api_key", key)`
ValueId set_attribute(State& state, const Node& call, int depth) {
  const std::vector<Node> arguments = positional(call);
  if (arguments.size() != 3) return none;
  const auto key = key_text(state, arguments[1]);
  const std::string receiver = written_name(state, arguments[0]);
  if (!key || receiver.empty()) return none;
  Element assign;
  assign.kind = ElementKind::assign;
  assign.span = call.span();
  assign.name = receiver + "." + *key;
  assign.name_span = arguments[1].span();
  assign.value = value_of(state, arguments[2], depth + 1);
  assign.extent = statement_extent(state, call.span(), *key);
  state.out.add(std::move(assign));
  return state.out.unknown(call.span());
}

// `os.environ.update({...})`, `os.environ.update(A=b)`: settings of the process.
void update_environment(State& state, const Node& call, int depth) {
  const auto add = [&](const Node& entry, const Node& key, const Node& given) {
    const ValueId value = value_of(state, given, depth + 1);
    const std::string name =
        key.is("identifier") ? std::string(key.text()) : key_text(state, key).value_or("");
    if (!name.empty())
      add_setting(state, Container::code_env, name, value, entry.span(), key.span());
  };
  each_item(call.field("arguments"), [&](const Node& argument) {
    if (argument.is("keyword_argument")) {
      add(argument, argument.field("name"), argument.field("value"));
      return;
    }
    const Node map = inner(argument);
    if (!map.is("dictionary")) {
      value_of(state, map, depth + 1);
      return;
    }
    each_item(map, [&](const Node& pair) {
      if (pair.is("pair")) add(pair, pair.field("key"), pair.field("value"));
    });
  });
}

// `config.update({"a": x})`: an assignment to config.a for each entry; the pairs come with the map.
void update_map(State& state, const std::string& receiver, ValueId value, Span span, size_t end) {
  if (state.out.value(value).kind != ValueKind::map) return;
  std::vector<Element> assigns;
  const auto& elements = state.out.document().elements;
  // The entries of the map just lowered are the last elements before the call.
  for (size_t i = end; i > 0 && span.contains(elements[i - 1].span); --i) {
    const Element& pair = elements[i - 1];
    if (pair.kind != ElementKind::pair || pair.group != value) continue;
    Element assign;
    assign.kind = ElementKind::assign;
    assign.name = receiver + "." + pair.name;
    assign.span = pair.span;
    assign.name_span = pair.name_span;
    assign.extent = pair.extent;
    assign.value = pair.value;
    assigns.push_back(std::move(assign));
  }
  for (auto& assign : assigns) state.out.add(std::move(assign));
}

// `options.update(api_key=key)`
void set_entry(State& state, const std::string& receiver, const Input& input) {
  Element assign;
  assign.kind = ElementKind::assign;
  assign.name = receiver + "." + input.name;
  assign.span = input.span;
  assign.name_span = {input.span.begin, input.span.begin};
  assign.extent = input.extent;
  assign.value = input.value;
  state.out.add(std::move(assign));
}

// Two literal-named arguments that store something: `setenv("NAME", value)`.
ValueId stored(State& state, const Node& call, Container container, int depth) {
  const std::vector<Node> arguments = positional(call);
  Node name = !arguments.empty() ? arguments[0] : keyword(call, "name");
  const Node given = arguments.size() > 1 ? arguments[1] : keyword(call, "value");
  if (!name || !given) return none;
  const auto key = key_text(state, name);
  if (!key) return none;
  lower_receiver(state, call.field("function"), depth + 1);
  const ElementId element = add_call(state, call, written_name(state, call.field("function")),
                                     call.field("arguments"), 0, depth);
  const std::vector<Input>& inputs = state.out.element(element).inputs;
  for (const Input& input : inputs)
    if (input.span.contains(given.span())) {
      add_setting(state, container, *key, input.value, call.span(), name.span());
      break;
    }
  return call_value(state, call.span(), element);
}

// `request.add_header("api-key", key)`
ValueId add_header(State& state, const Node& call, const std::string& name, int depth) {
  const Node function = call.field("function");
  lower_receiver(state, function, depth + 1);
  const ElementId element = add_call(state, call, name, call.field("arguments"), 0, depth);
  const std::vector<Input>& inputs = state.out.element(element).inputs;
  const std::vector<Node> arguments = positional(call);
  const auto key = arguments.size() == 2 ? key_text(state, arguments[0]) : std::nullopt;
  if (key && inputs.size() == 2) {
    Element pair;
    pair.kind = ElementKind::pair;
    pair.span = call.span();
    pair.extent = statement_extent(state, call.span(), "");
    pair.name = *key;
    pair.name_span = arguments[0].span();
    pair.type = written_name(state, function.field("object"));
    pair.value = inputs[1].value;
    state.out.add(std::move(pair));
  }
  return call_value(state, call.span(), element);
}

ValueId first_argument(State& state, const Node& call, const std::string& name, int depth) {
  const ElementId element = add_call(state, call, name, call.field("arguments"), 0, depth);
  const std::vector<Input>& inputs = state.out.element(element).inputs;
  return inputs.empty() ? call_value(state, call.span(), element) : inputs.front().value;
}

ValueId special_function(State& state, const Node& call, const std::string& name,
                         const std::string& symbol, int depth) {
  for (const std::string_view maker : map_makers())
    if (symbol == maker) return lower_dict_call(state, call, depth);
  if (symbol == "typing.cast" || symbol == "cast") {
    const std::vector<Node> arguments = positional(call);
    return arguments.size() == 2 ? value_of(state, arguments[1], depth + 1) : none;
  }
  if (symbol == "os.path.join" || symbol == "urllib.parse.urljoin" || symbol == "posixpath.join")
    return joined(state, call, depth);
  if (symbol == "setattr") return set_attribute(state, call, depth);
  if (symbol == "os.environ.update" || symbol == "unittest.mock.patch.dict" ||
      symbol == "mock.patch.dict") {
    update_environment(state, call, depth);
    return state.out.unknown(call.span());
  }
  if (symbol == "os.putenv") return stored(state, call, Container::code_env, depth);
  for (const std::string_view wrapper : wrappers())
    if (symbol_matches(wrapper, symbol)) return first_argument(state, call, name, depth);
  for (const DeferredCall& row : deferred_calls())
    if (symbol_matches(row.symbol, symbol))
      return deferred(state, call, name, row.callee_at, depth);
  return none;
}

// `text.strip("/")`: only with literal arguments, `jwt.decode(token)` is something else.
bool hands_on(const Node& call, std::string_view method) {
  const auto known = handing_on_methods();
  if (std::find(known.begin(), known.end(), method) == known.end()) return false;
  bool literal = true;
  each_item(call.field("arguments"), [&](const Node& argument) {
    literal = literal && (argument.is("string") || argument.is("integer"));
  });
  return literal;
}

}  // namespace

ValueId lower_special_call(State& state, const Node& call, const std::string& name, int depth) {
  const ValueId value = special_function(state, call, name, canonical(state, name), depth);
  if (value != none) return value;
  const Node function = call.field("function");
  if (!function.is("attribute")) return none;
  const std::string_view method = function.field("attribute").text();
  const Node receiver = function.field("object");
  if (hands_on(call, method)) return value_of(state, receiver, depth + 1);
  if (method == "format") return lower_format(state, call, inner(receiver), depth);
  if (method == "join") return joined_list(state, call, inner(receiver), depth);
  if (method == "setenv") return stored(state, call, Container::code_env, depth);
  if (method == "set_secret") return stored(state, call, Container::vault_secret, depth);
  if (method == "add_header" || method == "putheader") return add_header(state, call, name, depth);
  if (method == "add_argument" || method == "parse_args" || method == "parse_known_args")
    return lower_parser_call(state, call, method, depth);
  if (method != "update") return none;
  lower_receiver(state, function, depth + 1);
  const ElementId element = add_call(state, call, name, call.field("arguments"), 0, depth);
  const std::vector<Input> inputs = state.out.element(element).inputs;
  const std::string target = written_name(state, receiver);
  for (const Input& input : inputs)
    if (input.name.empty())
      update_map(state, target, input.value, input.span, element);
    else if (input.via == Via::keyword)
      set_entry(state, target, input);
  return call_value(state, call.span(), element);
}

}  // namespace keyless::python
