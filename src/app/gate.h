// The gate: which findings are new, excepted and blocking.
// Promises to write Report::gate and diagnostics only; findings stay as judge wrote them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/baseline.h"
#include "app/configuration.h"
#include "app/exit_codes.h"
#include "output/report.h"
#include "rule/category.h"

namespace keyless {

struct GateInput {
  std::optional<Severity> fail_on;                   // nothing: never block
  std::vector<std::optional<Baseline>> baselines;    // by root
  const std::vector<Configuration>* configurations;  // by root; not owned
  std::string today;                                 // YYYY-MM-DD
};

// Says of every exception that is expired or fits nothing so in a note.
void decide_gate(Report& report, const GateInput& input);

// What a scan with this report answers; `min_coverage` in percent.
ExitCode exit_code_of(const Report& report, double min_coverage);

// The day in UTC, YYYY-MM-DD.
std::string today();

}  // namespace keyless
