#include "lineage/origins.h"

#include "base/text.h"

namespace keyless {
namespace {

void collect(const Project& project, const Symbols& symbols, const Origin& at, int depth,
             std::vector<Origin>& into) {
  constexpr int deepest = 8;
  constexpr size_t most = 200;
  if (at.value == none || depth > deepest || into.size() > most) return;
  const Value& v = project.files()[at.file].document.values[at.value];
  if (v.kind == ValueKind::alternative) {
    for (const ValueId part : v.parts)
      collect(project, symbols, {at.file, at.scope, part}, depth + 1, into);
    return;
  }
  into.push_back(at);
  if (v.kind != ValueKind::symbol) return;
  const Ref ref = symbols.resolve(at.file, at.scope, v.text);
  if (ref.kind != Ref::Kind::variable) return;
  for (const Element& e : project.files()[ref.file].document.elements) {
    const bool assigns = e.kind == ElementKind::assign || e.kind == ElementKind::field;
    if (!assigns || e.value == none) continue;
    if (after_last(e.name, '.') != after_last(ref.name, '.')) continue;
    const Ref own = symbols.resolve(ref.file, e.scope, e.name);
    const bool same = (own.scope == ref.scope && own.name == ref.name) ||
                      (e.scope == ref.scope && e.name == ref.name);
    if (same) collect(project, symbols, {ref.file, e.scope, e.value}, depth + 1, into);
  }
}

}  // namespace

std::vector<Origin> origins_of(const Project& project, const Symbols& symbols, uint32_t file,
                               ScopeId scope, ValueId value) {
  std::vector<Origin> origins;
  collect(project, symbols, {file, scope, value}, 0, origins);
  return origins;
}

}  // namespace keyless
