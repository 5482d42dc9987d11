// The pipeline: from roots to the Report, before the gate has judged it.
// Configurations and roots are parallel; the rules hold what the configurations add to them.
#pragma once

#include <vector>

#include "app/configuration.h"
#include "app/options.h"
#include "base/file_system.h"
#include "base/result.h"
#include "lineage/project.h"
#include "output/report.h"
#include "rule/load.h"
#include "source/attributes.h"
#include "source/file_set.h"

namespace keyless {

// What a scan of one root leaves behind for a rewrite.
struct ScannedRoot {
  std::unique_ptr<FileSystem> files;
  FileSet set;  // the project's paths point into it
  Attributes attributes;
  std::unique_ptr<Project> project;
};

// The report points into `rules`, which must outlive it. `keep`: takes what each root's scan has read.
Result<Report> run_scan(const ScanOptions& options, const RuleSet& rules,
                        const std::vector<Configuration>& configurations,
                        std::vector<ScannedRoot>* keep = nullptr);

}  // namespace keyless
