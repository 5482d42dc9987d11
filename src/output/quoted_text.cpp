#include "output/quoted_text.h"

#include "base/text.h"
#include "output/printable.h"

namespace keyless {

std::string shell_quoted(std::string_view text) {
  // A single quote cannot stand in single quotes: they end, one escaped quote follows, they begin.
  return "'" + replaced(printable_line(text), "'", "'\\''") + "'";
}

std::string kusto_quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : printable_line(text)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

}  // namespace keyless
