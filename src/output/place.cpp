#include "output/place.h"

#include <algorithm>

#include "output/printable.h"

namespace keyless {

namespace {

std::string_view line_text(const ReportFile& file, uint32_t line) {
  const Span span = file.lines.line_in_text(line);
  if (span.end > file.text.size()) return {};
  return std::string_view(file.text).substr(span.begin, span.size());
}

// Just after the last character of a line.
Position end_of_line(const ReportFile& file, uint32_t line) {
  std::string_view text = line_text(file, line);
  Position position{line, 1, 1};
  while (!text.empty()) {
    const size_t size = character_size(text);
    position.utf16 += size == 4 ? 2 : 1;  // outside the basic plane: two units
    ++position.code_points;
    text.remove_prefix(size == 0 ? 1 : size);
  }
  return position;
}

}  // namespace

std::string shown_path(const Report& report, uint32_t root, std::string_view path) {
  if (path.empty() || report.roots.size() < 2 || root >= report.roots.size())
    return std::string(path);
  return report.roots[root].id + "/" + std::string(path);
}

const ReportFile* file_of(const Report& report, uint32_t root, const std::string& path) {
  if (root >= report.files.size()) return nullptr;
  const auto found = report.files[root].find(path);
  return found == report.files[root].end() ? nullptr : &found->second;
}

Place place_of(const Report& report, uint32_t root, const std::string& path, Span span) {
  Place place;
  place.path = shown_path(report, root, path);
  const ReportFile* file = file_of(report, root, path);
  if (file == nullptr) return place;
  place.start = file->lines.at(span.begin);
  place.end = file->lines.at(std::max(span.begin, span.end));
  // A whole line ends at the start of the next one, which it does not cover.
  if (place.end.line > place.start.line && place.end.code_points == 1)
    place.end = end_of_line(*file, place.end.line - 1);
  return place;
}

QuotedLine quoted_line(const ReportFile& file, Span span) {
  const uint32_t number = file.lines.line(span.begin);
  const uint32_t start = file.lines.line_in_text(number).begin;
  QuotedLine line;
  line.text = line_text(file, number);
  const auto inside = [&](uint32_t byte_offset) {
    const uint32_t offset = file.lines.to_text(byte_offset);
    return std::min<size_t>(offset < start ? 0 : offset - start, line.text.size());
  };
  line.mark_begin = inside(span.begin);
  line.mark_end = std::max(line.mark_begin, inside(span.end));
  return line;
}

std::string short_place(const Report& report, uint32_t root, const std::string& path, Span span) {
  const Place place = place_of(report, root, path, span);
  return place.path + ":" + std::to_string(place.start.line);
}

}  // namespace keyless
