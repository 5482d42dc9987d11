#include "app/pipeline.h"

namespace keyless {

Result<Report> run_scan(const ScanOptions& options, const RuleSet&,
                        const std::vector<Configuration>&) {
  Report report;
  report.version = KEYLESS_VERSION;
  for (const Root& root : options.roots) {
    report.roots.push_back({root.id, root.commit});
    report.files.emplace_back();
  }
  return report;
}

}  // namespace keyless
