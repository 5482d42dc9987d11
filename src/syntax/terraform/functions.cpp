// Function calls of Terraform: which hand a value through, choose, merge or build text.
#include <array>

#include "base/text.h"
#include "syntax/terraform/expressions.h"

namespace keyless::terraform {
namespace {

enum class Effect : uint8_t { first, choice, lookup, format, join, keys, flatten, other };

struct FunctionRow {
  std::string_view name;
  Effect effect;
};

// table: function -> what its result is, said with its arguments
constexpr std::array<FunctionRow, 45> functions{{
    {"nonsensitive", Effect::first},
    {"sensitive", Effect::first},
    {"tostring", Effect::first},
    {"trimspace", Effect::first},
    {"tobool", Effect::first},
    {"tonumber", Effect::first},
    {"one", Effect::first},
    {"sort", Effect::first},
    {"distinct", Effect::first},
    {"compact", Effect::first},
    {"toset", Effect::first},
    {"tolist", Effect::first},
    {"tomap", Effect::first},
    {"reverse", Effect::first},
    {"values", Effect::first},
    {"element", Effect::first},
    {"slice", Effect::first},
    {"jsonencode", Effect::first},
    {"jsondecode", Effect::first},
    {"yamlencode", Effect::first},
    {"yamldecode", Effect::first},
    {"base64encode", Effect::first},
    {"base64decode", Effect::first},
    {"urlencode", Effect::first},
    {"textencodebase64", Effect::first},
    {"ephemeralasnull", Effect::first},
    {"chomp", Effect::first},
    {"trim", Effect::first},
    {"trimprefix", Effect::first},
    {"trimsuffix", Effect::first},
    {"lower", Effect::first},
    {"upper", Effect::first},
    {"title", Effect::first},
    {"substr", Effect::first},
    {"try", Effect::choice},
    {"coalesce", Effect::choice},
    {"coalescelist", Effect::choice},
    {"merge", Effect::choice},
    {"concat", Effect::choice},
    {"setunion", Effect::choice},
    {"flatten", Effect::flatten},
    {"lookup", Effect::lookup},
    {"format", Effect::format},
    {"join", Effect::join},
    {"keys", Effect::keys},
}};

Effect effect_of(std::string_view name) {
  for (const FunctionRow& row : functions)
    if (row.name == name) return row.effect;
  return Effect::other;
}

// format("https://%s/x", a): the text around each verb and the arguments between.
std::vector<TextPart> format_parts(const std::string& pattern, Span span,
                                   const std::vector<ValueId>& values) {
  std::vector<TextPart> parts;
  std::string literal;
  size_t next = 1;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '%' || i + 1 >= pattern.size()) {
      literal += pattern[i];
      continue;
    }
    if (pattern[++i] == '%') {
      literal += '%';
      continue;
    }
    while (i < pattern.size() && !is_alpha(pattern[i])) ++i;
    if (!literal.empty()) parts.push_back({literal, span, none});
    literal.clear();
    if (next < values.size()) parts.push_back({{}, span, values[next++]});
  }
  if (!literal.empty()) parts.push_back({literal, span, none});
  return parts;
}

}  // namespace

ValueId Expressions::call(const Node& node, const Bindings& bindings, int depth) {
  if (too_deep(depth)) return builder().unknown(node.span());
  std::string name;
  Node arguments;
  node.each_named_child([&](const Node& child) {
    if (child.is("identifier")) name = child.text();
    if (child.is("function_arguments")) arguments = child;
  });
  std::vector<ValueId> values;
  Nodes nodes;
  if (arguments) {
    arguments.each_named_child([&](const Node& child) {
      if (!child.is("expression")) return;
      values.push_back(lower(child, bindings, depth + 1));
      nodes.push_back(child);
    });
  }
  return named_call(name, node, arguments, std::move(values), nodes);
}

ValueId Expressions::named_call(const std::string& name, const Node& node, const Node& arguments,
                                std::vector<ValueId> values, const Nodes& nodes) {
  const Span span = node.span();
  const Effect effect = values.empty() ? Effect::other : effect_of(name);
  switch (effect) {
    case Effect::first:
      return values.front();
    case Effect::choice:
      return builder().alternative(span, std::move(values));
    case Effect::lookup: {
      if (values.size() < 2) return values.front();
      const ValueId found = shapes_.member(values[0], shapes_.text_of(values[1]), span);
      if (shapes_.is_map(values[0])) {
        const bool missing = builder().value(found).kind == ValueKind::unknown;
        return missing && values.size() > 2 ? values[2] : found;
      }
      values[0] = found;
      values.erase(values.begin() + 1);
      return builder().alternative(span, std::move(values));
    }
    case Effect::flatten: {
      const Value list = builder().value(values.front());
      if (list.kind != ValueKind::list || list.parts.empty()) return values.front();
      for (const ValueId part : list.parts)
        if (shapes_.is_map(part)) return values.front();
      return builder().alternative(span, list.parts);
    }
    case Effect::format:
      return text_value(builder(), span,
                        format_parts(builder().value(values[0]).text, span, values));
    case Effect::join: {
      std::vector<TextPart> parts;
      const std::string glue = builder().value(values[0]).text;
      const Value list = builder().value(values.back());
      const auto items = list.kind == ValueKind::list ? list.parts : std::vector{values.back()};
      for (const ValueId item : items) {
        if (!parts.empty() && !glue.empty()) parts.push_back({glue, span, none});
        parts.push_back({{}, span, item});
      }
      return text_value(builder(), span, parts);
    }
    case Effect::keys: {
      std::vector<ValueId> keys;
      for (const Item& item : shapes_.each(values.front()))
        if (item.key != none) keys.push_back(item.key);
      return keys.empty() ? values.front() : shapes_.list(span, std::move(keys));
    }
    case Effect::other:
      break;
  }
  return call_element(name, span, arguments ? arguments.span() : span, values, nodes);
}

// A function whose result is its own business: a call element with its arguments.
ValueId Expressions::call_element(const std::string& name, Span span, Span arguments,
                                  const std::vector<ValueId>& values, const Nodes& nodes) {
  Element call;
  call.kind = ElementKind::call;
  call.name = name;
  call.span = span;
  call.name_span = {span.begin, span.begin + static_cast<uint32_t>(name.size())};
  for (size_t i = 0; i < values.size(); ++i) {
    Input input;
    input.position = static_cast<int32_t>(i);
    input.via = Via::positional;
    input.value = values[i];
    input.span = nodes[i].span();
    input.extent = separated_extent(builder().text(), input.span, arguments);
    call.inputs.push_back(input);
  }
  Value result;
  result.kind = ValueKind::call;
  result.span = span;
  result.element = builder().add(std::move(call));
  return builder().add(std::move(result));
}

}  // namespace keyless::terraform
