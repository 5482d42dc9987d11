#include <fmt/format.h>

#include "app/baseline.h"
#include "app/commands.h"
#include "app/console.h"
#include "app/run.h"
#include "app/text_file.h"
#include "output/place.h"
#include "output/printable.h"

namespace keyless {

namespace {

Result<void> write_for(const Run& run, uint32_t root, const Options& options,
                       const Baseline& baseline) {
  const std::string text = write_baseline(baseline);
  if (!options.baseline.empty()) return write_given_file(options.baseline, text);
  return write_text_file(run.roots[root].folder, std::string(baseline_file), text);
}

std::string counted(size_t number) {
  return fmt::format("{} {}", number, number == 1 ? "finding" : "findings");
}

std::string file_name(const Report& report, uint32_t root, const Options& options) {
  return options.baseline.empty() ? shown_path(report, root, baseline_file) : options.baseline;
}

Diagnostic no_baseline() {
  return {Problem::bad_input, std::string(baseline_file), 0, "there is no baseline",
          "`keyless baseline write` makes one"};
}

}  // namespace

ExitCode run_baseline_write_command(const Options& options) {
  const auto run = run_pipeline(options);
  if (!run) return give_up(run.error());
  report_diagnostics((*run)->report.diagnostics, options);
  if (!options.baseline.empty() && (*run)->roots.size() > 1)
    return give_up({Diagnostic{Problem::bad_input,
                               {},
                               0,
                               "--baseline names one root's baseline, and there are several",
                               {}}});
  for (uint32_t root = 0; root < (*run)->roots.size(); ++root) {
    const Baseline baseline = baseline_of((*run)->report, root);
    if (const auto written = write_for(**run, root, options, baseline); !written)
      return give_up({written.error()});
    fmt::print("{}: {}\n", printable(file_name((*run)->report, root, options)),
               counted(baseline.entries.size()));
  }
  return ExitCode::clean;
}

ExitCode run_baseline_status_command(const Options& options) {
  const auto run = run_pipeline(options);
  if (!run) return give_up(run.error());
  const Report& report = (*run)->report;
  report_diagnostics(report.diagnostics, options);
  const auto baselines = load_baselines(**run, options);
  if (!baselines) return give_up({baselines.error()});
  bool differs = false;
  std::string text;
  for (uint32_t root = 0; root < report.roots.size(); ++root) {
    if (!(*baselines)[root]) return give_up({no_baseline()});
    const BaselineMatch match = match_baseline(*(*baselines)[root], report, root);
    size_t fresh = 0;
    for (const Finding& finding : report.findings) {
      if (finding.root != root || match.old.contains(finding.id)) continue;
      ++fresh;
      text += fmt::format("new    {}  {}\n", finding.rule,
                          printable(short_place(report, root, finding.path, finding.span)));
    }
    for (const BaselineEntry& entry : match.fixed)
      text += fmt::format("fixed  {}  {}\n", printable(entry.rule),
                          printable(shown_path(report, root, entry.path)));
    text += fmt::format("{}{} old, {} new, {} fixed\n",
                        report.roots.size() > 1 ? report.roots[root].id + ": " : "",
                        match.old.size(), fresh, match.fixed.size());
    differs = differs || fresh > 0 || !match.fixed.empty();
  }
  return deliver(text, options, differs ? ExitCode::findings : ExitCode::clean);
}

ExitCode run_baseline_prune_command(const Options& options) {
  const auto run = run_pipeline(options);
  if (!run) return give_up(run.error());
  const Report& report = (*run)->report;
  report_diagnostics(report.diagnostics, options);
  const auto baselines = load_baselines(**run, options);
  if (!baselines) return give_up({baselines.error()});
  for (uint32_t root = 0; root < report.roots.size(); ++root) {
    if (!(*baselines)[root]) return give_up({no_baseline()});
    const Baseline& old = *(*baselines)[root];
    const Baseline kept = pruned(old, report, root);
    if (const auto written = write_for(**run, root, options, kept); !written)
      return give_up({written.error()});
    fmt::print("{}: {}, {} taken out\n", printable(file_name(report, root, options)),
               counted(kept.entries.size()), old.entries.size() - kept.entries.size());
  }
  return ExitCode::clean;
}

}  // namespace keyless
