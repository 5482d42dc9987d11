#include "output/printable.h"

#include <fmt/format.h>

#include <cstdint>

namespace keyless {

namespace {

struct Character {
  uint32_t code = 0;
  size_t size = 0;  // 0: not UTF-8
};

Character first_character(std::string_view text) {
  const auto byte = [&](size_t at) { return static_cast<uint8_t>(text[at]); };
  const uint8_t lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return {};
  uint32_t code = lead & (0xFFU >> (size + 1));
  for (size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    code = code << 6U | (byte(i) & 0x3FU);
  }
  const bool overlong = (size == 3 && code < 0x800) || (size == 4 && code < 0x10000);
  if (overlong || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return {};
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
