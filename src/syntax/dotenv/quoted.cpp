#include "syntax/dotenv/quoted.h"

#include <algorithm>

namespace keyless {
namespace {

// A quote that stays open this long was meant for something else.
constexpr size_t longest_value = 65536;

size_t closing_quote(std::string_view file, size_t at) {
  const char quote = file[at];
  const size_t end = std::min(file.size(), at + longest_value);
  for (size_t i = at + 1; i < end; ++i) {
    if (file[i] == '\\' && quote == '"')
      ++i;
    else if (file[i] == quote)
      return i;
  }
  return std::string_view::npos;
}

char escaped(char c) {
  switch (c) {
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return c;
  }
}

}  // namespace

std::optional<QuotedText> read_quoted(std::string_view file, size_t at) {
  const size_t close = closing_quote(file, at);
  if (close == std::string_view::npos) return std::nullopt;
  QuotedText result;
  for (size_t i = at + 1; i < close; ++i) {
    const bool escape = file[at] == '"' && file[i] == '\\' && i + 1 < close && file[i + 1] != '$';
    result.text.push(escape ? escaped(file[i + 1]) : file[i], i);
    if (escape) ++i;
  }
  result.text.end = static_cast<uint32_t>(close);
  result.end = close + 1;
  return result;
}

}  // namespace keyless
