// printable: text of a scanned repository, made harmless for a terminal and in the log of a pipeline.
// Promises no control character, bidirectional override, invalid UTF-8 or command in what it returns.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace keyless {

// Escapes as \xNN (bytes) or \u{N} (code points); tab, line feed and return as \t, \n, \r.
std::string printable(std::string_view text);

// The same with tabs as one space, for a quoted line: a column stays a column.
std::string printable_line(std::string_view line);

// Number of code points in UTF-8 `text`; a byte that is not UTF-8 counts as one.
size_t code_points(std::string_view text);

// Bytes of the first character of `text`, which is not empty; 0 when it is not UTF-8.
size_t character_size(std::string_view text);

}  // namespace keyless
