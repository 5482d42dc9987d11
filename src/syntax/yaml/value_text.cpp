#include "syntax/yaml/value_text.h"

#include "base/text.h"
#include "syntax/yaml/expression.h"
#include "syntax/yaml/settings.h"

namespace keyless {
namespace {

// `${{NAME}}` of a Teams toolkit file names a variable of its environment file; anything with a dot
// is the expression of some pipeline.
ValueId read_name(Builder& builder, const MappedText& text, size_t begin, size_t end) {
  while (begin < end && is_space(text.text[begin])) ++begin;
  while (end > begin && is_space(text.text[end - 1])) --end;
  const std::string_view name = text.view(begin, end);
  if (!is_variable_name(name) || looks_like_key(name))
    return read_expression(builder, text, begin, end);
  return builder.named(ValueKind::env, text.span(begin, end), name);
}

}  // namespace

Dialect references_in_braces() {
  return {false, true, true, read_name, nullptr};
}

ValueId setting_value(Builder& builder, const SpannedTree& tree, NodeId scalar) {
  const SpannedNode& node = tree.at(scalar);
  const MappedText text = tree.mapped(scalar);
  const char first = node.span.empty() ? '\0' : tree.masked[node.span.begin];
  if (first == '|' || first == '>') return builder.literal(node.span, text.text);
  constexpr std::string_view prefix = "os.environ/";
  const std::string_view said = text.text;
  if (said.starts_with(prefix) && is_variable_name(said.substr(prefix.size())))
    return builder.named(ValueKind::env, node.span, said.substr(prefix.size()));
  if (to_lower(node.tag) == "!env" && is_variable_name(said) && !looks_like_key(said))
    return builder.named(ValueKind::env, node.span, said);
  return scalar_value(builder, tree, scalar, references_in_braces());
}

}  // namespace keyless
