// Run: everything one scanning command works on, from the paths it was given to the report.
// The report points into the rules, so both live in one object that does not move.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

#include "app/baseline.h"
#include "app/configuration.h"
#include "app/diff_base.h"
#include "app/options.h"
#include "app/pipeline.h"
#include "app/run_rules.h"
#include "base/diagnostic.h"
#include "output/report.h"
#include "rule/load.h"
#include "source/root.h"

namespace keyless {

// The other side of a comparison, scanned with the same rules and configurations.
struct Comparison {
  DiffBase base;
  Scanned before;
};

struct Run {
  std::vector<Root> roots;
  // Where configuration, baseline and rules of each root are read: on disk, or at the base of a
  // comparison, so that a change cannot decide how it is judged.
  RootFiles settings;
  std::vector<Configuration> configurations;  // by root
  RuleSet rules;
  Report report;                                         // the gate is not decided yet
  std::vector<std::vector<PlacedException>> exceptions;  // in comments, by root
  std::vector<ScannedRoot> scanned;                      // by root, when it was asked for
  std::optional<Comparison> comparison;
};

// Resolves the paths, reads configurations and rules, scans. All problems are returned.
tl::expected<std::unique_ptr<Run>, std::vector<Diagnostic>> run_pipeline(const Options& options,
                                                                         bool keep = false);

// The baseline of each root, where there is one. With --baseline the one root's comes from there.
Result<std::vector<std::optional<Baseline>>> load_baselines(const Run& run, const Options& options);

}  // namespace keyless
