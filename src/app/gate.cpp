#include "app/gate.h"

#include <algorithm>
#include <chrono>
#include <ctime>

#include "base/glob.h"
#include "output/report_index.h"
#include "output/summary.h"

namespace keyless {

namespace {

std::string words_of(const Exception& exception) {
  return exception.reason + " (" + exception.owner + ", " + exception.ticket + ", until " +
         exception.until + ")";
}

void apply_exceptions(Report& report, uint32_t root, const Configuration& configuration,
                      const std::string& today) {
  for (const Exception& exception : configuration.exceptions) {
    const auto note = [&](std::string message, std::string mend) {
      report.diagnostics.push_back(Diagnostic{Problem::note, configuration.path, exception.line,
                                              std::move(message), std::move(mend)});
    };
    const auto glob = Glob::parse(exception.path);
    if (!glob) continue;                           // parse_configuration has refused it
    const bool expired = exception.until < today;  // both YYYY-MM-DD
    size_t fits = 0;
    for (const Finding& finding : report.findings) {
      if (finding.root != root || finding.rule != exception.rule || !glob->covers(finding.path))
        continue;
      ++fits;
      if (!expired) report.gate.excepted.emplace(gate_key(finding), words_of(exception));
    }
    if (fits == 0)
      note("the exception for " + exception.rule + " fits no finding", "remove it");
    else if (expired)
      note("the exception for " + exception.rule + " expired on " + exception.until,
           "mend the finding, or agree on a new date with " + exception.owner);
  }
}

void apply_baseline(Report& report, uint32_t root, const Baseline& baseline) {
  const BaselineMatch match = match_baseline(baseline, report, root);
  for (const Finding& finding : report.findings)
    if (finding.root == root && match.old.contains(finding.id))
      report.gate.is_new[gate_key(finding)] = false;
  report.gate.old_findings += match.old.size();
  report.gate.fixed_findings += match.fixed.size();
  report.gate.has_baseline = true;
}

bool blocks(const Report& report, const Finding& finding, Severity fail_on) {
  if (!finding.tracked || is_old(report, finding)) return false;
  if (report.gate.excepted.contains(gate_key(finding))) return false;
  if (finding.test_code && finding.category != Category::key_literal) return false;
  if (finding.category == Category::key_doc) return false;
  if (finding.verdict == Verdict::lead) return false;
  if (finding.verdict == Verdict::cannot_migrate) return fail_on == Severity::low;
  return finding.severity >= fail_on;
}

}  // namespace

void decide_gate(Report& report, const GateInput& input) {
  report.gate = {};
  for (const Finding& finding : report.findings) report.gate.is_new[gate_key(finding)] = true;
  for (uint32_t root = 0; root < report.roots.size(); ++root) {
    if (root < input.baselines.size() && input.baselines[root])
      apply_baseline(report, root, *input.baselines[root]);
    if (root < input.configurations->size())
      apply_exceptions(report, root, (*input.configurations)[root], input.today);
  }
  for (const Finding& finding : report.findings)
    report.gate.blocking[gate_key(finding)] =
        input.fail_on && blocks(report, finding, *input.fail_on);
}

ExitCode exit_code_of(const Report& report, double min_coverage) {
  const auto any = [&](Problem problem) {
    return std::ranges::any_of(report.diagnostics, [&](const Diagnostic& diagnostic) {
      return diagnostic.problem == problem;
    });
  };
  if (any(Problem::internal)) return ExitCode::internal;
  if (any(Problem::bad_input)) return ExitCode::bad_input;
  if (std::ranges::any_of(report.gate.blocking, [](const auto& entry) { return entry.second; }))
    return ExitCode::findings;
  const bool lost = any(Problem::lost_file) || !report.coverage.open_frontier.empty() ||
                    totals(report.coverage).percent() < min_coverage;
  return lost ? ExitCode::incomplete : ExitCode::clean;
}

std::string today() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  gmtime_r(&now, &parts);
  constexpr size_t size = 16;
  char text[size];
  const size_t length = std::strftime(text, size, "%Y-%m-%d", &parts);
  return {text, length};
}

}  // namespace keyless
