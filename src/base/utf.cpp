#include "base/utf.h"

#include <cstring>

#include "base/utf_sequence.h"

namespace keyless {
namespace {

constexpr uint32_t replacement = 0xFFFD;

uint8_t byte_at(std::string_view bytes, size_t at) {
  return static_cast<uint8_t>(bytes[at]);
}

bool is_continuation(std::string_view bytes, size_t at) {
  return at < bytes.size() && (byte_at(bytes, at) & 0xC0U) == 0x80U;
}

// Index of the first byte at or after `at` that is not ASCII, or the size.
size_t skip_ascii(std::string_view bytes, size_t at) {
  for (; at + 8 <= bytes.size(); at += 8) {
    uint64_t word = 0;
    std::memcpy(&word, bytes.data() + at, 8);
    if ((word & 0x8080808080808080U) != 0) break;
  }
  while (at < bytes.size() && byte_at(bytes, at) < 0x80) ++at;
  return at;
}

class Utf16Reader {
 public:
  Utf16Reader(std::string_view bytes, bool big) : bytes_(bytes), high_(big ? 0 : 1) {}

  [[nodiscard]] bool has_unit(size_t at) const { return at + 2 <= bytes_.size(); }
  [[nodiscard]] uint32_t unit(size_t at) const {
    return static_cast<uint32_t>(byte_at(bytes_, at + high_)) << 8U |
           byte_at(bytes_, at + 1 - high_);
  }

 private:
  std::string_view bytes_;
  size_t high_;
};

DecodedText decode_utf16(std::string_view bytes, bool big) {
  DecodedText out;
  out.text.reserve(bytes.size() / 2 + 8);
  const Utf16Reader reader(bytes, big);
  size_t at = 0;
  while (at < bytes.size()) {
    uint32_t code_point = replacement;
    uint8_t used = 2;
    if (!reader.has_unit(at)) {
      used = 1;  // half a character at the end
    } else {
      code_point = reader.unit(at);
      const bool high = code_point >= 0xD800 && code_point < 0xDC00;
      if (high && reader.has_unit(at + 2)) {
        const uint32_t low = reader.unit(at + 2);
        if (low >= 0xDC00 && low < 0xE000) {
          code_point = 0x10000 + ((code_point - 0xD800) << 10U) + (low - 0xDC00);
          used = 4;
        }
      }
    }
    const auto text_offset = static_cast<uint32_t>(out.text.size());
    const uint8_t size = append_utf8(out.text, code_point);
    out.map.add(text_offset, static_cast<uint32_t>(at), size, used);
    at += used;
  }
  return out;
}

DecodedText decode_latin1(std::string_view bytes) {
  DecodedText out;
  out.text.reserve(bytes.size() + bytes.size() / 16);
  for (size_t at = 0; at < bytes.size(); ++at) {
    const auto text_offset = static_cast<uint32_t>(out.text.size());
    const uint8_t size = append_utf8(out.text, byte_at(bytes, at));
    out.map.add(text_offset, static_cast<uint32_t>(at), size, 1);
  }
  return out;
}

}  // namespace

size_t sequence_length(std::string_view bytes, size_t at) {
  const uint8_t lead = byte_at(bytes, at);
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4 || !is_continuation(bytes, at + 1)) return 0;
  if (lead < 0xE0) return 2;
  const uint8_t second = byte_at(bytes, at + 1);
  if (!is_continuation(bytes, at + 2)) return 0;
  if (lead < 0xF0) {
    const bool overlong = lead == 0xE0 && second < 0xA0;
    const bool surrogate = lead == 0xED && second > 0x9F;
    return overlong || surrogate ? 0 : 3;
  }
  const bool overlong = lead == 0xF0 && second < 0x90;
  const bool beyond = lead == 0xF4 && second > 0x8F;
  return overlong || beyond || !is_continuation(bytes, at + 3) ? 0 : 4;
}

std::string_view to_text(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf8:
      return "UTF-8";
    case Encoding::utf8_bom:
      return "UTF-8 with BOM";
    case Encoding::utf16_le:
      return "UTF-16LE";
    case Encoding::utf16_be:
      return "UTF-16BE";
    case Encoding::latin1:
      return "Latin-1";
  }
  return "UTF-8";
}

