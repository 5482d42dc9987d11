#include "output/audit.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "output/node_label.h"

namespace keyless {

std::string_view to_string(AuditState state) {
  return audit_states[static_cast<size_t>(state)];
}

uint64_t StateCounts::all() const {
  return std::accumulate(by_state.begin(), by_state.end(), uint64_t{0});
}

namespace {

AuditState state_of(const Report& report, const Finding& finding) {
  if (report.gate.excepted.contains(gate_key(finding))) return AuditState::excepted;
  if (is_blocking(report, finding)) return AuditState::blocking;
  if (is_old(report, finding)) return AuditState::baseline;
  if (finding.verdict == Verdict::cannot_migrate) return AuditState::cannot_migrate;
  return AuditState::open;
}

void add_accounts(Audit& audit, std::unordered_map<std::string_view, size_t>& by_id) {
  const Report& report = *audit.report;
  for (const Lineage& lineage : report.lineages) {
    if (lineage.findings.empty()) continue;
    by_id.emplace(lineage.id, audit.accounts.size());
    AuditAccount account;
    account.lineage = &lineage;
    account.label = node_label(audit.index.node(lineage.root), lineage.root);
    account.place = short_place(report, lineage.root_index, lineage.path, lineage.span);
    audit.accounts.push_back(std::move(account));
  }
}

void add_findings(Audit& audit, const std::unordered_map<std::string_view, size_t>& by_id) {
  const Report& report = *audit.report;
  for (const Finding& finding : report.findings) {
    AuditFinding row;
    row.finding = &finding;
    row.state = state_of(report, finding);
    row.place = place_of(report, finding.root, finding.path, finding.span);
    if (const auto found = report.gate.excepted.find(gate_key(finding));
        found != report.gate.excepted.end())
      row.exception = found->second;
    const size_t at = audit.findings.size();
    audit.counts.add(row.state);
    if (const auto account = by_id.find(finding.lineage); account != by_id.end()) {
      row.account = account->second;
      audit.accounts[row.account].counts.add(row.state);
      audit.accounts[row.account].findings.push_back(at);
    }
    audit.findings.push_back(std::move(row));
  }
}

void add_controls(Audit& audit) {
  for (const Control& control : audit.controls->controls) {
    AuditControl row;
    row.control = &control;
    row.framework = &audit.controls->frameworks[control.framework];
    for (size_t at = 0; at < audit.findings.size(); ++at) {
      if (!control.covers(audit.findings[at].finding->category)) continue;
      row.counts.add(audit.findings[at].state);
      row.findings.push_back(at);
    }
    audit.controls_hit.push_back(std::move(row));
  }
}

EarlierRun this_run(const Audit& audit) {
  EarlierRun run;
  run.label = "this run";
  for (const AuditFinding& row : audit.findings)
    run.findings.emplace(row.finding->id, row.finding->severity);
  const Counts counts = count(*audit.report);
  run.blocking = counts.blocking;
  run.lineages = counts.lineages;
  return run;
}

uint64_t missing_in(const EarlierRun& run, const EarlierRun& other) {
  return static_cast<uint64_t>(std::ranges::count_if(
      run.findings, [&](const auto& entry) { return !other.findings.contains(entry.first); }));
}

void add_trend(Audit& audit, std::vector<EarlierRun> runs) {
  if (runs.empty()) return;
  runs.push_back(this_run(audit));
  for (size_t at = 0; at < runs.size(); ++at) {
    AuditTrend point;
    point.label = runs[at].label;
    for (const auto& [id, severity] : runs[at].findings)
      ++point.by_severity[static_cast<size_t>(severity)];
    point.blocking = runs[at].blocking;
    point.lineages = runs[at].lineages;
    if (at > 0) {
      point.appeared = missing_in(runs[at], runs[at - 1]);
      point.gone = missing_in(runs[at - 1], runs[at]);
    }
    audit.trend.push_back(std::move(point));
  }
}

}  // namespace

Audit::Audit(const AuditInput& input)
    : report(input.report),
      controls(input.controls),
      date(input.date),
      rules_digest(input.rules_digest),
      index(*input.report) {
  std::unordered_map<std::string_view, size_t> by_id;
  add_accounts(*this, by_id);
  add_findings(*this, by_id);
  add_controls(*this);
  add_trend(*this, input.earlier);
}

}  // namespace keyless
