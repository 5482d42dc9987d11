#include "output/summary.h"

#include <fmt/format.h>

#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "output/printable.h"
#include "output/report_index.h"
#include "syntax/languages.h"

namespace keyless {

namespace {

std::string counted(uint64_t number, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

// "lost: python 1, yaml 1: b.py:3, c.yaml and 2 more" for the files with such a diagnostic.
std::string files_text(const Report& report, Problem problem, std::string_view title) {
  constexpr size_t most_named = 5;
  std::map<std::string, std::string> places;  // path -> with its first line
  for (const Diagnostic& diagnostic : report.diagnostics)
    if (diagnostic.problem == problem && !diagnostic.path.empty())
      places.emplace(diagnostic.path, diagnostic.line == 0
                                          ? diagnostic.path
                                          : fmt::format("{}:{}", diagnostic.path, diagnostic.line));
  if (places.empty()) return {};
  std::map<std::string_view, size_t> languages;
  std::vector<std::string> named;
  for (const auto& [path, place] : places) {
    const LanguageRow* row = language_of(path);
    ++languages[row == nullptr ? "other" : row->name];
    if (named.size() < most_named) named.push_back(place);
  }
  std::vector<std::string> counts;
  counts.reserve(languages.size());
  for (const auto& [language, files] : languages)
    counts.push_back(fmt::format("{} {}", language, files));
  std::string text =
      fmt::format("coverage: {}: {}: {}", title, join(counts, ", "), printable(join(named, ", ")));
  if (places.size() > named.size())
    text += fmt::format(" and {} more", places.size() - named.size());
  return text + "\n";
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
  text += files_text(report, Problem::lost_file, "lost");
  text += files_text(report, Problem::incomplete, "analysed in part");
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
    text += fmt::format("{}: {} old, {} new, {} fixed\n",
                        report.gate.compared_with.empty()
                            ? std::string("baseline")
                            : "compared with " + report.gate.compared_with,
                        report.gate.old_findings, counts.new_findings, report.gate.fixed_findings);
  return text + coverage_text(report);
}

}  // namespace keyless
