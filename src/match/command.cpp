#include "match/command.h"

#include <algorithm>

#include "base/text.h"
#include "match/carrier.h"
#include "match/matchers.h"

namespace keyless {
namespace {

// Literals that a value is made of, and those handed to a function of the script that picks one.
void add_literals(const Document& d, ValueId id, bool inside, std::vector<std::string>& all) {
  const Value& v = d.values[id];
  if (v.kind == ValueKind::literal) all.push_back(v.text);
  if (inside) return;
  if (v.kind == ValueKind::alternative)
    for (const ValueId part : v.parts) add_literals(d, part, true, all);
  if (v.kind == ValueKind::call && v.element != none)
    for (const Input& input : d.elements[v.element].inputs)
      if (input.name.empty() && input.value != none) add_literals(d, input.value, true, all);
}

// The one literal that the script gives the variable, or "".
std::string only_literal(const Document& d, ScopeId scope, std::string_view name) {
  std::vector<std::string> all;
  for (const Element& e : d.elements)
    if (e.kind == ElementKind::assign && e.scope == scope && e.name == name && e.value != none)
      add_literals(d, e.value, false, all);
  const bool one = !all.empty() && std::count(all.begin(), all.end(), all.front()) ==
                                       static_cast<ptrdiff_t>(all.size());
  return one ? all.front() : std::string{};
}

bool query_fits(const Document& d, const Element& command, const CommandRow& row) {
  const Input* query = row.query.empty() ? nullptr : find_input(command, "--query");
  const auto text = query == nullptr ? std::nullopt : literal_text(d, query->value);
  return !text || wildcard_matches(row.query, *text);
}

}  // namespace

bool words_in_order(const Document& d, const Element& e, const std::vector<std::string>& words) {
  size_t at = 0;
  if (at < words.size() && words[at] == e.name) ++at;
  for (const Input& input : e.inputs) {
    if (at == words.size()) break;
    const auto text = literal_text(d, input.value);
    if (input.name == words[at] || (text && *text == words[at])) ++at;
  }
  return at == words.size();
}

const CommandRow* command_row(const Document& d, const Element& e, const Resources& resources) {
  for (const CommandRow& row : resources.commands())
    if (words_in_order(d, e, row.run) && query_fits(d, e, row)) return &row;
  return nullptr;
}

std::string named_by(const Document& d, const Element& e, const CommandRow& row) {
  for (const std::string& option : row.name) {
    const Input* input = find_input(e, option);
    if (input == nullptr || input->value == none) continue;
    const Value& v = d.values[input->value];
    if (v.kind == ValueKind::literal) return v.text;
    if (v.kind != ValueKind::symbol && v.kind != ValueKind::env) continue;
    std::string literal = only_literal(d, e.scope, v.text);
    return literal.empty() ? "$" + v.text : literal;
  }
  return {};
}

}  // namespace keyless
