// Exceptions in comments: `keyless: ignore[rule-id] until=2027-03-31 owner=team ticket=X reason`.
// Reads one file's text; whether the rule exists and the day has passed is decided by the gate.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"
#include "source/source_file.h"

namespace keyless {

struct InlineException {
  std::string rule;
  std::string until;  // YYYY-MM-DD, the last day it holds
  std::string owner, ticket, reason;
  std::string problem;  // what it lacks, in words; "" when it is whole
  uint32_t line = 0;    // of the comment, 1-based
  uint32_t target = 0;  // the line that it speaks of: its own, or the next where it stands alone
  Span span;            // of the comment's words, original bytes
};

// A file without this text has none.
inline constexpr std::string_view exception_mark = "keyless: ignore[";

// In source order. `language` is the name of the file's reader, or "text".
std::vector<InlineException> inline_exceptions(const SourceFile& file, std::string_view language);

}  // namespace keyless
