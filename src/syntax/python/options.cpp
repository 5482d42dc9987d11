#include <algorithm>

#include "base/text.h"
#include "syntax/python/calls.h"
#include "syntax/python/names.h"

namespace keyless::python {
namespace {

constexpr int most_option_readers = 16;  // each repeats all options of the file

ValueId add_option(State& state, const Node& call, int depth) {
  const ElementId element = add_call(state, call, written_name(state, call.field("function")),
                                     call.field("arguments"), 0, depth);
  ParserOption option;
  option.name = option_name(call);
  std::vector<ValueId> parts;
  for (const Input& input : state.out.element(element).inputs) {
    // configargparse reads the variable that env_var names.
    if ((input.name == "env_var" || input.name == "envvar") &&
        state.out.value(input.value).kind == ValueKind::literal)
      parts.insert(parts.begin(), state.out.named(ValueKind::env, input.span,
                                                  std::string(state.out.value(input.value).text)));
    if (input.name != "default" && input.name != "env_var" && input.name != "envvar") continue;
    if (input.name == "default") parts.push_back(input.value);
    option.span = input.span;
  }
  if (!option.name.empty() && !parts.empty()) {
    option.value = state.out.alternative(option.span, std::move(parts));
    state.options.push_back(std::move(option));
  }
  return call_value(state, call.span(), element);
}

// `parser.parse_args()` is a map of the options' defaults: `args.api_key` finds its entry.
ValueId read_options(State& state, const Node& call, int depth) {
  const ElementId element = add_call(state, call, written_name(state, call.field("function")),
                                     call.field("arguments"), 0, depth);
  if (state.options.empty() || ++state.option_readers > most_option_readers)
    return call_value(state, call.span(), element);
  Value map;
  map.kind = ValueKind::map;
  map.span = call.span();
  map.element = element;
  const ValueId id = state.out.add(std::move(map));
  for (const ParserOption& option : state.options) {
    Element pair;
    pair.kind = ElementKind::pair;
    pair.span = option.span;
    pair.name_span = option.span;
    pair.name = option.name;
    pair.value = option.value;
    pair.group = id;
    state.out.add(std::move(pair));
  }
  return id;
}

}  // namespace

std::string option_name(const Node& call) {
  std::string name;
  bool is_long = false;
  for (const Node& argument : positional(call)) {
    if (!argument.is("string")) continue;
    std::string_view text = argument.text();
    if (text.size() < 2) continue;
    text = text.substr(1, text.size() - 2);
    const bool dashed = text.starts_with("--");
    if (!name.empty() && (is_long || !dashed) && text.starts_with('-')) continue;
    if (text.starts_with('-')) {
      is_long = dashed;
      text.remove_prefix(dashed ? 2 : 1);
    }
    name = text;
    // click gives a parameter name without dashes the last word.
  }
  if (const Node dest = keyword(call, "dest"); dest && dest.text().size() > 2)
    name = dest.text().substr(1, dest.text().size() - 2);
  std::replace(name.begin(), name.end(), '-', '_');
  return name.size() <= 100 ? name : std::string{};
}

ValueId lower_parser_call(State& state, const Node& call, std::string_view method, int depth) {
  lower_receiver(state, call.field("function"), depth + 1);
  if (method == "add_argument") return add_option(state, call, depth);
  const ValueId options = read_options(state, call, depth);
  if (method == "parse_args") return options;
  Value list;
  list.kind = ValueKind::list;
  list.span = call.span();
  list.parts = {options, state.out.unknown(call.span())};
  return state.out.add(std::move(list));
}

}  // namespace keyless::python
