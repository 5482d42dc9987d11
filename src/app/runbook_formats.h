// The formats of `runbook`: names for the command line, and the writer behind each.
// Promises that every name of the table is written, the first by default.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "output/runbook.h"
#include "output/writers.h"

namespace keyless {

std::span<const Writer> runbook_formats();

// `format` as on the command line; any other word is the default.
std::string write_runbook(const Runbook& runbook, const RunbookTemplates& templates,
                          std::string_view format);

}  // namespace keyless
