#include "output/printable.h"

#include <fmt/format.h>

#include <cstdint>

#include "base/unsafe_text.h"

namespace keyless {

namespace {

std::string escape(std::string_view text, std::string_view tab) {
  std::string out;
  out.reserve(text.size());
  bool command = is_command_line(text);
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
    } else if ((character.code == ':' && command) || begins_command(text) ||
               (character.code < 0x80 && is_unsafe(character.code))) {
      out += fmt::format("\\x{:02x}", character.code);
      if (character.code == ':') command = false;
    } else if (is_unsafe(character.code)) {
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
