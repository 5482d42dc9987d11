// read_quoted: the value of an environment file that stands in quotes, over
// several lines too. Decodes escapes of double quotes; the other two kinds are
// taken as they are.
#pragma once

#include <optional>

#include "syntax/shell/mapped_text.h"

namespace keyless {

constexpr bool is_quote(char c) {
  return c == '"' || c == '\'' || c == '`';
}

struct QuotedText {
  MappedText text;  // decoded; `\$` stays, so that it is not taken for a reference
  size_t end = 0;   // behind the closing quote
};

// The value whose opening quote stands at `at`; nothing when it does not close
// within 64 KB.
std::optional<QuotedText> read_quoted(std::string_view file, size_t at);

}  // namespace keyless
