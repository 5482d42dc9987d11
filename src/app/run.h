// Run: everything one scanning command works on, from the paths it was given to the report.
// The report points into the rules, so both live in one object that does not move.
#pragma once

#include <memory>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "app/baseline.h"
#include "app/configuration.h"
#include "app/options.h"
#include "app/pipeline.h"
#include "base/diagnostic.h"
#include "output/report.h"
#include "rule/load.h"
#include "source/root.h"

namespace keyless {

struct Run {
  std::vector<Root> roots;
  std::vector<Configuration> configurations;  // by root
  RuleSet rules;
  Report report;                     // the gate is not decided yet
  std::vector<ScannedRoot> scanned;  // by root, when it was asked for
};

// Resolves the paths, reads configurations and rules, scans. All problems are returned.
tl::expected<std::unique_ptr<Run>, std::vector<Diagnostic>> run_pipeline(const Options& options,
                                                                         bool keep = false);

// The baseline of each root, where there is one. With --baseline the one root's comes from there.
Result<std::vector<std::optional<Baseline>>> load_baselines(const Run& run, const Options& options);

}  // namespace keyless
