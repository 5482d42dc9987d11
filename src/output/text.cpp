// The format for people: lineages with their places, then what has none, then one summary.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "base/text.h"
#include "output/node_label.h"
#include "output/place.h"
#include "output/printable.h"
#include "output/report_index.h"
#include "output/style.h"
#include "output/summary.h"
#include "output/writers.h"

namespace keyless {

namespace {

constexpr size_t quoted_width = 160;  // characters of a long line that are shown
constexpr size_t quoted_before = 60;  // of them before the mark

// A part of the line around the mark that fits the width; minified files have one line.
struct Window {
  std::string before, marked, after;
};

Window window_of(const QuotedLine& line) {
  std::string_view before = line.text.substr(0, line.mark_begin);
  std::string_view marked = line.text.substr(line.mark_begin, line.mark_end - line.mark_begin);
  std::string_view after = line.text.substr(line.mark_end);
  Window window;
  const auto is_inside = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
  const auto head = [&](std::string_view text, size_t bytes) {
    while (bytes < text.size() && bytes > 0 && is_inside(text[bytes])) --bytes;
    return text.substr(0, bytes);
  };
  if (before.size() > quoted_before && line.text.size() > quoted_width) {
    size_t cut = before.size() - quoted_before;
    while (cut < before.size() && is_inside(before[cut])) ++cut;
    window.before = "…" + printable_line(before.substr(cut));
  } else {
    window.before = printable_line(before);
  }
  const std::string_view short_mark = head(marked, quoted_width);
  window.marked = printable_line(short_mark);
  if (short_mark.size() < marked.size()) {
    window.marked += "…";
    return window;
  }
  const size_t used = std::min(before.size(), quoted_before) + marked.size();
  const std::string_view short_after = head(after, quoted_width - std::min(used, quoted_width));
  window.after = printable_line(short_after);
  if (short_after.size() < after.size()) window.after += "…";
  return window;
}

class TextWriter {
 public:
  TextWriter(const Report& report, const WriterOptions& options)
      : report_(report), index_(report), options_(options), style_(options.color) {}

  std::string write() {
    for (const Lineage& lineage : report_.lineages) write_lineage(lineage);
    write_rest();
    if (options_.leads) write_leads();
    out_ += summary_text(report_, options_.leads, style_);
    return std::move(out_);
  }

 private:
  void write_lineage(const Lineage& lineage) {
    // A place with several lineages is printed once, under the nearest root.
    std::vector<const Finding*> places = index_.findings_of(lineage);
    if (places.empty()) return;
    std::ranges::stable_partition(places, [&](const Finding* place) {
      return place->path == lineage.path && place->root == lineage.root_index &&
             place->span.begin == lineage.span.begin;
    });
    said_.clear();
    const std::string label = node_label(index_.node(lineage.root), lineage.root);
    out_ += style_.bold(printable(label));
    out_ += fmt::format("  {}  {}{}\n", style_.of(lineage.severity, to_string(lineage.severity)),
                        style_.faint("lineage " + lineage.id),
                        lineage.service.empty() ? "" : "  " + printable(lineage.service));
    for (const Finding* place : places) write_place(*place);
    if (!lineage.open_ends.empty())
      out_ += "  the value of " + printable(join(lineage.open_ends, ", ")) + " lives outside\n";
    out_ += '\n';
  }

  void write_rest() {
    bool titled = false;
    for (const Finding& finding : report_.findings) {
      if (index_.lineage(finding.lineage) != nullptr) continue;
      if (!titled) {
        said_.clear();
        out_ += style_.bold("without a lineage") + "\n";
      }
      titled = true;
      write_place(finding);
    }
    if (titled) out_ += '\n';
  }

  void write_leads() {
    if (report_.leads.empty()) return;
    said_.clear();
    out_ += style_.bold("leads") + "  could not be decided, never block\n";
    for (const Finding& lead : report_.leads) write_place(lead);
    out_ += '\n';
  }

  void write_place(const Finding& finding) {
    const Place place = place_of(report_, finding.root, finding.path, finding.span);
    out_ +=
        fmt::format("  {}:{}:{}  {}  {}{}\n", style_.cyan(printable(place.path)), place.start.line,
                    place.start.code_points, severity_of(finding), finding.rule, marks_of(finding));
    // Once in a group is enough.
    if (said_.insert(finding.message).second) out_ += "      " + printable(finding.message) + "\n";
    if (!finding.reason.empty() && finding.verdict != Verdict::finding)
      out_ += "      " + style_.faint(printable(finding.reason)) + "\n";
    const ReportFile* file = file_of(report_, finding.root, finding.path);
    if (file != nullptr) write_quote(place, quoted_line(*file, finding.span));
  }

  std::string severity_of(const Finding& finding) {
    if (finding.verdict == Verdict::lead) return "lead";
    return style_.of(finding.severity, to_string(finding.severity));
  }

  std::string marks_of(const Finding& finding) {
    std::vector<std::string> marks;
    if (finding.verdict == Verdict::cannot_migrate) marks.emplace_back("cannot migrate");
    if (finding.verdict == Verdict::mixed) marks.emplace_back("mixed");
    if (!finding.tracked) marks.emplace_back("untracked");
    if (finding.test_code) marks.emplace_back("test");
    if (finding.generated) marks.emplace_back("generated");
    if (finding.vendored) marks.emplace_back("vendored");
    if (report_.gate.excepted.contains(gate_key(finding))) marks.emplace_back("excepted");
    if (is_old(report_, finding)) marks.emplace_back("old");
    return marks.empty() ? "" : "  " + style_.faint("(" + join(marks, ", ") + ")");
  }

  void write_quote(const Place& place, const QuotedLine& line) {
    if (trim(line.text).empty()) return;
    const Window window = window_of(line);
    const std::string number = std::to_string(place.start.line);
    const size_t marked = std::max<size_t>(1, code_points(window.marked));
    out_ += style_.faint(fmt::format("{:>6} | ", number)) + window.before + window.marked +
            window.after + "\n";
    out_ += style_.faint("       | ") + std::string(code_points(window.before), ' ') +
            style_.red(std::string(marked, '^')) + "\n";
  }

  const Report& report_;
  ReportIndex index_;
  WriterOptions options_;
  Style style_;
  std::set<std::string_view> said_;  // messages of the group that is being written
  std::string out_;
};

}  // namespace

std::string write_text(const Report& report, const WriterOptions& options) {
  return TextWriter(report, options).write();
}

}  // namespace keyless
