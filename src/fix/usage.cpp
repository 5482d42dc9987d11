#include "fix/usage.h"

#include <algorithm>

#include "base/text.h"
#include "syntax/outline.h"

namespace keyless {
namespace {

// A field of an interface: objects that are written somewhere have to fit it.
bool of_interface(const Repository& repository, const Document& d, const Element& declaration) {
  if (declaration.kind != ElementKind::field || declaration.value != none) return false;
  const std::string text = repository.text(d.path);
  const std::string_view type =
      std::string_view(text).substr(d.scopes[declaration.scope].span.begin);
  return d.language != "python" && (type.starts_with("interface") || type.starts_with("type "));
}

// `from config import NAME` counts as a use as long as it stands.
bool imported_name(const Outline& outline, const Mention& m) {
  return std::any_of(outline.imports.begin(), outline.imports.end(), [&](const ImportedName& i) {
    return i.member == m.name && outline.statements[i.statement].span.contains(m.span);
  });
}

}  // namespace

bool used_elsewhere(const Repository& repository, const Names& names, uint32_t owner,
                    const Element& declaration) {
  const Project& project = repository.project();
  const std::string& path = project.files()[owner].document.path;
  const std::string_view name = after_last(declaration.name, '.');
  const bool strong = names.is(NameClass::key_strong, name);
  const bool of_type = of_interface(repository, project.files()[owner].document, declaration);
  for (const ProjectFile& other : project.files()) {
    if (other.document.path == path || other.generated || other.vendored) continue;
    // People change tests with what they test.
    if (other.test_code) continue;
    const std::string text = repository.text(other.document.path);
    if (text.find(name) == std::string::npos) continue;
    const auto outline = outline_of(text, other.document.language);
    if (!outline) continue;
    const bool imports = std::any_of(
        other.document.elements.begin(), other.document.elements.end(), [&](const Element& e) {
          return e.kind == ElementKind::import &&
                 (project.resolve_module(other.document.language, other.document.path, e.module) ==
                      path ||
                  project.resolve_module(other.document.language, other.document.path,
                                         e.module + "." + e.member) == path);
        });
    if (!imports && !strong) continue;
    for (const Mention& m : outline->mentions) {
      if (m.name != name) continue;
      if (m.role == Mention::Role::member || m.role == Mention::Role::taken) return true;
      // A variable of that name is no reading of `self.name`.
      if (m.role == Mention::Role::use && declaration.name.find('.') == std::string::npos)
        return true;
      const bool named = declaration.kind == ElementKind::field || imports;
      if (m.role == Mention::Role::label && of_type) return true;
      if (m.role == Mention::Role::label && named && imported_name(*outline, m)) return true;
    }
  }
  return false;
}

std::vector<std::pair<std::string, std::string>> importers_reading(
    const Repository& repository, const std::map<std::string, std::set<std::string>>& names) {
  std::vector<std::pair<std::string, std::string>> readers;
  const Project& project = repository.project();
  for (const ProjectFile& file : project.files()) {
    const Document& d = file.document;
    if (file.imports == nullptr || file.generated || file.vendored || file.test_code) continue;
    std::map<std::string, const std::set<std::string>*> locals;  // what is imported -> names there
    for (const Element& e : d.elements) {
      if (e.kind != ElementKind::import) continue;
      auto owner = names.find(project.resolve_module(d.language, d.path, e.module));
      if (owner == names.end() && !e.member.empty())
        owner = names.find(project.resolve_module(d.language, d.path, e.module + "." + e.member));
      if (owner != names.end() && owner->first != d.path) locals[e.name] = &owner->second;
    }
    if (locals.empty()) continue;
    const std::string text = repository.text(d.path);
    const auto outline = outline_of(text, d.language);
    if (!outline) continue;
    for (const Mention& m : outline->mentions) {
      const std::string_view whole = std::string_view(text).substr(m.whole.begin, m.whole.size());
      const bool member = m.role == Mention::Role::member;
      if (!member && m.role != Mention::Role::use) continue;
      const size_t dot = whole.find('.');
      if (member != (dot != std::string_view::npos)) continue;
      if (member && whole.substr(dot + 1) != m.name) continue;
      const auto local = locals.find(std::string(whole.substr(0, dot)));
      const std::string name(m.name);
      if (local != locals.end() && local->second->contains(name))
        readers.emplace_back(d.path, name);
    }
  }
  return readers;
}

}  // namespace keyless
