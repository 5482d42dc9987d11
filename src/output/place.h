// Place: a span of a report's file in the words of writers: shown path, lines, columns, quoted
// line. Promises 1-based lines and columns, also for an empty span; everything quoted is already
// masked.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/line_index.h"
#include "output/report.h"

namespace keyless {

struct Place {
  std::string path;  // as shown: root-relative, below the root's id when there are several roots
  Position start;
  Position end;  // just after the last character; a line end at the end of the span is left out
};

// The quoted line with the columns (0-based bytes of `text`) that the span covers.
struct QuotedLine {
  std::string_view text;  // lives as long as the report
  size_t mark_begin = 0;
  size_t mark_end = 0;
};

// `root` is an index into Report::roots, `path` root-relative.
std::string shown_path(const Report& report, uint32_t root, std::string_view path);

// The file of a finding or trace step; null when the report does not hold it.
const ReportFile* file_of(const Report& report, uint32_t root, const std::string& path);

// Line 1, column 1 when the report does not hold the file.
Place place_of(const Report& report, uint32_t root, const std::string& path, Span span);

// The first line of the span.
QuotedLine quoted_line(const ReportFile& file, Span span);

// "path:line"
std::string short_place(const Report& report, uint32_t root, const std::string& path, Span span);

}  // namespace keyless
