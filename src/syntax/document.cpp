#include "syntax/document.h"

namespace keyless {

std::string scope_name(const Document& document, ScopeId scope) {
  std::string name;
  for (; scope != none && scope != 0; scope = document.scopes[scope].parent) {
    const Scope& s = document.scopes[scope];
    if (s.name.empty()) continue;
    if (!name.empty()) name.insert(0, ".");
    name.insert(0, s.name);
  }
  return name;
}

ScopeId enclosing(const Document& document, ScopeId scope, ScopeKind kind) {
  while (scope != none && document.scopes[scope].kind != kind)
    scope = document.scopes[scope].parent;
  return scope;
}

std::string resolve_import(const Document& document, std::string_view dotted) {
  // The longest local name wins: `import azure.identity.aio` binds three parts.
  const Element* best = nullptr;
  for (const Element& e : document.elements) {
    if (e.kind != ElementKind::import || e.name.empty()) continue;
    const bool fits = dotted.starts_with(e.name) &&
                      (dotted.size() == e.name.size() || dotted[e.name.size()] == '.');
    if (fits && (best == nullptr || e.name.size() > best->name.size())) best = &e;
  }
  if (best == nullptr) return std::string(dotted);
  std::string symbol = best->module;
  if (!best->member.empty() && best->member != "*") symbol += "." + best->member;
  symbol += dotted.substr(best->name.size());
  return symbol;
}

}  // namespace keyless
