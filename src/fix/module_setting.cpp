#include "fix/module_setting.h"

#include <algorithm>

#include "base/text.h"
#include "fix/lines.h"

namespace keyless {
namespace {

bool stands_beside(const CodeFile& file, std::string_view line, Span statement) {
  const auto plain = [](std::string_view text) {
    std::string bare(trim(text));
    std::replace(bare.begin(), bare.end(), '\'', '"');
    return bare;
  };
  return std::any_of(file.outline.statements.begin(), file.outline.statements.end(),
                     [&](const Statement& s) {
                       return s.span != statement && plain(file.text_of(s.span)) == plain(line);
                     });
}

}  // namespace

void replace_module_setting(const CodeFile& file, const Element& setting, Span key,
                            const std::vector<std::pair<std::string, std::string>>& with,
                            const std::function<std::string(std::string)>& code,
                            RecipeResult& result) {
  const uint32_t index = file.outline.statement_at(setting.span);
  if (index == none || file.gated) {
    result.refusal = "no switch is offered for settings of a module";
    return;
  }
  const Span statement = file.outline.statements[index].span;
  const std::string_view text = file.text_of(statement);
  if (!text.starts_with(setting.name) || !trim(text.substr(setting.name.size())).starts_with('=')) {
    result.refusal = "the statement sets several things at once";
    return;
  }
  const std::string prefix(before_last(setting.name, '.'));
  const std::string gap =
      std::string(line_end_of(file.text)) + std::string(indentation_at(file.text, statement.begin));
  std::string lines;
  for (const auto& [name, expression] : with) {
    const std::string line = prefix + "." + name + " = " + code(expression);
    if (stands_beside(file, line, statement)) continue;
    lines += (lines.empty() ? std::string() : gap) + line;
  }
  result.removed.push_back(key);
  result.edits.push_back({statement, lines});
}

}  // namespace keyless
