#include <algorithm>

#include "base/redacted.h"
#include "base/text.h"
#include "syntax/python/calls.h"
#include "syntax/python/classes.h"
#include "syntax/python/names.h"
#include "syntax/python/reads.h"
#include "syntax/python/strings.h"

namespace keyless::python {
namespace {

constexpr int longest_family = 16;

std::string upper_case(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (is_lower(c)) c = static_cast<char>(c - 32);
  return out;
}

// A known base, or a base class from elsewhere whose name says what it is.
bool is_settings_base(const State& state, const std::string& written) {
  const std::string name = canonical(state, written);
  const std::string_view last = after_last(name, '.');
  const auto bases = settings_bases();
  if (std::find(bases.begin(), bases.end(), last) != bases.end()) return true;
  if (state.classes.contains(written)) return false;
  if (last.ends_with("BaseSettings")) return true;
  return last.ends_with("Settings") && state.uses_pydantic;
}

// The class itself and its ancestors in this file, nearest first.
std::vector<const ClassFacts*> family(const State& state, const std::string& name) {
  std::vector<const ClassFacts*> found;
  std::vector<std::string> open{name};
  for (size_t i = 0; i < open.size() && i < longest_family; ++i) {
    const auto facts = state.classes.find(open[i]);
    if (facts == state.classes.end()) continue;
    found.push_back(&facts->second);
    for (const std::string& base : facts->second.bases)
      if (std::find(open.begin(), open.end(), base) == open.end()) open.push_back(base);
  }
  return found;
}

bool is_settings(const State& state, const std::string& name) {
  for (const ClassFacts* facts : family(state, name)) {
    if (facts->has_settings_config) return true;
    for (const std::string& base : facts->bases)
      if (is_settings_base(state, base)) return true;
  }
  return false;
}

std::string inherited(const State& state, const std::string& name,
                      std::string ClassFacts::* member) {
  for (const ClassFacts* facts : family(state, name))
    if (!(facts->*member).empty()) return facts->*member;
  return {};
}

// A model that is a field of a settings class with a delimiter is read from PREFIX + FIELD + "__".
void find_nested(State& state) {
  state.nested_prefixes_known = true;
  struct Open {
    std::string name;
    std::string prefix;
    std::string delimiter;
    int depth;
  };
  std::vector<Open> open;
  for (const auto& [name, facts] : state.classes) {
    const std::string delimiter = inherited(state, name, &ClassFacts::delimiter);
    if (!delimiter.empty() && is_settings(state, name))
      open.push_back({name, inherited(state, name, &ClassFacts::prefix), delimiter, 0});
  }
  constexpr size_t most_nested = 500;
  constexpr size_t most_prefixes = 8;
  for (size_t i = 0; i < open.size() && i < most_nested; ++i) {
    const Open at = open[i];
    for (const ClassFacts* facts : family(state, at.name))
      for (const auto& [field, type] : facts->field_types) {
        if (!state.classes.contains(type) || is_settings(state, type) || at.depth > 4) continue;
        const std::string prefix = at.prefix + field + at.delimiter;
        std::vector<std::string>& known = state.nested_prefixes[type];
        if (known.size() >= most_prefixes) continue;
        known.push_back(prefix);
        open.push_back({type, prefix, at.delimiter, at.depth + 1});
      }
  }
}

std::vector<std::string> names_in(const Node& start) {
  std::vector<std::string> names;
  const Node node = inner(start);
  const auto add = [&](const Node& item) {
    if (const auto text = literal_text(item); text && !text->empty())
      names.push_back(mask_keys(*text));
  };
  if (node.is("call"))  // AliasChoices("A", "B"), AliasPath("A")
    for (const Node& argument : positional(node)) {
      if (argument.is("call"))
        for (const Node& step : positional(argument)) add(step);
      add(argument);
    }
  else if (node.is("list") || node.is("tuple") || node.is("set"))
    each_item(node, add);
  else
    add(node);
  return names;
}

bool is_field_call(const State& state, const Node& node) {
  if (!node.is("call")) return false;
  const std::string name = written_name(state, node.field("function"));
  const std::string_view last = after_last(name, '.');
  return last == "Field" || last == "field" || last == "ib" || last == "attrib";
}

// The Field call of a field: its right side, or in `Annotated[T, Field(...)]`.
Node field_call(const State& state, const Node& annotation, const Node& right) {
  if (right && is_field_call(state, right)) return right;
  Node found;
  const auto look = [&](const auto& self, const Node& node, int level) -> void {
    if (level > 6 || found) return;
    if (is_field_call(state, node))
      found = node;
    else
      each_item(node, [&](const Node& child) { self(self, child, level + 1); });
  };
  if (annotation && annotation.text().find("Annotated") != std::string_view::npos)
    look(look, annotation, 0);
  return found;
}

std::vector<std::string> configured_names(const State& state, const std::string& owner,
                                          const std::string& name) {
  for (const ClassFacts* facts : family(state, owner))
    if (const auto found = facts->field_names.find(name); found != facts->field_names.end())
      return found->second;
  return {};
}

// `default_factory=lambda: x` is x; `default_factory=make` is what make() gives.
ValueId made_by(State& state, const Input& input) {
  const Value factory = state.out.value(input.value);
  if (factory.kind == ValueKind::function && !factory.parts.empty()) return factory.parts.front();
  if (factory.kind != ValueKind::symbol || factory.text == "dict" || factory.text == "list")
    return input.value;
  Element made;
  made.kind = ElementKind::call;
  made.span = factory.span;
  made.name = factory.text;
  made.name_span = factory.span;
  const std::string_view last = after_last(factory.text, '.');
  made.flag = !last.empty() && is_upper(last.front());
  return call_value(state, factory.span, state.out.add(std::move(made)));
}

bool is_ellipsis(const Node& node) {
  return !node || node.is("ellipsis");
}

// The default that a field has, `none` without one.
ValueId default_of(State& state, const Node& call, const Node& right, int depth) {
  if (!call) return is_ellipsis(right) ? none : value_of(state, right, depth + 1);
  const ElementId element = add_call(state, call, written_name(state, call.field("function")),
                                     call.field("arguments"), 0, depth);
  const std::vector<Input> inputs = state.out.element(element).inputs;
  const std::vector<Node> arguments = positional(call);
  ValueId value = none;
  for (const Input& input : inputs) {
    if (input.name == "default_factory" || input.name == "factory") value = made_by(state, input);
    if (input.name == "default" && !is_ellipsis(keyword(call, "default"))) value = input.value;
    if (input.position == 0 && !is_ellipsis(arguments.front())) value = input.value;
  }
  // `key: Annotated[str, Field(alias="X")] = "default"`
  if (!is_ellipsis(right) && right.span() != call.span()) value = value_of(state, right, depth + 1);
  return value;
}

}  // namespace

FieldSource field_source(State& state, const std::string& owner, const std::string& name,
                         const Node& annotation, const Node& right) {
  FieldSource source;
  const Node call = field_call(state, annotation, right);
  for (const std::string_view word : {"validation_alias", "env", "alias"}) {
    const Node given = call ? keyword(call, word) : Node();
    if (!given) continue;
    source.env_names = names_in(given);
    if (!source.env_names.empty()) break;
  }
  if (const Node alias = call ? keyword(call, "alias") : Node())
    source.alias = mask_keys(literal_text(alias).value_or(""));
  if (source.env_names.empty()) source.env_names = configured_names(state, owner, name);
  if (!state.nested_prefixes_known) find_nested(state);
  const bool hidden = name.starts_with('_') || name == "model_config" || !annotation ||
                      annotation.text().find("ClassVar") != std::string_view::npos;
  if (hidden) source.env_names.clear();
  if (is_settings(state, owner) && !hidden) {
    if (source.env_names.empty())
      source.env_names.push_back(upper_case(inherited(state, owner, &ClassFacts::prefix) + name));
    return source;
  }
  const std::string own_name = source.env_names.empty() ? name : source.env_names.front();
  source.env_names.clear();
  if (const auto nested = state.nested_prefixes.find(owner);
      nested != state.nested_prefixes.end() && !hidden)
    for (const std::string& prefix : nested->second)
      source.env_names.push_back(upper_case(prefix + own_name));
  return source;
}

void add_field(State& state, const Node& name, const Node& annotation, const Node& right,
               Span statement, int depth) {
  Element field;
  field.kind = ElementKind::field;
  field.span = statement;
  field.name = name.text();
  field.name_span = name.span();
  field.type = annotation ? type_name(annotation.text()) : std::string{};
  field.extent = statement_extent(state, statement, field.name);
  const std::string owner = state.class_names.empty() ? std::string{} : state.class_names.back();
  const FieldSource source = field_source(state, owner, field.name, annotation, right);
  field.member = source.alias;
  std::vector<ValueId> values;
  values.reserve(source.env_names.size() + 1);
  for (const std::string& env : source.env_names)
    values.push_back(state.out.named(ValueKind::env, statement, env));
  const ValueId given = default_of(state, field_call(state, annotation, right), right, depth);
  if (given != none) values.push_back(given);
  if (!values.empty()) field.value = state.out.alternative(statement, std::move(values));
  state.out.add(std::move(field));
}

}  // namespace keyless::python
