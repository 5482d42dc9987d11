#include "fix/binding_place.h"

#include <algorithm>
#include <cstdint>
#include <set>

#include "base/text.h"
#include "fix/lines.h"

namespace keyless {
namespace {

bool is_script(const CodeFile& file) {
  return file.document.language != "python";
}

// Comment lines that stand directly above a statement belong to it.
uint32_t with_comments(std::string_view text, uint32_t line, std::string_view comment) {
  while (line > 0) {
    const uint32_t above = line_begin(text, line - 1);
    const std::string_view words = trim(text.substr(above, line - above));
    if (words.starts_with(comment)) {
      line = above;
    } else if (comment == "//" && words.ends_with("*/")) {
      const size_t begin = text.rfind("/*", line);
      if (begin == std::string_view::npos) break;
      const uint32_t first = line_begin(text, static_cast<uint32_t>(begin));
      if (!trim(text.substr(first, begin - first)).empty()) break;
      line = first;
    } else {
      break;
    }
  }
  return line;
}

// Functions are hoisted and constants are not: the first statement above that names a function of
// the file may run before the function's own place is reached.
uint32_t first_call_above(const CodeFile& file, uint32_t top) {
  const Outline& outline = file.outline;
  const auto mentions = [&](Span within, const std::set<std::string_view>& names) {
    return std::any_of(outline.mentions.begin(), outline.mentions.end(), [&](const Mention& m) {
      return m.role == Mention::Role::use && within.contains(m.span) && names.contains(m.name);
    });
  };
  // The functions of the statement, and those that lead to one of them.
  std::set<std::string_view> leading;
  for (size_t known = SIZE_MAX; known != leading.size();) {
    known = leading.size();
    for (const Scope& scope : file.document.scopes)
      if (scope.kind == ScopeKind::function && scope.parent == 0 &&
          (outline.statements[top].span.contains(scope.span) || mentions(scope.span, leading)))
        leading.insert(scope.name);
  }
  for (uint32_t i = 0; i < top; ++i) {
    const Statement& s = outline.statements[i];
    if (s.parent == none && !s.imports && !s.declares && mentions(s.span, leading)) return i;
  }
  return none;
}

}  // namespace

uint32_t place_before(const CodeFile& file, Span use) {
  const uint32_t top = file.outline.top_statement_at(use);
  if (top == none) return 0;
  const Statement* above = nullptr;
  for (uint32_t i = 0; i < top; ++i)
    if (file.outline.statements[i].parent == none) above = &file.outline.statements[i];
  const Statement& s = file.outline.statements[top];
  const uint32_t call = s.declares && is_script(file) ? first_call_above(file, top) : none;
  if (call != none)
    return with_comments(file.text, line_begin(file.text, file.outline.statements[call].span.begin),
                         "//");
  if (s.around_function && above != nullptr && !above->around_function)
    return line_after(file.text, above->span.end - 1);
  return with_comments(file.text, line_begin(file.text, s.span.begin),
                       is_script(file) ? "//" : "#");
}

Edit binding_edit(const CodeFile& file, uint32_t place, const std::vector<const Binding*>& all) {
  const std::string_view end = line_end_of(file.text);
  std::string lines;
  const uint32_t gap = is_script(file) ? 1 : 2;  // blank lines around a function
  bool behind_definition = false;
  for (const Binding* b : all) {
    std::string line = b->text;
    if (is_script(file) && !file.outline.semicolons && line.ends_with(';')) line.pop_back();
    if (file.outline.quote == '\'') std::replace(line.begin(), line.end(), '"', '\'');
    if (!lines.empty() && (b->definition || behind_definition))
      for (uint32_t i = 0; i < gap; ++i) lines += end;
    behind_definition = b->definition;
    lines += replaced(line, "\n", end) + std::string(end);
  }
  if (behind_definition)
    for (uint32_t i = blank_lines_from(file.text, place); i < gap; ++i) lines += end;
  const Statement* above = nullptr;
  const Statement* below = nullptr;
  for (const Statement& t : file.outline.statements) {
    if (t.parent != none) continue;
    if (t.span.end <= place) above = &t;
    if (t.span.begin >= place && below == nullptr) below = &t;
  }
  const bool touches = above != nullptr && line_after(file.text, above->span.end - 1) == place;
  const bool apart = touches && (above->imports || above->around_function ||
                                 (below != nullptr && below->around_function));
  if (all.front()->definition && place > 0)
    for (uint32_t i = blank_lines_above(file.text, place); i < gap; ++i)
      lines = std::string(end) + lines;
  else if (apart)
    lines = std::string(end) + lines;
  // A function that stood close to what is above it gets a line between.
  if (touches && is_script(file) && below != nullptr && below->around_function &&
      blank_lines_from(file.text, place) == 0)
    lines += end;
  if (!touches && below != nullptr && below->around_function)
    for (uint32_t i = 0; i < std::max(1U, blank_lines_above(file.text, place)); ++i) lines += end;
  // At the very end of a file without a final line end.
  if (place != line_begin(file.text, place)) lines = std::string(end) + lines;
  return {{place, place}, lines};
}

}  // namespace keyless
