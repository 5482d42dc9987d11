#include "output/printable.h"

#include <fmt/format.h>

#include <cstdint>

#include "base/utf_sequence.h"

namespace keyless {

namespace {

struct Character {
  uint32_t code = 0;
  size_t size = 0;  // 0: not UTF-8
};

Character first_character(std::string_view text) {
  const size_t size = sequence_length(text, 0);
  const auto lead = static_cast<uint8_t>(text[0]);
  if (size < 2) return {lead, size};
  uint32_t code = lead & (0xFFU >> (size + 1));
  for (size_t i = 1; i < size; ++i) code = code << 6U | (static_cast<uint8_t>(text[i]) & 0x3FU);
  return {code, size};
}

// Characters that move the cursor, reorder text or hide: a file name must not be able to forge
// output.
bool is_harmful(uint32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0xAD || code == 0x61C ||
         (code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
         (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF ||
         (code >= 0xFFF9 && code <= 0xFFFB) || (code >= 0xE0000 && code <= 0xE007F);
}

std::string escape(std::string_view text, std::string_view tab) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const Character character = first_character(text);
    if (character.size == 0) {
      out += fmt::format("\\x{:02x}", static_cast<uint8_t>(text[0]));
      text.remove_prefix(1);
      continue;
    }
    if (character.code == '\t') {
      out += tab;
    } else if (character.code == '\n') {
      out += "\\n";
    } else if (character.code == '\r') {
      out += "\\r";
    } else if (character.code < 0x80 && is_harmful(character.code)) {
      out += fmt::format("\\x{:02x}", character.code);
    } else if (is_harmful(character.code)) {
      out += fmt::format("\\u{{{:x}}}", character.code);
    } else {
      out += text.substr(0, character.size);
    }
    text.remove_prefix(character.size);
  }
  return out;
}

}  // namespace

std::string printable(std::string_view text) {
  return escape(text, "\\t");
}

std::string printable_line(std::string_view line) {
  return escape(line, " ");
}

size_t character_size(std::string_view text) {
  return first_character(text).size;
}

size_t code_points(std::string_view text) {
  size_t count = 0;
  while (!text.empty()) {
    const size_t size = first_character(text).size;
    text.remove_prefix(size == 0 ? 1 : size);
    ++count;
  }
  return count;
}

}  // namespace keyless
