#include "base/unsafe_text.h"

#include "base/text.h"
#include "base/utf_sequence.h"

namespace keyless {

Character first_character(std::string_view text) {
  const size_t size = sequence_length(text, 0);
  const auto lead = static_cast<uint8_t>(text[0]);
  if (size < 2) return {lead, size};
  uint32_t code = lead & (0xFFU >> (size + 1));
  for (size_t i = 1; i < size; ++i) code = code << 6U | (static_cast<uint8_t>(text[i]) & 0x3FU);
  return {code, size};
}

bool is_unsafe(uint32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0xAD || code == 0x61C ||
         (code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
         (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF ||
         (code >= 0xFFF9 && code <= 0xFFFB) || (code >= 0xE0000 && code <= 0xE007F);
}

bool begins_command(std::string_view text) {
  if (!text.starts_with("##")) return false;
  size_t at = 2;
  while (at < text.size() && is_alnum(text[at])) ++at;
  return at < text.size() && text[at] == '[';
}

bool is_command_line(std::string_view text) {
  return trim(text).starts_with("::");
}

}  // namespace keyless
