#include "fix/placeholders.h"

#include <algorithm>

#include "base/text.h"
#include "fix/dead_code.h"
#include "fix/edit.h"
#include "source/source_file.h"
#include "syntax/languages.h"
#include "syntax/outline.h"

namespace keyless {
namespace {

// "openai.lib.azure API_KEY_SENTINEL" -> the symbol that the import makes.
std::string symbol_of(const ValueTemplate& value) {
  return value.imports.empty() ? std::string() : replaced(value.imports.front(), " ", ".");
}

bool is_symbol(const ProjectFile& file, ValueId id, const std::string& symbol) {
  if (id == none || file.document.values[id].kind != ValueKind::symbol) return false;
  for (const std::string& name : file.imports->symbols(file.document.values[id].text))
    if (name == symbol) return true;
  return false;
}

// Callees whose rule writes a placeholder only against a left-over variable; others need theirs.
bool may_do_without(const ProjectFile& file, const Element& call, const RuleSet& rules) {
  const std::vector<std::string> symbols = file.imports->symbols(call.name);
  const auto writes = [](const EditSpec& edit) {
    return std::any_of(edit.with.begin(), edit.with.end(),
                       [](const auto& w) { return w.second == "$no_key"; });
  };
  return std::any_of(rules.rules.begin(), rules.rules.end(), [&](const Rule& rule) {
    if (!rule.fix || std::none_of(rule.fix->edits.begin(), rule.fix->edits.end(), writes))
      return false;
    return std::any_of(symbols.begin(), symbols.end(), [&](const std::string& symbol) {
      return std::any_of(rule.match.to.begin(), rule.match.to.end(),
                         [&](const std::string& glob) { return wildcard_matches(glob, symbol); });
    });
  });
}

std::vector<Edit> removals(const ProjectFile& file, const std::string& symbol,
                           const RuleSet& rules) {
  std::vector<Edit> edits;
  for (const Element& e : file.document.elements) {
    if (e.kind != ElementKind::call || !may_do_without(file, e, rules)) continue;
    for (const Input& input : e.inputs)
      if (input.via == Via::keyword && e.span.contains(input.span) &&
          is_symbol(file, input.value, symbol))
        edits.push_back({input.extent.span, {}});
  }
  return edits;
}

// The import goes when it was only for the placeholder.
std::string without_import(std::string text, const std::string& path, const std::string& language,
                           const std::string& name) {
  const auto outline = outline_of(text, language);
  if (!outline) return text;
  size_t uses = 0;
  for (const Mention& m : outline->mentions)
    uses += m.name == name && m.role == Mention::Role::use ? 1U : 0U;
  if (uses > 0) return text;
  const SourceFile source = make_source_file(path, text);
  const Document document = parse(source, *language_of(path));
  const ImportTable imports(document);
  const CodeFile code{text, document, imports, *outline, {}, {}};
  Suspects suspects;
  suspects.names.insert(name);
  DeadCode dead = remove_dead(code, suspects, [](const Element&) { return true; });
  return compose(text, std::move(dead.edits)).text;
}

}  // namespace

std::map<std::string, std::string> without_placeholders(const Repository& repository,
                                                        const RuleSet& rules) {
  std::map<std::string, std::string> drafts;
  for (const ProjectFile& file : repository.project().files()) {
    const std::string& language = file.document.language;
    const LanguageTemplates* templates = rules.templates.of(language);
    const ValueTemplate* value = templates == nullptr ? nullptr : templates->value("no_key");
    if (value == nullptr || file.generated || file.vendored || file.imports == nullptr) continue;
    const std::string symbol = symbol_of(*value);
    std::vector<Edit> edits = removals(file, symbol, rules);
    if (symbol.empty() || edits.empty()) continue;
    const std::string& path = file.document.path;
    drafts[path] = without_import(compose(repository.text(path), std::move(edits)).text, path,
                                  language, std::string(after_last(symbol, '.')));
  }
  return drafts;
}

}  // namespace keyless
