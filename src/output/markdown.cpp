// Markdown for the summary of a pipeline's job or a comment: counts, lineages, their places.
#include <fmt/format.h>

#include "output/markdown_text.h"
#include "output/node_label.h"
#include "output/place.h"
#include "output/report_index.h"
#include "output/summary.h"
#include "output/writers.h"

namespace keyless {

namespace {

constexpr size_t most_places = 300;  // a job summary takes 1 MiB

std::string counted(uint64_t number, std::string_view word) {
  return fmt::format("{} {}{}", number, word, number == 1 ? "" : "s");
}

class MarkdownWriter {
 public:
  explicit MarkdownWriter(const Report& report) : report_(report), index_(report) {}

  std::string write(bool leads) {
    write_head();
    for (const Lineage& lineage : report_.lineages) write_lineage(lineage);
    write_rest();
    if (leads) write_leads();
    if (left_out_ > 0) out_ += fmt::format("{} more in the full result.\n\n", left_out_);
    write_coverage();
    return std::move(out_);
  }

 private:
  void write_head() {
    const Counts counts = count(report_);
    const bool whole = totals(report_.coverage).lost == 0;
    const std::string_view outcome = counts.blocking > 0 ? "Blocked"
                                     : whole             ? "Passed"
                                                         : "Incomplete";
    out_ += "## keyless\n\n";
    out_ += fmt::format("**{}**, {} in {}", outcome, counted(counts.findings, "finding"),
                        counted(counts.lineages, "lineage"));
    out_ += fmt::format(", {} blocking", counts.blocking);
    const Gate& gate = report_.gate;
    if (gate.has_baseline)
      out_ += fmt::format(
          "; against {} {} old, {} new, {} fixed",
          gate.compared_with.empty() ? "the baseline" : markdown_text(gate.compared_with),
          gate.old_findings, counts.new_findings, gate.fixed_findings);
    out_ += ".\n\n";
  }

  void write_table(const std::vector<const Finding*>& places) {
    out_ += "| severity | place | what |\n|---|---|---|\n";
    for (const Finding* place : places) write_place(*place);
    out_ += '\n';
  }

  void write_lineage(const Lineage& lineage) {
    const std::vector<const Finding*> places = index_.findings_of(lineage);
    if (places.empty()) return;
    const std::string label = node_label(index_.node(lineage.root), lineage.root);
    out_ += fmt::format("### {}\n\n{} severity, {}, lineage {}\n\n", markdown_code(label),
                        to_string(lineage.severity), counted(places.size(), "place"), lineage.id);
    write_table(places);
  }

  void write_rest() {
    std::vector<const Finding*> places;
    for (const Finding& finding : report_.findings)
      if (index_.lineage(finding.lineage) == nullptr) places.push_back(&finding);
    if (places.empty()) return;
    out_ += "### Without a lineage\n\n";
    write_table(places);
  }

  void write_leads() {
    if (report_.leads.empty()) return;
    std::vector<const Finding*> places;
    for (const Finding& lead : report_.leads) places.push_back(&lead);
    out_ += "### Leads\n\nThey could not be decided and never block.\n\n";
    write_table(places);
  }

  void write_place(const Finding& finding) {
    if (written_ == most_places) {
      ++left_out_;
      return;
    }
    ++written_;
    std::string marks;
    if (is_blocking(report_, finding)) marks += " **blocks**";
    if (finding.verdict == Verdict::cannot_migrate) marks += " cannot migrate";
    if (is_old(report_, finding)) marks += " old";
    if (report_.gate.excepted.contains(gate_key(finding))) marks += " excepted";
    const std::string_view severity =
        finding.verdict == Verdict::lead ? "lead" : to_string(finding.severity);
    out_ +=
        fmt::format("| {}{} | {} | {} {} |\n", severity, marks,
                    markdown_code(short_place(report_, finding.root, finding.path, finding.span)),
                    markdown_text(finding.message), markdown_code(finding.rule));
  }

  void write_coverage() {
    const CoverageTotals total = totals(report_.coverage);
    out_ += fmt::format("Coverage: {} parsed, {} searched only, {} not read, {} lost.\n",
                        counted(total.parsed, "file"), total.text_only, total.not_read, total.lost);
  }

  const Report& report_;
  ReportIndex index_;
  size_t written_ = 0;
  size_t left_out_ = 0;
  std::string out_;
};

}  // namespace

std::string write_markdown(const Report& report, const WriterOptions& options) {
  return MarkdownWriter(report).write(options.leads);
}

}  // namespace keyless
