#include "fix/logging.h"

#include <algorithm>

#include "base/text.h"

namespace keyless {
namespace {

const LogStyle* style_of_symbol(const LanguageTemplates& templates,
                                const std::vector<std::string>& symbols) {
  for (const LogStyle& style : templates.log_styles)
    for (const std::string& symbol : symbols)
      if (std::find(style.loggers.begin(), style.loggers.end(), symbol) != style.loggers.end())
        return &style;
  return nullptr;
}

// The style of a variable of the file that holds a logger.
const LogStyle* style_of_variable(const ProjectFile& file, const LanguageTemplates& templates,
                                  std::string_view name) {
  const Document& d = file.document;
  for (const Element& e : d.elements) {
    if (e.kind != ElementKind::assign || e.scope != 0 || e.name != name || e.value == none)
      continue;
    const Value& v = d.values[e.value];
    if (v.kind != ValueKind::call || v.element == none) continue;
    const LogStyle* style =
        style_of_symbol(templates, file.imports->symbols(d.elements[v.element].name));
    if (style != nullptr) return style;
  }
  return nullptr;
}

// A logger that another file of the project makes, or the one of a package.
const LogStyle* style_of_import(const Project& project, const ProjectFile& file,
                                const LanguageTemplates& templates, const Element& import) {
  if (const LogStyle* own = style_of_symbol(templates, file.imports->symbols(import.name)))
    return own;
  const Document& d = file.document;
  const PathIndex& paths = project.root(file.root);
  const std::string target = paths.resolve_module(d.language, d.path, import.module);
  const uint32_t other = target.empty() ? none : project.index_of(file.root, target);
  if (other == none) return nullptr;
  const ProjectFile& maker = project.files()[other];
  if (import.member != "default") return style_of_variable(maker, templates, import.member);
  for (const Element& e : maker.document.elements) {
    if (e.kind != ElementKind::export_name || e.name != "default" || e.value == none) continue;
    const Value& v = maker.document.values[e.value];
    if (v.kind == ValueKind::symbol) return style_of_variable(maker, templates, v.text);
    if (v.kind == ValueKind::call && v.element != none)
      return style_of_symbol(templates,
                             maker.imports->symbols(maker.document.elements[v.element].name));
  }
  return nullptr;
}

LogChoice of_file(const Project& project, const ProjectFile& file,
                  const LanguageTemplates& templates) {
  for (const Element& e : file.document.elements) {
    if (e.scope != 0) continue;
    const LogStyle* style = nullptr;
    if (e.kind == ElementKind::assign)
      style = style_of_variable(file, templates, e.name);
    else if (e.kind == ElementKind::import && !e.member.empty() && e.member != "*")
      style = style_of_import(project, file, templates, e);
    if (style != nullptr) return {style, e.name};
  }
  return {};
}

// The package that a logger's symbol begins with.
bool imports_any(const ProjectFile& file, const LogStyle& style) {
  return std::any_of(style.loggers.begin(), style.loggers.end(), [&](const std::string& symbol) {
    return file.imports != nullptr && file.imports->imports(symbol.substr(0, symbol.find('.')));
  });
}

}  // namespace

LogChoice choose_logging(const Project& project, uint32_t file,
                         const LanguageTemplates& templates) {
  const ProjectFile& here = project.files()[file];
  if (LogChoice own = of_file(project, here, templates); own.style != nullptr) return own;
  const PathIndex& paths = project.root(here.root);
  const std::string& unit = paths.unit_of(here.document.path);
  for (const LogStyle& style : templates.log_styles) {
    if (style.imports.empty()) continue;
    const bool used =
        std::any_of(project.files().begin(), project.files().end(), [&](const ProjectFile& other) {
          return other.root == here.root && !other.test_code && !other.vendored &&
                 other.document.language == here.document.language && imports_any(other, style) &&
                 paths.unit_of(other.document.path) == unit;
        });
    if (used) return {&style, {}};
  }
  return templates.log_styles.empty() ? LogChoice{} : LogChoice{&templates.log_styles.back(), {}};
}

}  // namespace keyless
