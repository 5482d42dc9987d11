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

// The report points into `rules`, which must outlive it. `keep`: takes what each root's scan has read.
Result<Report> run_scan(const ScanOptions& options, const RuleSet& rules,
                        const std::vector<Configuration>& configurations,
                        std::vector<ScannedRoot>* keep = nullptr);

}  // namespace keyless
