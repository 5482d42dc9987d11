#include <optional>
#include <utility>

#include "base/text.h"
#include "syntax/python/calls.h"
#include "syntax/python/classes.h"
#include "syntax/python/names.h"
#include "syntax/python/reads.h"

namespace keyless::python {
namespace {

using Defaults = std::map<std::string, ValueId, std::less<>>;

// How parameters of one function are numbered: `self` has no number, nor has what follows `*`.
struct Numbering {
  int32_t next = 0;
  bool skip_first = false;
};

struct Parameter {
  Node name;
  Node annotation;
  Node fallback;
  std::string_view stars;
};

Parameter parameter_of(const Node& node) {
  Parameter p;
  if (node.is("identifier")) p.name = node;
  if (node.is("default_parameter") || node.is("typed_default_parameter"))
    p.name = node.field("name");
  p.annotation = node.field("type");
  p.fallback = node.field("value");
  Node pattern = node;
  if (node.is("typed_parameter"))
    each_item(node, [&](const Node& child) {
      if (!child.is("type") && !p.name) p.name = pattern = child;
    });
  if (pattern.is("list_splat_pattern")) p.stars = "*";
  if (pattern.is("dictionary_splat_pattern")) p.stars = "**";
  if (!p.stars.empty()) {
    p.name = Node();
    each_item(pattern, [&](const Node& child) { p.name = child; });
  }
  return p;
}

// The reads that `Annotated[str, Option(envvar="X")]` declares.
ValueId annotated_read(State& state, const Node& annotation, int depth) {
  if (!annotation || annotation.text().find("Annotated") == std::string_view::npos) return none;
  std::vector<ValueId> reads;
  const auto look = [&](const auto& self, const Node& node, int level) -> void {
    if (level > 6) return;
    if (!node.is("call")) {
      each_item(node, [&](const Node& child) { self(self, child, level + 1); });
      return;
    }
    const ValueId value = value_of(state, node, depth + 1);
    const ValueKind kind = state.out.value(value).kind;
    if (kind == ValueKind::env || kind == ValueKind::alternative || kind == ValueKind::call)
      reads.push_back(value);
  };
  look(look, annotation, 0);
  return reads.empty() ? none : state.out.alternative(annotation.span(), std::move(reads));
}

// What a parameter holds, by its type, its default, or a name that says it is the environment.
void learn_parameter(State& state, const Element& param, const Node& fallback) {
  std::string known = canonical(state, param.type) + "()";
  if (!leads_to_reader(known) && fallback) known = canonical(state, written_name(state, fallback));
  if (!leads_to_reader(known)) known.clear();
  const bool environment = param.name == "env" || param.name == "environ";
  if (known.empty() && environment) known = guessed_environment;
  remember(state, param.name, std::move(known));
}

void add_parameter(State& state, const Node& node, Numbering& numbering, const Defaults& defaults,
                   int depth) {
  const Parameter p = parameter_of(node);
  if (!p.name) {
    if (node.is("keyword_separator") || !p.stars.empty()) numbering.next = -1;
    return;
  }
  if (numbering.skip_first) {
    numbering.skip_first = false;
    state.self_name = p.name.text();
    return;
  }
  Element param;
  param.kind = ElementKind::param;
  param.span = node.span();
  param.name = p.name.text();
  param.name_span = p.name.span();
  param.type = p.annotation ? type_name(p.annotation.text()) : std::string{};
  param.position = numbering.next;
  if (numbering.next >= 0) ++numbering.next;
  if (!p.stars.empty()) {
    // `*args` takes the positional arguments from its position on, `**kwargs` the named ones.
    param.type = p.stars;
    if (p.stars == "**") param.position = -1;
    numbering.next = -1;
  }
  std::vector<ValueId> values;
  if (const auto option = defaults.find(param.name); option != defaults.end())
    values.push_back(option->second);
  if (const ValueId read = annotated_read(state, p.annotation, depth); read != none)
    values.push_back(read);
  if (p.fallback && !p.fallback.is("ellipsis"))
    values.push_back(value_of(state, p.fallback, depth + 1));
  if (!values.empty()) param.value = state.out.alternative(node.span(), std::move(values));
  learn_parameter(state, param, p.fallback);
  state.out.add(std::move(param));
}

void add_parameters(State& state, const Node& parameters, Numbering numbering,
                    const Defaults& defaults, int depth) {
  const Span whole = parameters ? parameters.span() : Span{};
  const size_t first = state.out.document().elements.size();
  if (parameters)
    each_item(parameters,
              [&](const Node& child) { add_parameter(state, child, numbering, defaults, depth); });
  for (size_t i = first; i < state.out.document().elements.size(); ++i) {
    Element& element = state.out.element(static_cast<ElementId>(i));
    if (element.kind == ElementKind::param && whole.size() >= 2)
      element.extent =
          separated_extent(state.out.text(), element.span, {whole.begin, whole.end - 1});
  }
}

using Aliases = std::map<std::string, std::string, std::less<>>;

// What names hold is forgotten at the end of a function, except for members of its object.
std::optional<Aliases> kept(const Aliases& aliases) {
  constexpr size_t most_aliases = 300;  // copied once for each function
  if (aliases.size() > most_aliases) return std::nullopt;
  return aliases;
}

void restore(Aliases& aliases, Aliases outer) {
  for (auto at = aliases.lower_bound("self."); at != aliases.end(); ++at) {
    if (!at->first.starts_with("self.")) break;
    outer[at->first] = at->second;
  }
  aliases = std::move(outer);
}

bool is_async(const Node& node) {
  bool found = false;
  node.each_child([&](const Node& child, std::string_view) { found = found || child.is("async"); });
  return found;
}

void define(State& state, const Node& node, const Defaults& defaults, bool is_static, int depth) {
  const Node name = node.field("name");
  const bool method = in_class_body(state);
  if (const Node returned = node.field("return_type")) {
    const std::string known = canonical(state, type_name(returned.text())) + "()";
    if (leads_to_reader(known)) remember(state, std::string(name.text()) + "()", known);
  }
  state.out.open_scope(ScopeKind::function, name.text(), node.span(), is_async(node));
  state.globals.emplace_back();
  const std::string outer_self = state.self_name;
  const auto outer_columns = std::exchange(state.columns, {});
  const std::optional<Aliases> outer_aliases = kept(state.aliases);
  add_parameters(state, node.field("parameters"), {0, method && !is_static}, defaults, depth);
  if (const Node body = node.field("body")) lower(state, body, depth + 1);
  state.globals.pop_back();
  state.self_name = outer_self;
  state.columns = outer_columns;
  if (outer_aliases) restore(state.aliases, *outer_aliases);
  state.out.close_scope();
}

// Lowers a decorator; a command-line option gives the parameter it fills its default.
void lower_decorator(State& state, const Node& decorator, Defaults& defaults, int depth) {
  const std::vector<Node> parts = items(decorator);
  if (parts.empty() || !parts.front().is("call")) return;
  const Node call = parts.front();
  const std::string name = canonical(state, written_name(state, call.field("function")));
  const ValueId value = value_of(state, call, depth + 1);
  if (name != "click.option" && name != "click.argument" && !name.ends_with(".click.option"))
    return;
  const std::string parameter = option_name(call);
  if (state.out.value(value).kind != ValueKind::call) {
    defaults[parameter] = value;
    return;
  }
  for (const Input& input : state.out.element(state.out.value(value).element).inputs) {
    if (input.name != "default") continue;
    const Value& given = state.out.value(input.value);
    // `default=lambda: os.getenv("X")`
    const bool lazy = given.kind == ValueKind::function && !given.parts.empty();
    defaults[parameter] = lazy ? given.parts.front() : input.value;
  }
}

}  // namespace

ValueId lower_lambda(State& state, const Node& node, int depth) {
  Value function;
  function.kind = ValueKind::function;
  function.span = node.span();
  state.out.open_scope(ScopeKind::function, "", node.span());
  add_parameters(state, node.field("parameters"), {}, {}, depth);
  const Node body = node.field("body");
  Element result;
  result.kind = ElementKind::result;
  result.span = body ? body.span() : node.span();
  result.value = body ? value_of(state, body, depth + 1) : state.out.unknown(node.span());
  function.parts.push_back(result.value);
  state.out.add(std::move(result));
  state.out.close_scope();
  return state.out.add(std::move(function));
}

ValueId lower_function(State& state, const Node& node, int depth) {
  define(state, node, {}, false, depth);
  return none;
}

ValueId lower_decorated(State& state, const Node& node, int depth) {
  Defaults defaults;
  bool is_static = false;
  each_item(node, [&](const Node& child) {
    if (!child.is("decorator")) return;
    is_static = is_static || trim(child.text().substr(1)) == "staticmethod";
    lower_decorator(state, child, defaults, depth + 1);
  });
  const Node definition = node.field("definition");
  if (!definition) return none;
  if (definition.is("function_definition"))
    define(state, definition, defaults, is_static, depth);
  else
    lower(state, definition, depth + 1);
  return none;
}

}  // namespace keyless::python
