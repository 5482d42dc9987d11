// log_file: an exported diagnostic log as rows of columns, whatever form it was exported in.
// Promises bounds on depth and on the size of a record, and to count what it cannot read.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace keyless {

// Columns by name in lower case, without the " [UTC]" of a portal's export; an object within a
// record is its JSON text.
using LogRow = std::vector<std::pair<std::string, std::string>>;

struct LogReading {
  std::string format;  // "JSON lines", "JSON", "CSV"
  uint64_t records = 0;
  uint64_t unreadable = 0;
  uint32_t first_unreadable = 0;  // 1-based line, or element of an array
};

// Reads `text` (UTF-8, or UTF-16 with its mark) and hands each record on. JSON lines, an array, an
// object with "records", what the query API answers ("tables"), or CSV with a header that has one of
// `columns`. Fails for anything else; `path` is for errors only.
Result<LogReading> read_log(std::string_view text, const std::string& path,
                            const std::vector<std::string>& columns,
                            const std::function<void(const LogRow&)>& take);

}  // namespace keyless
