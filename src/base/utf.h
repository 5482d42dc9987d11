// Turns the bytes of a text file into UTF-8 and remembers where each character came from.
// Promises: never fails; what cannot be decoded becomes U+FFFD; a BOM stays as U+FEFF in place.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/offset_map.h"

namespace keyless {

enum class Encoding : uint8_t { utf8, utf8_bom, utf16_le, utf16_be, latin1 };

std::string_view to_text(Encoding encoding);

struct DecodedText {
  std::string text;  // UTF-8
  OffsetMap map;     // offsets in `text` -> offsets in the bytes
};

// By BOM first; without one UTF-8 if the bytes are valid UTF-8, else Latin-1.
Encoding detect_encoding(std::string_view bytes);

// True for the byte order mark of UTF-16, either order (UTF-32 is not UTF-16).
bool has_utf16_bom(std::string_view bytes);

bool is_ascii(std::string_view bytes);
bool is_valid_utf8(std::string_view bytes);

// `bytes` under 4 GB. For utf8 and utf8_bom the text is the bytes and the map is empty.
DecodedText decode(std::string_view bytes, Encoding encoding);

// The text in that encoding: what `decode` would turn into `text`. What Latin-1 lacks becomes '?'.
std::string encode(std::string_view text, Encoding encoding);

// Appends one code point (a surrogate or a value beyond Unicode becomes U+FFFD); its size in bytes.
uint8_t append_utf8(std::string& text, uint32_t code_point);

}  // namespace keyless
