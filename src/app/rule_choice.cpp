#include "app/rule_choice.h"

#include <algorithm>
#include <unordered_map>

namespace keyless {

namespace {

const Configuration& of(const std::vector<Configuration>& configurations, const Finding& finding) {
  return configurations[finding.root];
}

bool is_off(const std::vector<Configuration>& configurations, const Finding& finding) {
  const auto& off = of(configurations, finding).rules_off;
  return std::ranges::find(off, finding.rule) != off.end();
}

// What is left of the lineages, and how severe it is.
void shrink_lineages(Report& report) {
  std::unordered_map<std::string_view, Severity> left;
  for (const Finding& finding : report.findings) left.emplace(finding.id, finding.severity);
  for (const Finding& lead : report.leads) left.emplace(lead.id, Severity::low);
  for (Lineage& lineage : report.lineages) {
    std::erase_if(lineage.findings, [&](const std::string& id) { return !left.contains(id); });
    lineage.severity = Severity::low;
    for (const std::string& id : lineage.findings)
      lineage.severity = std::max(lineage.severity, left.at(id));
  }
  std::erase_if(report.lineages, [](const Lineage& lineage) { return lineage.findings.empty(); });
}

}  // namespace

void apply_rule_choice(Report& report, const std::vector<Configuration>& configurations) {
  const bool chosen = std::ranges::any_of(configurations, [](const Configuration& configuration) {
    return !configuration.rules_off.empty() || !configuration.severity.empty();
  });
  if (!chosen) return;
  for (auto* findings : {&report.findings, &report.leads})
    std::erase_if(*findings,
                  [&](const Finding& finding) { return is_off(configurations, finding); });
  for (Finding& finding : report.findings) {
    const auto& severity = of(configurations, finding).severity;
    const auto found = severity.find(finding.rule);
    if (found != severity.end()) finding.severity = found->second;
  }
  shrink_lineages(report);
  std::erase_if(report.rules, [&](const Rule* rule) {
    const auto uses = [&](const Finding& finding) { return finding.rule == rule->id; };
    return std::ranges::none_of(report.findings, uses) && std::ranges::none_of(report.leads, uses);
  });
}

}  // namespace keyless
