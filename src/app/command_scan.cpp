#include "app/commands.h"
#include "app/console.h"
#include "app/gate.h"
#include "app/run.h"

namespace keyless {

ExitCode run_scan_command(const Options& options) {
  const auto run = run_pipeline(options);
  if (!run) return give_up(run.error());
  Report& report = (*run)->report;
  auto baselines = load_baselines(**run, options);
  if (!baselines) return give_up({baselines.error()});
  decide_gate(report,
              GateInput{options.fail_on, std::move(*baselines), &(*run)->configurations, today()});
  const Writer* writer = find_writer(scan_writers(), options.format);
  const std::string result = writer->write(report, {use_color(options), options.leads});
  report_diagnostics(report.diagnostics, options);
  return deliver(result, options, exit_code_of(report, options.min_coverage));
}

}  // namespace keyless
