#include "fix/empty_choice.h"

#include <optional>

#include "base/text.h"

namespace keyless {
namespace {

constexpr std::string_view blanks = " \t\r\n";

struct ItemList {
  size_t open = 0;   // `[`
  size_t close = 0;  // behind `]`
};

// The list around the removal when nothing else stands in it.
std::optional<ItemList> list_around(std::string_view text, Span removal) {
  const size_t open = text.substr(0, removal.begin).find_last_not_of(blanks);
  const size_t close = text.find_first_not_of(blanks, removal.end);
  if (open == std::string_view::npos || close == std::string_view::npos || text[open] != '[' ||
      text[close] != ']')
    return std::nullopt;
  return ItemList{open, close + 1};
}

// Behind `: []`; npos when something else follows.
size_t behind_empty_list(std::string_view text, size_t at) {
  for (const char wanted : {':', '[', ']'}) {
    at = text.find_first_not_of(blanks, at);
    if (at == std::string_view::npos || text[at] != wanted) return std::string_view::npos;
    ++at;
  }
  return at;
}

// The separator before the condition that ends at `end`: `(`, `,`, `[`, `=`, `:`; npos when unclear.
size_t before_condition(std::string_view text, size_t end) {
  int depth = 0;
  for (size_t i = end; i-- > 0;) {
    const char c = text[i];
    if (c == '\'') return std::string_view::npos;
    if (c == ')' || c == ']' || c == '}') ++depth;
    if (depth > 0) {
      if (c == '(' || c == '[' || c == '{') --depth;
      continue;
    }
    if (c == '=' && i > 0 &&
        std::string_view("=!<>~").find(text[i - 1]) != std::string_view::npos) {
      --i;
      continue;
    }
    if (std::string_view("(,[{=:?").find(c) != std::string_view::npos) return i;
  }
  return std::string_view::npos;
}

}  // namespace

Edit with_empty_choice(std::string_view text, Edit removal) {
  const auto list = list_around(text, removal.span);
  if (!list) return removal;
  const size_t question = text.substr(0, list->open).find_last_not_of(blanks);
  const size_t end = behind_empty_list(text, list->close);
  if (question == std::string_view::npos || text[question] != '?' || end == std::string_view::npos)
    return removal;
  const size_t separator = before_condition(text, question);
  if (separator == std::string_view::npos) return removal;
  const char before = text[separator];
  const size_t first = text.find_first_not_of(blanks, separator + 1);
  const size_t after = text.find_first_not_of(blanks, end);
  const bool argument = before == '(' || before == ',';
  if (argument && after != std::string_view::npos && text[after] == ',')
    return {{static_cast<uint32_t>(separator + 1), static_cast<uint32_t>(after + 1)}, {}};
  if (argument && before == ',')
    return {{static_cast<uint32_t>(separator), static_cast<uint32_t>(end)}, {}};
  if (before == '=' || before == ':' || before == '(')
    return {{static_cast<uint32_t>(first), static_cast<uint32_t>(end)}, "[]"};
  return removal;
}

}  // namespace keyless
