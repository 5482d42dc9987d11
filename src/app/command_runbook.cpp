#include "app/access_log.h"
#include "app/commands.h"
#include "app/console.h"
#include "app/gate.h"
#include "app/run.h"
#include "app/runbook.h"
#include "app/runbook_formats.h"
#include "app/text_file.h"
#include "base/text.h"

namespace keyless {

namespace {

constexpr size_t longest_log = 256U << 20U;  // a day of a busy account, and room

ExitCode read_logs(const Options& options, const LogWords& words) {
  AccessTally tally(words);
  for (const std::string& path : options.logs) {
    const auto text = read_given_file(path, longest_log);
    if (!text) return give_up({text.error()});
    const auto added = tally.add(*text, std::string(after_last(path, '/')));
    if (!added) return give_up({added.error()});
  }
  const AccessLog log = tally.take();
  const ExitCode code = options.check && !only_tokens(log) ? ExitCode::findings : ExitCode::clean;
  return deliver(
      options.format == "json" ? write_access_log_json(log) : write_access_log_markdown(log),
      options, code);
}

}  // namespace

ExitCode run_runbook_command(const Options& options) {
  const auto templates = RunbookTemplates::load_embedded();
  if (!templates) return give_up({templates.error()});
  if (!options.logs.empty()) return read_logs(options, templates->log);
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
