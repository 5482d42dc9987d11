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

}  // namespace keyless
