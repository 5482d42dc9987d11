#include "syntax/json/values.h"

#include <algorithm>

#include "base/text.h"
#include "syntax/resources/text_value.h"

namespace keyless::json {
namespace {

bool is_variable_name(std::string_view name, bool upper_only) {
  if (name.empty() || is_digit(name[0])) return false;
  return std::all_of(name.begin(), name.end(), [upper_only](char c) {
    return is_upper(c) || is_digit(c) || c == '_' || (!upper_only && (is_lower(c) || c == ':'));
  });
}

// The inside of `${...}` as a value; `none` when it names no environment variable.
ValueId variable(Builder& builder, Span span, std::string_view inside) {
  const bool marked = inside.starts_with("env:");
  if (marked) inside.remove_prefix(4);
  const size_t end = std::min({inside.find('='), inside.find(":-"), inside.size()});
  const std::string_view name = inside.substr(0, end);
  if (!is_variable_name(name, !marked)) return none;
  const ValueId read = builder.named(ValueKind::env, span, name);
  if (end == inside.size()) return read;
  const std::string_view rest = inside.substr(end + (inside[end] == '=' ? 1 : 2));
  return builder.alternative(span, {read, builder.literal(span, rest)});
}

// `%NAME%` and `@appsetting('NAME')` as a whole.
std::string_view whole_variable(std::string_view text) {
  constexpr std::string_view setting = "@appsetting('";
  if (text.starts_with(setting) && text.ends_with("')"))
    return text.substr(setting.size(), text.size() - setting.size() - 2);
  if (text.size() > 2 && text.front() == '%' && text.back() == '%')
    return text.substr(1, text.size() - 2);
  return {};
}

}  // namespace

ValueId settings_text(Builder& builder, Span span, const std::string& text) {
  if (const std::string_view name = whole_variable(text); is_variable_name(name, false))
    return builder.named(ValueKind::env, span, name);
  std::vector<TextPart> parts;
  std::string literal;
  for (size_t at = 0; at < text.size();) {
    const size_t open = std::min(text.find("${", at), text.size());
    literal += text.substr(at, open - at);
    if (open == text.size()) break;
    const size_t close = text.find('}', open);
    // `${{NAME}}` is the same in files that a toolkit fills in.
    const size_t marks = text.compare(open, 3, "${{") == 0 ? 3 : 2;
    const ValueId value =
        close == std::string::npos || close < open + marks
            ? none
            : variable(builder, span,
                       trim(std::string_view(text).substr(open + marks, close - open - marks)));
    if (value == none) {
      literal += "${";
      at = open + 2;
      continue;
    }
    if (!literal.empty()) parts.push_back({literal, span, none});
    literal.clear();
    parts.push_back({{}, span, value});
    at = close + (marks == 3 && text.compare(close, 2, "}}") == 0 ? 2 : 1);
  }
  if (!literal.empty()) parts.push_back({literal, span, none});
  return text_value(builder, span, parts);
}

ValueId Values::lower(NodeId id) {
  if (id == no_node) return none;
  const Node& node = tree_.at(id);
  switch (node.kind) {
    case Kind::object:
      return object(id);
    case Kind::array: {
      std::vector<ValueId> parts;
      for (NodeId child = node.first; child != no_node; child = tree_.at(child).next)
        parts.push_back(lower(child));
      return shapes_.list(node.span, std::move(parts));
    }
    case Kind::string:
      return string(id);
    case Kind::null:
      return builder().named(ValueKind::empty, node.span, {});
    case Kind::number:
    case Kind::boolean:
      break;
  }
  return builder().literal(node.span, tree_.text(id));
}

ValueId Values::string(NodeId id) {
  const Span span = tree_.at(id).span;
  const std::string text = tree_.text(id);
  if (!expression_) return settings_text(builder(), span, text);
  const bool bracketed = text.size() > 2 && text.front() == '[' && text.back() == ']';
  if (bracketed && text[1] == '[')
    return text_value(builder(), span, {{text.substr(1), span, none}});
  if (bracketed) {
    const ValueId value = expression_({span.begin + 2, span.end - 2});
    if (value != none) return value;
  }
  return text_value(builder(), span, {{text, span, none}});
}

MapEntry Values::entry(NodeId property, ValueId value) {
  MapEntry entry;
  entry.name = tree_.key(property);
  entry.value = value;
  entry.span = tree_.entry_span(property);
  entry.name_span = tree_.at(property).key;
  const std::string_view text = builder().text();
  entry.extent = separated_extent(text, entry.span, {0, static_cast<uint32_t>(text.size())});
  return entry;
}

ValueId Values::object(NodeId id) {
  std::vector<MapEntry> entries;
  for (NodeId child = tree_.at(id).first; child != no_node; child = tree_.at(child).next) {
    if (expression_ && tree_.is(child, Kind::array) && to_lower(tree_.key(child)) == "copy")
      add_copies(child, entries);
    else
      entries.push_back(entry(child, lower(child)));
  }
  return shapes_.map(tree_.at(id).span, std::move(entries));
}

// `"copy": [{"name": "env", "count": 2, "input": {...}}]` writes a property called env.
void Values::add_copies(NodeId copies, std::vector<MapEntry>& entries) {
  for (NodeId copy = tree_.at(copies).first; copy != no_node; copy = tree_.at(copy).next) {
    const NodeId name = tree_.find(copy, "name");
    const NodeId input = tree_.find(copy, "input");
    if (name == no_node || input == no_node) continue;
    MapEntry made = entry(input, shapes_.list(tree_.at(input).span, {lower(input)}));
    made.name = tree_.text(name);
    entries.push_back(std::move(made));
  }
}

}  // namespace keyless::json
