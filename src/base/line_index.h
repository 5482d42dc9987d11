// Byte offsets in a file -> lines and columns, as editors and SARIF viewers count them.
// Promises O(log n) per question, for a line of a megabyte too; keeps no reference to the text.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/offset_map.h"
#include "base/span.h"

namespace keyless {

struct Position {
  uint32_t line = 1;         // 1-based
  uint32_t utf16 = 1;        // 1-based column in UTF-16 units
  uint32_t code_points = 1;  // 1-based column in code points
  bool operator==(const Position&) const = default;
};

class LineIndex {
 public:
  LineIndex() = default;
  // Of UTF-8 text; `map` leads to the bytes it was decoded from (SourceFile::map; empty if none).
  // LF, CRLF and a lone CR each end a line, as in GitHub's fingerprints and in editors. A BOM at
  // the start takes no column.
  explicit LineIndex(std::string_view text, OffsetMap map = {});

  // Of a byte offset in the original file. An offset inside a character counts as the character's
  // start, one past the end as the end.
  [[nodiscard]] Position at(uint32_t byte_offset) const;
  [[nodiscard]] uint32_t line(uint32_t byte_offset) const { return at(byte_offset).line; }

  // Lines of the text; after a final line end there is one more, empty.
  [[nodiscard]] uint32_t line_count() const { return static_cast<uint32_t>(lines_.size()); }
  // A 1-based line without its line end, as offsets in the text; empty beyond the last line.
  [[nodiscard]] Span line_in_text(uint32_t number) const;
  // The text offset of a byte offset: the same unless the file was decoded.
  [[nodiscard]] uint32_t to_text(uint32_t byte_offset) const { return map_.to_text(byte_offset); }

 private:
  // A character of more than one byte, with the counts before it from the start of the text.
  struct WideCharacter {
    uint32_t begin = 0;
    uint32_t size = 0;         // bytes
    uint32_t utf16 = 0;        // units before it
    uint32_t code_points = 0;  // characters before it
  };
  struct Count {
    uint32_t utf16 = 0;
    uint32_t code_points = 0;
  };

  void find_lines(std::string_view text);
  void find_wide_characters(std::string_view text);
  [[nodiscard]] const WideCharacter* wide_at_or_before(uint32_t offset) const;
  [[nodiscard]] Count count_before(uint32_t offset) const;

  struct Line {
    uint32_t begin = 0;
    uint32_t end = 0;  // without the line end
  };
  std::vector<Line> lines_{Line{}};
  std::vector<WideCharacter> wide_;
  OffsetMap map_;
  uint32_t size_ = 0;
  bool has_mark_ = false;
};

}  // namespace keyless
