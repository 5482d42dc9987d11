#include "base/offset_map.h"

#include <algorithm>

namespace keyless {

uint32_t OffsetMap::to_bytes(uint32_t text_offset) const {
  const auto after = std::upper_bound(runs_.begin(), runs_.end(), text_offset,
                                      [](uint32_t at, const Run& run) { return at < run.text; });
  if (after == runs_.begin()) return text_offset;
  const Run& run = *(after - 1);
  return run.bytes + (text_offset - run.text) / run.text_size * run.byte_size;
}

uint32_t OffsetMap::to_text(uint32_t byte_offset) const {
  const auto after = std::upper_bound(runs_.begin(), runs_.end(), byte_offset,
                                      [](uint32_t at, const Run& run) { return at < run.bytes; });
  if (after == runs_.begin()) return byte_offset;
  const Run& run = *(after - 1);
  return run.text + (byte_offset - run.bytes) / run.byte_size * run.text_size;
}

void OffsetMap::add(uint32_t text_offset, uint32_t byte_offset, uint8_t text_size,
                    uint8_t byte_size) {
  if (!runs_.empty() && runs_.back().text_size == text_size &&
      runs_.back().byte_size == byte_size) {
    return;
  }
  runs_.push_back({text_offset, byte_offset, text_size, byte_size});
}

}  // namespace keyless
