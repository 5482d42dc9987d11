#include "app/commands.h"
#include "app/console.h"
#include "app/consumers.h"
#include "app/gate.h"
#include "app/run.h"
#include "app/text_file.h"

namespace keyless {

ExitCode run_consumers_command(const Options& options) {
  const auto run = run_pipeline(options, true);
  if (!run) return give_up(run.error());
  report_diagnostics((*run)->report.diagnostics, options);
  const auto consumers = list_consumers(**run, today());
  if (!consumers) return give_up({consumers.error()});
  if (!options.evidence.empty()) {
    const auto written = write_given_file(options.evidence, write_consumers_json(*consumers));
    if (!written) return give_up({written.error()});
  }
  const ExitCode code =
      options.check && !is_safe(*consumers) ? ExitCode::findings : ExitCode::clean;
  const std::string text = options.format == "json" ? write_consumers_json(*consumers)
                                                    : write_consumers_text(*consumers);
  return deliver(text, options, code);
}

}  // namespace keyless
