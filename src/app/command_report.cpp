#include <fmt/format.h>

#include "app/commands.h"
#include "app/console.h"
#include "app/evidence.h"
#include "app/gate.h"
#include "app/report_formats.h"
#include "app/run.h"
#include "app/text_file.h"
#include "app/trend_file.h"
#include "base/hash.h"
#include "output/printable.h"
#include "rule/embedded.h"

namespace keyless {

namespace {

ExitCode verify(const Options& options) {
  const auto differences = check_evidence(options.verify_dir);
  if (!differences) return give_up({differences.error()});
  std::string text;
  for (const std::string& difference : *differences) text += printable(difference) + "\n";
  if (text.empty()) text = "every file is as the manifest says\n";
  return deliver(text, options, differences->empty() ? ExitCode::clean : ExitCode::findings);
}

// Answers with the manifest's own digest: kept elsewhere, it vouches for the whole folder.
ExitCode write_folder(const Run& run, const Audit& audit, const Options& options) {
  const auto folder = empty_folder(options.evidence_dir, run.roots);
  if (!folder) return give_up({folder.error()});
  const auto files = evidence_files(run, audit, options);
  if (!files) return give_up({files.error()});
  const auto manifest = write_evidence(*folder, *files);
  if (!manifest) return give_up({manifest.error()});
  return deliver(fmt::format("{}  {}\n", sha256_hex(*manifest), manifest_file), options,
                 ExitCode::clean);
}

}  // namespace

ExitCode run_report_command(const Options& options) {
  if (!options.verify_dir.empty()) return verify(options);
  AuditInput input;
  for (const std::string& path : options.trend) {
    const auto text = read_given_file(path);
    if (!text) return give_up({text.error()});
    auto earlier = read_earlier_run(*text, path);
    if (!earlier) return give_up({earlier.error()});
    input.earlier.push_back(std::move(*earlier));
  }
  const auto controls = Controls::load_embedded();
  if (!controls) return give_up({controls.error()});
  const auto run = run_pipeline(options);
  if (!run) return give_up(run.error());
  Report& report = (*run)->report;
  auto baselines = load_baselines(**run, options);
  if (!baselines) return give_up({baselines.error()});
  // With a date exceptions are judged on that day, so the same call gives the same bytes later.
  decide_gate(report, GateInput{options.fail_on, std::move(*baselines), &(*run)->configurations,
                                options.date.empty() ? today() : options.date});
  input.report = &report;
  input.controls = &*controls;
  input.date = options.date;
  input.rules_digest = embedded_rules_digest();
  report_diagnostics(report.diagnostics, options);
  const Audit audit(input);
  if (!options.evidence_dir.empty()) return write_folder(**run, audit, options);
  return deliver(write_audit(audit, options.format), options, ExitCode::clean);
}

}  // namespace keyless
