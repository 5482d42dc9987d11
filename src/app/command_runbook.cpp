#include "app/commands.h"
#include "app/console.h"
#include "app/gate.h"
#include "app/run.h"
#include "app/runbook.h"
#include "app/runbook_formats.h"

namespace keyless {

ExitCode run_runbook_command(const Options& options) {
  const auto templates = RunbookTemplates::load_embedded();
  if (!templates) return give_up({templates.error()});
  // The same for every repository: nothing has to be read for them.
  if (options.format == "terraform" || options.format == "bicep")
    return deliver(write_runbook({}, *templates, options.format), options, ExitCode::clean);
  const auto run = run_pipeline(options, true);
  if (!run) return give_up(run.error());
  report_diagnostics((*run)->report.diagnostics, options);
  const auto runbook =
      make_runbook(**run, *templates, options.date.empty() ? today() : options.date);
  if (!runbook) return give_up({runbook.error()});
  return deliver(write_runbook(*runbook, *templates, options.format), options, ExitCode::clean);
}

}  // namespace keyless
