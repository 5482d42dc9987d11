// Earlier results of `scan --format json` or `report --format json`, for the trend of a report.
// A file is the user's own, but read as if it were not: bounded in size and depth, never trusted.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "output/audit.h"

namespace keyless {

// `path` as given; its last part without ".json" is the run's label.
Result<EarlierRun> read_earlier_run(std::string_view text, const std::string& path);

}  // namespace keyless
