// The pipeline: from roots to the Report, before the gate has judged it.
// Configurations and roots are parallel; the rules hold what the configurations add to them.
#pragma once

#include <vector>

#include "app/configuration.h"
#include "app/options.h"
#include "app/scan_root.h"
#include "base/result.h"
#include "output/report.h"
#include "rule/load.h"

namespace keyless {

struct PlacedException {
  std::string path;
  InlineException exception;
};

struct Scanned {
  Report report;
  std::vector<std::vector<PlacedException>> exceptions;  // by root, in the order of the paths
  std::vector<ScannedRoot> roots;                        // what was read; when it is to be kept
};

// The report points into `rules`, which must outlive it.
Result<Scanned> run_scan(const ScanOptions& options, const RuleSet& rules,
                         const std::vector<Configuration>& configurations, bool keep = false);

}  // namespace keyless
