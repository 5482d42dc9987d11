#include "output/summary.h"

#include <fmt/format.h>

#include <set>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "output/printable.h"
#include "output/report_index.h"

namespace keyless {

namespace {

std::string counted(uint64_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

std::string coverage_text(const Report& report) {
  const Coverage& coverage = report.coverage;
  const CoverageTotals total = totals(coverage);
  std::string text =
      fmt::format("coverage: {}: {} parsed, {} searched only, {} not read",
                  counted(total.parsed + total.text_only + total.not_read, "file", "files"),
                  total.parsed, total.text_only, total.not_read);
  std::vector<std::string> reasons;
  for (const auto& [reason, files] : coverage.not_read)
    if (files > 0) reasons.push_back(fmt::format("{} {}", files, reason));
  if (!reasons.empty()) text += " (" + join(reasons, ", ") + ")";
  text += fmt::format(", {} lost", total.lost);
  text += "\n";
  if (!coverage.open_frontier.empty())
    text +=
        "coverage: not searched any more: " + printable(join(coverage.open_frontier, ", ")) + "\n";
  return text;
}

}  // namespace

double CoverageTotals::percent() const {
  const uint64_t wanted = parsed + text_only + lost;
  if (wanted == 0) return 100;
  return 100.0 * static_cast<double>(parsed + text_only) / static_cast<double>(wanted);
}

Counts count(const Report& report) {
  Counts counts;
  std::set<std::string_view> lineages;
  std::set<std::string_view> blocking;
  for (const Finding& finding : report.findings) {
    const std::string_view unit = finding.lineage.empty() ? finding.id : finding.lineage;
    if (!finding.lineage.empty()) lineages.insert(finding.lineage);
    ++counts.findings;
    if (!is_old(report, finding)) ++counts.new_findings;
    if (!is_blocking(report, finding)) continue;
    ++counts.blocking;
    blocking.insert(unit);
  }
  counts.lineages = lineages.size();
  counts.blocking_lineages = blocking.size();
  counts.leads = report.leads.size();
  return counts;
}

CoverageTotals totals(const Coverage& coverage) {
  CoverageTotals total;
  for (const CoverageRow& row : coverage.languages) {
    total.parsed += row.parsed;
    total.text_only += row.text_only;
    total.lost += row.lost;
  }
  for (const auto& [reason, files] : coverage.not_read) total.not_read += files;
  return total;
}

std::string summary_text(const Report& report, bool leads_listed, const Style& style) {
  const Counts counts = count(report);
  std::string text = style.bold(
      fmt::format("{}, {} ({} blocking), {}", counted(counts.lineages, "lineage", "lineages"),
                  counted(counts.findings, "finding", "findings"), counts.blocking,
                  counted(counts.leads, "lead", "leads")));
  if (counts.leads > 0 && !leads_listed) text += "; --leads lists the leads";
  text += "\n";
  if (report.gate.has_baseline)
    text += fmt::format("baseline: {} old, {} new, {} fixed\n", report.gate.old_findings,
                        counts.new_findings, report.gate.fixed_findings);
  return text + coverage_text(report);
}

}  // namespace keyless
