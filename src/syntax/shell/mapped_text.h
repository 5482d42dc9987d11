// MappedText: decoded text in which every byte still knows where it stands in
// the file. Lets one reader serve raw files, quoted scalars and block scalars;
// offsets are of SourceFile::text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace keyless {

inline Span span_between(size_t begin, size_t end) {
  return {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)};
}

struct MappedText {
  std::string text;
  std::vector<uint32_t> at;  // at[i]: offset in the file of text[i]
  uint32_t end = 0;          // offset just behind the last byte

  void push(char c, size_t offset) {
    text += c;
    at.push_back(static_cast<uint32_t>(offset));
  }
  [[nodiscard]] size_t size() const { return text.size(); }
  [[nodiscard]] uint32_t offset(size_t i) const { return i < at.size() ? at[i] : end; }
  // Where text[begin, last) stands in the file; empty ranges stay empty.
  [[nodiscard]] Span span(size_t begin, size_t last) const {
    if (begin >= last) return {offset(begin), offset(begin)};
    return {offset(begin), last < at.size() ? at[last - 1] + 1 : end};
  }
  [[nodiscard]] std::string_view view(size_t begin, size_t last) const {
    return std::string_view(text).substr(begin, last - begin);
  }
};

// The bytes [span.begin, span.end) of `file` as they are.
MappedText as_written(std::string_view file, Span span);

}  // namespace keyless
