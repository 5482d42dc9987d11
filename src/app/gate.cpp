#include "app/gate.h"

#include <algorithm>
#include <chrono>
#include <ctime>

#include "output/report_index.h"
#include "output/summary.h"

namespace keyless {

namespace {

void apply_baseline(Report& report, uint32_t root, const Baseline& baseline) {
  const BaselineMatch match = match_baseline(baseline, report, root);
  for (const Finding& finding : report.findings)
    if (finding.root == root && match.old.contains(finding.id))
      report.gate.is_new[gate_key(finding)] = false;
  report.gate.old_findings += match.old.size();
  report.gate.fixed_findings += match.fixed.size();
  report.gate.has_baseline = true;
}

// What the base of a comparison has is old too, also under another path.
void apply_base(Report& report, uint32_t root, const Report& before) {
  const BaselineMatch match = match_baseline(baseline_of(before, root), report, root);
  for (const Finding& finding : report.findings) {
    if (finding.root != root || !match.old.contains(finding.id)) continue;
    bool& is_new = report.gate.is_new[gate_key(finding)];
    if (is_new) ++report.gate.old_findings;
    is_new = false;
  }
  report.gate.fixed_findings += match.fixed.size();
}

std::vector<PlacedException> at(const std::vector<std::vector<PlacedException>>* all,
                                uint32_t root) {
  return all == nullptr || root >= all->size() ? std::vector<PlacedException>{} : (*all)[root];
}

// What exceptions excuse and what is wrong with them. The base of a comparison had its own faults,
// and nobody is to be stopped by those.
void apply_exceptions(Report& report, uint32_t root, const GateInput& input) {
  static const RuleSet no_rules;
  const RuleSet& rules = input.rules == nullptr ? no_rules : *input.rules;
  const Configuration& configuration = (*input.configurations)[root];
  SortedExceptions exceptions{at(input.exceptions, root), {}};
  std::vector<Change> changes;
  std::vector<Change> old_problems;
  if (input.before) {
    const auto before = at(input.before->exceptions, root);
    exceptions = compare_exceptions(before, exceptions.known);
    if (root < input.before->changes->size()) changes = (*input.before->changes)[root];
    for (const PlacedException& placed : exceptions.added)
      changes.push_back({"exception-added", placed.path, placed.exception.line,
                         placed.exception.span, placed.exception.rule, placed.exception.rule});
    old_problems =
        excuse(*input.before->report, root, configuration, before, rules, input.today).problems;
  }
  for (const std::string& key : add_changes(report, root, changes, rules, configuration))
    report.gate.is_new[key] = true;
  const Excused excused = excuse(report, root, configuration, exceptions.known, rules, input.today);
  report.gate.excepted.insert(excused.by_key.begin(), excused.by_key.end());
  const auto was_there = [&](const Change& change) {
    return std::ranges::any_of(old_problems, [&](const Change& old) {
      return old.kind == change.kind && old.path == change.path && old.subject == change.subject;
    });
  };
  for (const bool old : {true, false}) {
    std::vector<Change> some;
    for (const Change& change : excused.problems)
      if (was_there(change) == old) some.push_back(change);
    for (const std::string& key : add_changes(report, root, some, rules, configuration))
      report.gate.is_new[key] = !old;
  }
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
  if (input.before) {
    report.gate.has_baseline = true;
    report.gate.compared_with = input.before->words;
  }
  for (const Finding& finding : report.findings) report.gate.is_new[gate_key(finding)] = true;
  for (uint32_t root = 0; root < report.roots.size(); ++root) {
    if (root < input.baselines.size() && input.baselines[root])
      apply_baseline(report, root, *input.baselines[root]);
    if (input.before) apply_base(report, root, *input.before->report);
    if (root < input.configurations->size()) apply_exceptions(report, root, input);
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
