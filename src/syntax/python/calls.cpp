#include "syntax/python/calls.h"

#include "base/text.h"
#include "syntax/python/names.h"
#include "syntax/python/reads.h"

namespace keyless::python {
namespace {

struct Arguments {
  std::vector<Input> inputs;
  int32_t position = 0;
  size_t skipped = 0;
};

void add_input(State& state, const Node& child, Span whole, Arguments& arguments, int depth) {
  Input input;
  input.span = child.span();
  input.extent = separated_extent(state.out.text(), child.span(), whole);
  if (child.is("keyword_argument")) {
    input.name = child.field("name").text();
    input.value = value_of(state, child.field("value"), depth + 1);
  } else {
    input.via = Via::positional;
    if (child.is("list_splat") || child.is("dictionary_splat")) {
      input.via = Via::splat;
      // What follows `*args` has no known position.
      if (child.is("list_splat")) arguments.position = -1;
    } else {
      input.position = arguments.position;
      if (arguments.position >= 0) ++arguments.position;
    }
    input.value = value_of(state, child, depth + 1);
  }
  arguments.inputs.push_back(std::move(input));
}

bool is_construction(std::string_view name) {
  const std::string_view last = after_last(name, '.');
  return !last.empty() && is_upper(last.front());
}

// `super().__init__(...)` and `Base.__init__(self, ...)` construct the base class.
bool is_base_constructor(const std::string& name) {
  constexpr std::string_view method = ".__init__";
  return name.size() > method.size() && name.ends_with(method) && !name.starts_with("self.") &&
         !name.starts_with("super()");
}

}  // namespace

ElementId add_call(State& state, const Node& node, std::string name, const Node& arguments,
                   size_t first, int depth) {
  Arguments given;
  Span whole = arguments.span();
  if (whole.size() >= 2 && arguments.is("argument_list")) whole = {whole.begin + 1, whole.end - 1};
  if (arguments.is("argument_list")) {
    each_item(arguments, [&](const Node& child) {
      if (given.skipped < first)
        ++given.skipped;
      else
        add_input(state, child, whole, given, depth);
    });
  } else if (arguments) {
    add_input(state, arguments, whole, given, depth);
  }
  Element call;
  call.kind = ElementKind::call;
  call.span = node.span();
  call.flag = is_construction(name);
  call.name = std::move(name);
  const Node function = node.field("function");
  call.name_span = function ? function.span() : node.span();
  call.inputs = std::move(given.inputs);
  return state.out.add(std::move(call));
}

ValueId call_value(State& state, Span span, ElementId call) {
  Value value;
  value.kind = ValueKind::call;
  value.span = span;
  value.element = call;
  return state.out.add(std::move(value));
}

ValueId lower_call(State& state, const Node& node, int depth) {
  const ValueId read = read_call(state, node, depth);
  if (read != none) return read;
  const Node function = node.field("function");
  std::string name = written_name(state, function);
  const ValueId special = lower_special_call(state, node, name, depth);
  if (special != none) return special;
  lower_receiver(state, function, depth + 1);
  size_t first = 0;
  if (is_base_constructor(name)) {
    name.resize(name.size() - std::string_view(".__init__").size());
    const std::vector<Node> arguments = positional(node);
    if (!arguments.empty() && arguments[0].text() == "self") first = 1;
  } else if (name == "self" && state.self_name == "cls" && !state.class_names.empty()) {
    name = state.class_names.back();  // `cls(...)`
  }
  const auto look = look_up(state, node);
  const ElementId call =
      add_call(state, node, std::move(name), node.field("arguments"), first, depth);
  if (!look) return call_value(state, node.span(), call);
  // The fallback was lowered as an input of the call.
  const ValueId found = state.out.symbol(node.span(), written_name(state, node));
  const Element& element = state.out.element(call);
  if (!look->fallback || element.inputs.size() < 2) return found;
  return state.out.alternative(node.span(), {found, element.inputs.back().value});
}

}  // namespace keyless::python
