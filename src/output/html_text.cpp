#include "output/html_text.h"

#include "output/printable.h"

namespace keyless {

namespace {

constexpr std::string_view ellipsis = "\xE2\x80\xA6";

size_t size_of_first(std::string_view text) {
  const size_t size = character_size(text);
  return size == 0 ? 1 : size;
}

}  // namespace

std::string html_text(std::string_view text) {
  std::string out;
  for (const char c : printable_line(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string shortened(std::string_view text, size_t most) {
  const std::string clean = printable_line(text);
  if (code_points(clean) <= most) return clean;
  size_t end = 0;
  for (size_t count = 0; count + 1 < most; ++count)
    end += size_of_first(std::string_view(clean).substr(end));
  return clean.substr(0, end) + std::string(ellipsis);
}

std::string shortened_front(std::string_view text, size_t most) {
  const std::string clean = printable_line(text);
  const size_t all = code_points(clean);
  if (all <= most) return clean;
  size_t begin = 0;
  for (size_t count = 0; count < all - most + 1; ++count)
    begin += size_of_first(std::string_view(clean).substr(begin));
  return std::string(ellipsis) + clean.substr(begin);
}

}  // namespace keyless
