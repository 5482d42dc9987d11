#include "syntax/import_table.h"

#include <algorithm>

#include "base/text.h"

namespace keyless {
namespace {

constexpr int deepest_alias = 4;
constexpr size_t most_symbols = 12;
constexpr int most_steps = 60;
constexpr size_t most_assigns = 8;  // of one name; a minified file has hundreds

}  // namespace

ImportTable::ImportTable(const Document& document) : document_(document) {
  for (const Element& e : document.elements) {
    if (e.kind == ElementKind::import && !e.name.empty()) imports_.emplace(e.name, &e);
    if (e.kind == ElementKind::assign && e.value != none) {
      auto& all = assigns_[e.name];
      if (all.size() < most_assigns) all.push_back(&e);
    }
    if (e.kind == ElementKind::base && e.scope != 0)
      bases_.emplace(document.scopes[e.scope].name, e.name);
  }
}

const Element* ImportTable::import_of(std::string_view dotted) const {
  // The longest local name wins: `import azure.identity.aio` binds three parts.
  for (std::string_view head = dotted; !head.empty(); head = before_last(head, '.')) {
    const auto it = imports_.find(head);
    if (it != imports_.end()) return it->second;
  }
  return nullptr;
}

void ImportTable::add_symbols(std::string_view dotted, int depth, Search& search) const {
  std::vector<std::string>& into = search.found;
  if (depth > deepest_alias || into.size() >= most_symbols || ++search.steps > most_steps) return;
  for (std::string_view head = dotted; !head.empty(); head = before_last(head, '.')) {
    const std::string_view rest = dotted.substr(head.size());
    const auto [first, last] = imports_.equal_range(head);
    for (auto it = first; it != last; ++it) {
      const Element& e = *it->second;
      std::string symbol = e.module;
      if (!e.member.empty() && e.member != "*") symbol += "." + e.member;
      into.push_back(symbol += rest);
    }
    if (first != last) return;
    const auto assigned = assigns_.find(head);
    if (assigned != assigns_.end())
      for (const Element* e : assigned->second) {
        const Value& v = document_.values[e->value];
        if (v.kind == ValueKind::symbol && v.text != head)
          add_symbols(v.text + std::string(rest), depth + 1, search);
        if (v.kind == ValueKind::call && v.element != none && !rest.empty())
          add_symbols(document_.elements[v.element].name + "()" + std::string(rest), depth + 1,
                      search);
      }
    const auto [base, base_end] = bases_.equal_range(head);
    for (auto it = base; it != base_end; ++it)
      if (it->second != head)
        add_symbols(std::string(it->second) + std::string(rest), depth + 1, search);
  }
  // `f().g`: the part before the parentheses may be an imported name.
  if (const size_t call = dotted.find("()"); call != std::string_view::npos && call > 0) {
    Search callee{{}, search.steps};
    add_symbols(dotted.substr(0, call), depth + 1, callee);
    search.steps = callee.steps;
    for (std::string& symbol : callee.found)
      if (symbol != dotted.substr(0, call)) into.push_back(symbol += dotted.substr(call));
  }
}

std::vector<std::string> ImportTable::symbols(std::string_view dotted) const {
  Search search;
  add_symbols(dotted, 0, search);
  search.found.emplace_back(dotted);
  return std::move(search.found);
}

bool ImportTable::imports(std::string_view wildcard) const {
  return std::any_of(imports_.begin(), imports_.end(), [&](const auto& item) {
    const Element& e = *item.second;
    return wildcard_matches(wildcard, e.module) ||
           wildcard_matches(wildcard, e.module + "." + e.member);
  });
}

}  // namespace keyless
