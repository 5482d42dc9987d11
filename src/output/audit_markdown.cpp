// The audit report for people who read Markdown: the tables of the page, without drawings.
#include <fmt/format.h>

#include "base/text.h"
#include "output/audit.h"
#include "output/markdown_text.h"

namespace keyless {

namespace {

std::string code_or_dash(std::string_view text) {
  return text.empty() ? "-" : markdown_code(text);
}

std::string state_cells(const StateCounts& counts) {
  std::string cells;
  for (const uint64_t number : counts.by_state) cells += fmt::format(" {} |", number);
  return cells;
}

std::string state_heads() {
  std::string heads;
  for (const std::string_view state : audit_states) heads += fmt::format(" {} |", state);
  return heads;
}

std::string head(const Audit& audit) {
  std::string text = "# Keys of Azure AI accounts: audit report\n\n";
  if (!audit.date.empty()) text += fmt::format("- Date: {}\n", markdown_text(audit.date));
  for (const ReportRoot& root : audit.report->roots)
    text +=
        fmt::format("- Repository {} at commit {}\n", markdown_code(root.id),
                    root.commit.empty() ? "unknown (not under Git)" : markdown_code(root.commit));
  text += fmt::format("- keyless {}, rules {}\n", audit.report->version,
                      markdown_code(audit.rules_digest));
  text += fmt::format("\n{} findings of {} keys.\n\n|", audit.counts.all(), audit.accounts.size());
  text += state_heads() + "\n|" + std::string("---:|---:|---:|---:|---:|") + "\n|" +
          state_cells(audit.counts) + "\n";
  return text;
}

std::string trend(const Audit& audit) {
  if (audit.trend.empty()) return {};
  std::string text =
      "\n## Trend\n\n| run | findings | high | medium | low | blocking | appeared | gone |\n"
      "|---|---:|---:|---:|---:|---:|---:|---:|\n";
  for (const AuditTrend& point : audit.trend)
    text += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} |\n", markdown_text(point.label),
                        point.all(), point.by_severity[2], point.by_severity[1],
                        point.by_severity[0], point.blocking, point.appeared, point.gone);
  return text;
}

std::string controls(const Audit& audit) {
  std::string text =
      "\n## Controls\n\nA finding is evidence against a control; no finding is no proof that it is "
      "met. The mapping is by category and to be reviewed by whoever answers for compliance.\n\n"
      "| framework | control | title |" +
      state_heads() + "\n|---|---|---|---:|---:|---:|---:|---:|\n";
  for (const AuditControl& row : audit.controls_hit)
    text += fmt::format("| {} {} | {} | {} |{}\n", markdown_text(row.framework->name),
                        markdown_text(row.framework->edition), markdown_text(row.control->id),
                        markdown_text(row.control->title), state_cells(row.counts));
  return text;
}

std::string accounts(const Audit& audit) {
  std::string text = "\n## Accounts and keys\n\n| root | service | severity | place | lineage |" +
                     state_heads() +
                     " open ends |\n|---|---|---|---|---|---:|---:|---:|---:|---:|---|\n";
  for (const AuditAccount& row : audit.accounts)
    text += fmt::format("| {} | {} | {} | {} | {} |{} {} |\n", markdown_code(row.label),
                        code_or_dash(row.lineage->service), to_string(row.lineage->severity),
                        code_or_dash(row.place), markdown_code(row.lineage->id),
                        state_cells(row.counts), code_or_dash(join(row.lineage->open_ends, ", ")));
  return text;
}

std::string findings(const Audit& audit) {
  std::string text =
      "\n## Findings\n\n| place | rule | category | severity | confidence | state | what | id |\n"
      "|---|---|---|---|---|---|---|---|\n";
  for (const AuditFinding& row : audit.findings) {
    const Finding& finding = *row.finding;
    const std::string more = row.exception.empty() ? "" : ": " + row.exception;
    text += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} |\n",
                        markdown_code(fmt::format("{}:{}", row.place.path, row.place.start.line)),
                        markdown_code(finding.rule), to_string(finding.category),
                        to_string(finding.severity), to_string(finding.confidence),
                        markdown_text(std::string(to_string(row.state)) + more),
                        markdown_text(finding.message), markdown_code(finding.id));
  }
  return text;
}

std::string coverage(const Audit& audit) {
  const Coverage& coverage = audit.report->coverage;
  std::string text = fmt::format(
      "\n## Coverage\n\n{:.1f} % of the files that count were analysed or searched.\n\n| language "
      "| "
      "files | parsed | searched only | lost |\n|---|---:|---:|---:|---:|\n",
      totals(coverage).percent());
  for (const CoverageRow& row : coverage.languages)
    text += fmt::format("| {} | {} | {} | {} | {} |\n", markdown_text(row.language), row.considered,
                        row.parsed, row.text_only, row.lost);
  for (const auto& [reason, files] : coverage.not_read)
    text += fmt::format("\n- not read, {}: {}", markdown_text(reason), files);
  for (const std::string& name : coverage.open_frontier)
    text += fmt::format("\n- not searched any more: {}", markdown_code(name));
  for (const Diagnostic& diagnostic : audit.report->diagnostics)
    text += "\n- " + markdown_text(to_text(diagnostic));
  return text + "\n";
}

}  // namespace

std::string write_audit_markdown(const Audit& audit) {
  return head(audit) + trend(audit) + controls(audit) + accounts(audit) + findings(audit) +
         coverage(audit);
}

}  // namespace keyless
