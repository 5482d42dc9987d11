#include "base/line_index.h"

#include <algorithm>

#include "base/utf.h"

namespace keyless {
namespace {

bool is_continuation(char c) {
  return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}
// UTF-16 needs two units for what UTF-8 needs four bytes for.
uint32_t units_of(uint32_t bytes) {
  return bytes >= 4 ? 2 : 1;
}

}  // namespace

LineIndex::LineIndex(std::string_view text, OffsetMap map)
    : map_(std::move(map)),
      size_(static_cast<uint32_t>(text.size())),
      has_mark_(text.starts_with("\xEF\xBB\xBF")) {
  find_lines(text);
  if (!is_ascii(text)) find_wide_characters(text);
}

void LineIndex::find_lines(std::string_view text) {
  lines_.clear();
  uint32_t begin = 0;
  for (uint32_t at = 0; at < size_; ++at) {
    if (text[at] != '\n' && text[at] != '\r') continue;
    const uint32_t end = at;
    if (text[at] == '\r' && at + 1 < size_ && text[at + 1] == '\n') ++at;
    lines_.push_back({begin, end});
    begin = at + 1;
  }
  lines_.push_back({begin, size_});
}

void LineIndex::find_wide_characters(std::string_view text) {
  Count count;
  for (uint32_t at = 0; at < size_;) {
    uint32_t size = 1;
    if (static_cast<unsigned char>(text[at]) >= 0x80) {
      while (at + size < size_ && is_continuation(text[at + size])) ++size;
      wide_.push_back({at, size, count.utf16, count.code_points});
    }
    count.utf16 += units_of(size);
    ++count.code_points;
    at += size;
  }
}

const LineIndex::WideCharacter* LineIndex::wide_at_or_before(uint32_t offset) const {
  const auto after =
      std::upper_bound(wide_.begin(), wide_.end(), offset,
                       [](uint32_t at, const WideCharacter& wide) { return at < wide.begin; });
  return after == wide_.begin() ? nullptr : &*(after - 1);
}

LineIndex::Count LineIndex::count_before(uint32_t offset) const {
  const WideCharacter* wide = wide_at_or_before(offset);
  if (wide == nullptr) return {offset, offset};
  if (offset < wide->begin + wide->size) return {wide->utf16, wide->code_points};
  const uint32_t narrow = offset - wide->begin - wide->size;
  return {wide->utf16 + units_of(wide->size) + narrow, wide->code_points + 1 + narrow};
}

Position LineIndex::at(uint32_t byte_offset) const {
  const uint32_t offset = std::min(map_.to_text(byte_offset), size_);
  const auto after =
      std::upper_bound(lines_.begin(), lines_.end(), offset,
                       [](uint32_t at, const Line& line) { return at < line.begin; });
  const Count begin = count_before((after - 1)->begin);
  const Count end = count_before(offset);
  Position position;
  position.line = static_cast<uint32_t>(after - lines_.begin());
  // Viewers strip the BOM before they count.
  const bool behind_mark = has_mark_ && position.line == 1 && end.code_points > 0;
  position.utf16 = end.utf16 - begin.utf16 + (behind_mark ? 0 : 1);
  position.code_points = end.code_points - begin.code_points + (behind_mark ? 0 : 1);
  return position;
}

Span LineIndex::line_in_text(uint32_t number) const {
  if (number == 0 || number > line_count()) return {size_, size_};
  return {lines_[number - 1].begin, lines_[number - 1].end};
}

}  // namespace keyless