bool has_utf16_bom(std::string_view bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("\xFE\xFF"sv)) return true;
  return bytes.starts_with("\xFF\xFE"sv) && !bytes.starts_with("\xFF\xFE\0\0"sv);
}

bool is_ascii(std::string_view bytes) {
  return skip_ascii(bytes, 0) == bytes.size();
}

bool is_valid_utf8(std::string_view bytes) {
  size_t at = skip_ascii(bytes, 0);
  while (at < bytes.size()) {
    const size_t length = sequence_length(bytes, at);
    if (length == 0) return false;
    at = skip_ascii(bytes, at + length);
  }
  return true;
}

Encoding detect_encoding(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF") && is_valid_utf8(bytes)) return Encoding::utf8_bom;
  if (has_utf16_bom(bytes)) {
    return bytes.front() == '\xFE' ? Encoding::utf16_be : Encoding::utf16_le;
  }
  return is_valid_utf8(bytes) ? Encoding::utf8 : Encoding::latin1;
}

uint8_t append_utf8(std::string& text, uint32_t code_point) {
  const bool surrogate = code_point >= 0xD800 && code_point < 0xE000;
  if (surrogate || code_point > 0x10FFFF) code_point = replacement;
  const auto put = [&text](uint32_t byte) { text += static_cast<char>(byte); };
  if (code_point < 0x80) {
    put(code_point);
    return 1;
  }
  if (code_point < 0x800) {
    put(0xC0U | code_point >> 6U);
    put(0x80U | (code_point & 0x3FU));
    return 2;
  }
  if (code_point < 0x10000) {
    put(0xE0U | code_point >> 12U);
    put(0x80U | (code_point >> 6U & 0x3FU));
    put(0x80U | (code_point & 0x3FU));
    return 3;
  }
  put(0xF0U | code_point >> 18U);
  put(0x80U | (code_point >> 12U & 0x3FU));
  put(0x80U | (code_point >> 6U & 0x3FU));
  put(0x80U | (code_point & 0x3FU));
  return 4;
}

DecodedText decode(std::string_view bytes, Encoding encoding) {
  switch (encoding) {
    case Encoding::utf16_le:
      return decode_utf16(bytes, false);
    case Encoding::utf16_be:
      return decode_utf16(bytes, true);
    case Encoding::latin1:
      return decode_latin1(bytes);
    case Encoding::utf8:
    case Encoding::utf8_bom:
      break;
  }
  return {std::string(bytes), {}};
}

namespace {

// The code point at `at`, which moves behind it; U+FFFD for what is no UTF-8.
uint32_t next_code_point(std::string_view text, size_t& at) {
  const size_t length = sequence_length(text, at);
  if (length <= 1) {
    const uint32_t single = length == 1 ? byte_at(text, at) : replacement;
    ++at;
    return single;
  }
  uint32_t code_point = byte_at(text, at) & (0xFFU >> (length + 1));
  for (size_t i = 1; i < length; ++i)
    code_point = code_point << 6U | (byte_at(text, at + i) & 0x3FU);
  at += length;
  return code_point;
}

void append_unit(std::string& bytes, uint32_t unit, bool big) {
  const auto high = static_cast<char>(unit >> 8U);
  const auto low = static_cast<char>(unit & 0xFFU);
  bytes += big ? high : low;
  bytes += big ? low : high;
}

}  // namespace

std::string encode(std::string_view text, Encoding encoding) {
  if (encoding == Encoding::utf8 || encoding == Encoding::utf8_bom) return std::string(text);
  std::string bytes;
  const bool big = encoding == Encoding::utf16_be;
  for (size_t at = 0; at < text.size();) {
    const uint32_t code_point = next_code_point(text, at);
    if (encoding == Encoding::latin1) {
      bytes += code_point < 0x100 ? static_cast<char>(code_point) : '?';
    } else if (code_point < 0x10000) {
      append_unit(bytes, code_point, big);
    } else {
      append_unit(bytes, 0xD800 + ((code_point - 0x10000) >> 10U), big);
      append_unit(bytes, 0xDC00 + ((code_point - 0x10000) & 0x3FFU), big);
    }
  }
  return bytes;
}

}  // namespace keyless
