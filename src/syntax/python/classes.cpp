#include "syntax/python/classes.h"

#include <algorithm>

#include "base/redacted.h"
#include "base/text.h"
#include "syntax/python/names.h"
#include "syntax/python/strings.h"

namespace keyless::python {
namespace {

constexpr size_t longest_constant = 200;

// Base classes that only mark a class, as written.
bool is_marker(std::string_view name) {
  const std::string_view last = after_last(name, '.');
  return last == "ABC" || last == "Generic" || last == "Protocol" || last == "object" ||
         last == "Enum";
}

std::vector<std::string> base_names(const State& state, const Node& node) {
  std::vector<std::string> names;
  if (const Node bases = node.field("superclasses"))
    each_item(bases, [&](const Node& base) {
      if (base.is("keyword_argument")) return;
      // `Base[T]` is a class Base.
      const Node named = base.is("subscript") ? base.field("value") : base;
      std::string name = written_name(state, named);
      if (!name.empty() && name.front() != '?') names.push_back(std::move(name));
    });
  return names;
}

std::string text_of(const State& state, const Node& node) {
  return key_text(state, node).value_or(std::string{});
}

// env_prefix and env_nested_delimiter out of a call, a dictionary or a nested class.
void read_config(const State& state, ClassFacts& facts, std::string_view name, const Node& value) {
  if (name == "env_prefix") facts.prefix = text_of(state, value);
  if (name == "env_nested_delimiter") facts.delimiter = text_of(state, value);
  if (name == "env_prefix" || name == "env_nested_delimiter" || name == "env_file")
    facts.has_settings_config = true;
}

void read_names(const State& state, ClassFacts& facts, const Node& fields) {
  if (!fields.is("dictionary")) return;
  each_item(fields, [&](const Node& field) {
    const Node value = field.is("pair") ? field.field("value") : Node();
    std::vector<std::string>& names = facts.field_names[text_of(state, field.field("key"))];
    if (!value) return;
    if (value.is("string")) names.push_back(text_of(state, value));
    if (!value.is("dictionary")) return;
    each_item(value, [&](const Node& entry) {
      if (!entry.is("pair") || text_of(state, entry.field("key")) != "env") return;
      const Node given = inner(entry.field("value"));
      if (given.is("string")) names.push_back(text_of(state, given));
      if (given.is("list") || given.is("tuple"))
        each_item(given, [&](const Node& name) { names.push_back(text_of(state, name)); });
    });
  });
}

void read_model_config(const State& state, ClassFacts& facts, const Node& given) {
  if (given.is("call")) {
    if (after_last(given.field("function").text(), '.') == "SettingsConfigDict")
      facts.has_settings_config = true;
    each_item(given.field("arguments"), [&](const Node& argument) {
      if (argument.is("keyword_argument"))
        read_config(state, facts, argument.field("name").text(), argument.field("value"));
    });
  }
  if (given.is("dictionary"))
    each_item(given, [&](const Node& pair) {
      if (pair.is("pair"))
        read_config(state, facts, text_of(state, pair.field("key")), pair.field("value"));
    });
}

template <class Visit>
void each_assignment(const Node& body, Visit visit) {
  if (!body) return;
  each_item(body, [&](const Node& statement) {
    if (!statement.is("expression_statement")) return;
    each_item(statement, [&](const Node& child) {
      if (child.is("assignment") && child.field("left").is("identifier"))
        visit(child.field("left").text(), child.field("type"), inner(child.field("right")));
    });
  });
}

ClassFacts facts_of(const State& state, const Node& node) {
  ClassFacts facts;
  facts.bases = base_names(state, node);
  if (const Node bases = node.field("superclasses"))
    each_item(bases, [&](const Node& base) {
      if (base.is("keyword_argument"))
        read_config(state, facts, base.field("name").text(), base.field("value"));
    });
  const Node body = node.field("body");
  each_assignment(body, [&](std::string_view name, const Node& type, const Node& right) {
    if (type) facts.field_types[std::string(name)] = type_name(type.text());
    if (name == "model_config" && right)
      read_model_config(state, facts, right);
    else if (name == "env_prefix" && right)
      read_config(state, facts, name, right);
  });
  if (!body) return facts;
  each_item(body, [&](const Node& child) {
    if (!child.is("class_definition") || child.field("name").text() != "Config") return;
    each_assignment(child.field("body"),
                    [&](std::string_view name, const Node&, const Node& right) {
                      if (!right) return;
                      read_config(state, facts, name, right);
                      if (name == "fields") read_names(state, facts, right);
                    });
  });
  return facts;
}

void note_constant(State& state, std::string_view name, const Node& right) {
  if (!right || (!right.is("string") && !right.is("concatenated_string"))) return;
  auto text = literal_text(right);
  if (text && text->size() <= longest_constant && !looks_like_key(*text))
    state.constants[std::string(name)] = *text;
}

void look_at(State& state, const Node& start, int depth) {
  Node node = start;
  if (node.is("decorated_definition")) node = node.field("definition");
  if (node.is("class_definition")) {
    const std::string name(node.field("name").text());
    state.classes[name] = facts_of(state, node);
    // `Names.KEY` of an enumeration or a class of constants
    each_assignment(node.field("body"),
                    [&](std::string_view member, const Node&, const Node& right) {
                      note_constant(state, name + "." + std::string(member), right);
                    });
    if (const Node body = node.field("body"); body && depth < 4)
      each_item(body, [&](const Node& child) { look_at(state, child, depth + 1); });
  } else if (depth < 4 && (node.is("if_statement") || node.is("try_statement") ||
                           node.is("block") || node.is("else_clause"))) {
    each_item(node, [&](const Node& child) { look_at(state, child, depth + 1); });
  }
}

}  // namespace

void look_over(State& state, const Node& root) {
  each_assignment(root, [&](std::string_view name, const Node&, const Node& right) {
    note_constant(state, name, right);
  });
  each_item(root, [&](const Node& child) { look_at(state, child, 0); });
}

ValueId lower_class(State& state, const Node& node, int depth) {
  const std::string name(node.field("name").text());
  const std::vector<std::string> bases = base_names(state, node);
  std::vector<std::string> real;
  std::copy_if(bases.begin(), bases.end(), std::back_inserter(real),
               [](const std::string& base) { return !is_marker(base); });
  state.out.open_scope(ScopeKind::type, name, node.span());
  state.class_names.push_back(name);
  state.class_bases.push_back(real.size() == 1 ? real.front() : std::string{});
  if (const Node written = node.field("superclasses"))
    each_item(written, [&](const Node& base) {
      if (base.is("keyword_argument")) return;
      const Node named = base.is("subscript") ? base.field("value") : base;
      Element element;
      element.kind = ElementKind::base;
      element.span = base.span();
      element.name = written_name(state, named);
      element.name_span = named.span();
      if (!element.name.empty() && element.name.front() != '?') state.out.add(std::move(element));
      if (base.is("call")) value_of(state, base, depth + 1);
    });
  if (const Node body = node.field("body")) lower(state, body, depth + 1);
  state.class_bases.pop_back();
  state.class_names.pop_back();
  state.out.close_scope();
  return none;
}

}  // namespace keyless::python
