// The gate: which findings are new, excepted and blocking.
// Promises that findings stay as judge wrote them; those of rules about changes are added.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/baseline.h"
#include "app/configuration.h"
#include "app/exceptions.h"
#include "app/exit_codes.h"
#include "app/pipeline.h"
#include "output/report.h"
#include "rule/category.h"
#include "rule/load.h"

namespace keyless {

// The other side of a comparison. Not owned.
struct GateBase {
  const Report* report = nullptr;
  const std::vector<std::vector<PlacedException>>* exceptions = nullptr;  // by root
  const std::vector<std::vector<Change>>* changes = nullptr;  // that weaken the check, by root
  std::string words;                                          // what was compared with
};

struct GateInput {
  std::optional<Severity> fail_on;                                        // nothing: never block
  std::vector<std::optional<Baseline>> baselines;                         // by root
  const std::vector<Configuration>* configurations;                       // by root; not owned
  std::string today;                                                      // YYYY-MM-DD
  const RuleSet* rules = nullptr;                                         // must outlive the report
  const std::vector<std::vector<PlacedException>>* exceptions = nullptr;  // in comments, by root
  std::optional<GateBase> before = {};
};

// Adds findings for what weakens the check and for exceptions that do not hold. In a comparison an
// exception that is new does not count yet.
void decide_gate(Report& report, const GateInput& input);

// What a scan with this report answers; `min_coverage` in percent.
ExitCode exit_code_of(const Report& report, double min_coverage);

// The day in UTC, YYYY-MM-DD.
std::string today();

}  // namespace keyless
