#include "output/markdown_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "output/printable.h"

namespace keyless {

namespace {

constexpr std::string_view plain_signs = " .,;()/'%+=?\"";

}  // namespace

std::string markdown_text(std::string_view text) {
  std::string out;
  for (const char c : printable_line(text)) {
    const bool plain = is_alnum(c) || static_cast<unsigned char>(c) >= 0x80 ||
                       plain_signs.find(c) != std::string_view::npos;
    // A hyphen is markup only at the start of a line; some readers make links of "www.".
    const bool link =
        c == '.' &&
        to_lower(std::string_view(out).substr(out.size() < 3 ? 0 : out.size() - 3)) == "www";
    if ((plain && !link) || (c == '-' && !out.empty()))
      out += c;
    else
      out += fmt::format("&#{};", static_cast<int>(c));
  }
  return out;
}

std::string markdown_code(std::string_view text) {
  const std::string clean = printable_line(text);
  if (clean.empty()) return {};
  // A code span ends at a run of as many backticks as began it.
  size_t longest = 0, run = 0;
  std::string out;
  for (const char c : clean) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
    if (c == '|') out += '\\';  // a table takes its cells apart before it reads code spans
    out += c;
  }
  const std::string fence(longest + 1, '`');
  const std::string pad = longest > 0 || out.front() == ' ' || out.back() == ' ' ? " " : "";
  return fence + pad + out + pad + fence;
}

}  // namespace keyless
