#include "app/change_findings.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "base/hash.h"
#include "base/redacted.h"
#include "output/place.h"

namespace keyless {

namespace {

const Rule* rule_of(std::string_view kind, const RuleSet& rules) {
  const auto found = std::ranges::find_if(rules.rules, [&](const Rule& rule) {
    return rule.match.kind == MatchKind::change && rule.match.change == kind;
  });
  return found == rules.rules.end() ? nullptr : &*found;
}

Severity severity_of(const Rule& rule, const Configuration& configuration) {
  if (const auto own = configuration.severity.find(rule.id); own != configuration.severity.end())
    return own->second;
  return rule.match.severity == "high"     ? Severity::high
         : rule.match.severity == "medium" ? Severity::medium
                                           : Severity::low;
}

Span span_of(const Change& change, const Report& report, uint32_t root) {
  if (change.span.end > change.span.begin || change.line == 0) return change.span;
  const ReportFile* file = file_of(report, root, change.path);
  return file == nullptr ? Span{} : file->lines.line_in_text(change.line);
}

}  // namespace

std::vector<std::string> add_changes(Report& report, uint32_t root,
                                     const std::vector<Change>& changes, const RuleSet& rules,
                                     const Configuration& configuration) {
  std::vector<std::string> keys;
  std::map<std::string, int> seen;
  for (const Change& change : changes) {
    const Rule* rule = rule_of(change.kind, rules);
    if (rule == nullptr ||
        std::ranges::find(configuration.rules_off, rule->id) != configuration.rules_off.end())
      continue;
    Finding finding;
    finding.rule = rule->id;
    finding.category = rule->category;
    finding.severity = severity_of(*rule, configuration);
    finding.message = rule->message;
    if (!change.words.empty()) finding.message += " (" + mask_keys(change.words) + ")";
    finding.root = root;
    finding.path = change.path;
    finding.span = span_of(change, report, root);
    finding.extent.span = finding.span;
    finding.symbol = mask_keys(change.subject);
    const std::string key = finding.rule + '\n' + finding.path + "\n\n" + finding.symbol;
    finding.id = sha256_hex(key + '\n' + std::to_string(seen[key]++)).substr(0, 16);
    keys.push_back(gate_key(finding));
    report.findings.push_back(std::move(finding));
    if (std::ranges::find(report.rules, rule) == report.rules.end()) report.rules.push_back(rule);
  }
  if (keys.empty()) return keys;
  std::ranges::stable_sort(report.findings, [](const Finding& a, const Finding& b) {
    return std::tie(a.root, a.path, a.span, a.rule) < std::tie(b.root, b.path, b.span, b.rule);
  });
  return keys;
}

}  // namespace keyless
