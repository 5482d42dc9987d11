// why: every edge that leads to one place, and what would prove each edge wrong.
// Promises to name a file and a line for both ends of every edge it prints.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "output/report.h"
#include "output/writers.h"

namespace keyless {

// `path` as the writers show it, `line` 1-based. Nothing when no finding, lead, trace or edge
// touches that line.
std::optional<std::string> write_why(const Report& report, const WriterOptions& options,
                                     const std::string& path, uint32_t line);

}  // namespace keyless
