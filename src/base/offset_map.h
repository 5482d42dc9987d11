// Which byte of the file a byte of its decoded text comes from, and back.
// Promises O(log n) per question; an empty map is the identity (the text is the bytes).
#pragma once

#include <cstdint>
#include <vector>

#include "base/span.h"

namespace keyless {

class OffsetMap {
 public:
  [[nodiscard]] bool empty() const { return runs_.empty(); }

  // Byte offset of the character that `text_offset` lies in; text's end gives the bytes' end.
  [[nodiscard]] uint32_t to_bytes(uint32_t text_offset) const;
  // Text offset of the character that `byte_offset` lies in.
  [[nodiscard]] uint32_t to_text(uint32_t byte_offset) const;

  [[nodiscard]] Span to_bytes(Span text) const {
    return {to_bytes(text.begin), to_bytes(text.end)};
  }
  [[nodiscard]] Span to_text(Span bytes) const {
    return {to_text(bytes.begin), to_text(bytes.end)};
  }

  // For decoders: the next character takes `text_size` bytes of text and `byte_size` of the file.
  // Offsets are the two totals before it; characters are added in order.
  void add(uint32_t text_offset, uint32_t byte_offset, uint8_t text_size, uint8_t byte_size);

 private:
  // Neighbouring characters of equal sizes share one run.
  struct Run {
    uint32_t text;
    uint32_t bytes;
    uint8_t text_size;
    uint8_t byte_size;
  };
  std::vector<Run> runs_;
};

}  // namespace keyless
