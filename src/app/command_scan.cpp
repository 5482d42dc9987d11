#include "app/commands.h"
#include "app/console.h"
#include "app/gate.h"
#include "app/governance.h"
#include "app/run.h"

namespace keyless {

namespace {

// Lines for the files that changes name, where no finding of the scan has brought them in.
void read_changed_files(Run& run, const std::vector<std::vector<Change>>& changes) {
  for (size_t root = 0; root < changes.size(); ++root) {
    std::vector<std::string> paths;
    for (const Change& change : changes[root])
      if (!run.report.files[root].contains(change.path)) paths.push_back(change.path);
    const ScannedRoot& scanned = run.scanned[root];
    run.report.files[root].merge(read_report_files(*scanned.files, scanned.attributes, paths));
  }
}

}  // namespace

ExitCode run_scan_command(const Options& options) {
  const auto run = run_pipeline(options);
  if (!run) return give_up(run.error());
  Report& report = (*run)->report;
  auto baselines = load_baselines(**run, options);
  if (!baselines) return give_up({baselines.error()});

  GateInput input{options.fail_on,
                  std::move(*baselines),
                  &(*run)->configurations,
                  today(),
                  &(*run)->rules,
                  &(*run)->exceptions,
                  {}};
  std::vector<std::vector<Change>> changes;
  if ((*run)->comparison) {
    const Comparison& comparison = *(*run)->comparison;
    changes = weakening_changes(**run, options);
    read_changed_files(**run, changes);
    input.before = GateBase{&comparison.before.report, &comparison.before.exceptions, &changes,
                            comparison.base.words};
  }
  decide_gate(report, input);
  const Writer* writer = find_writer(scan_writers(), options.format);
  const std::string result =
      writer->write(report, {use_color(options), options.leads, options.sarif_profile,
                             pipeline_run(process_environment)});
  report_diagnostics(report.diagnostics, options);
  return deliver(result, options, exit_code_of(report, options.min_coverage));
}

}  // namespace keyless
