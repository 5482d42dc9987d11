// A half-open byte range in the original bytes of one file; the common tongue of all rooms.
// Promises nothing about lines: writers turn offsets into lines and columns with LineIndex.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>

namespace keyless {

struct Span {
  uint32_t begin = 0;
  uint32_t end = 0;

  [[nodiscard]] uint32_t size() const { return end - begin; }
  [[nodiscard]] bool empty() const { return begin == end; }
  [[nodiscard]] bool contains(const Span& other) const {
    return begin <= other.begin && other.end <= end;
  }
  [[nodiscard]] bool overlaps(const Span& other) const {
    return begin < other.end && other.begin < end;
  }
  auto operator<=>(const Span&) const = default;
};

// The smallest range whose removal leaves the file well formed (with one separator, or the whole
// line). `parent` is set when removing it would leave an empty container: then that goes instead.
struct Extent {
  Span span;
  std::optional<Span> parent;
  auto operator<=>(const Extent&) const = default;
};

}  // namespace keyless
