#include "output/why.h"

#include <fmt/format.h>

#include <array>
#include <set>

#include "output/place.h"
#include "output/printable.h"
#include "output/report_index.h"
#include "output/style.h"

namespace keyless {

namespace {

struct Disproof {
  EdgeKind kind;
  std::string_view says;
  std::string_view wrong_if;
};

// table: what an edge of each kind claims, and what would prove it wrong
constexpr std::array<Disproof, 4> disproofs{{
    {EdgeKind::reference, "the language says so",
     "another file than this one is what is built or deployed, or the name is bound anew at run "
     "time"},
    {EdgeKind::binding, "same name in the same scope",
     "the two are never deployed together, or something else sets that name for the reader"},
    {EdgeKind::convention, "a framework reads or hands it on by default",
     "the value is given explicitly there, or the installed version reads another name"},
    {EdgeKind::guess, "equal name, and nothing else here defines it",
     "the value comes from somewhere that was not scanned"},
}};

const Disproof& disproof_of(EdgeKind kind) {
  return disproofs[static_cast<size_t>(kind)];
}

class WhyWriter {
 public:
  WhyWriter(const Report& report, const WriterOptions& options, const std::string& path,
            uint32_t line)
      : report_(report), index_(report), style_(options.color), path_(path), line_(line) {}

  std::optional<std::string> write() {
    for (const Finding& finding : report_.findings) write_finding(finding);
    for (const Finding& lead : report_.leads) write_finding(lead);
    write_other_edges();
    if (out_.empty()) return std::nullopt;
    out_ += "A wrong join is cut in .keyless.yaml: lineage: {separate: [[node, node]]}\n";
    return std::move(out_);
  }

 private:
  bool is_here(uint32_t root, const std::string& path, Span span) {
    if (shown_path(report_, root, path) != path_) return false;
    const Place place = place_of(report_, root, path, span);
    return place.start.line <= line_ && line_ <= place.end.line;
  }

  bool passes_here(const Finding& finding) {
    if (is_here(finding.root, finding.path, finding.span)) return true;
    for (size_t i = 0; i < finding.trace.size(); ++i) {
      const TraceStep& step = finding.trace[i];
      if (is_here(step.root, step.path, step.span)) return true;
      const GraphEdge* edge = i == 0 ? nullptr : index_.edge(finding.trace[i - 1].node, step.node);
      if (edge != nullptr && is_here(edge->root, edge->path, edge->span)) return true;
    }
    return false;
  }

  void write_finding(const Finding& finding) {
    if (!passes_here(finding)) return;
    const bool lead = finding.verdict == Verdict::lead;
    out_ += fmt::format(
        "{}  {}  {}\n", style_.cyan(place_text(finding.root, finding.path, finding.span)),
        style_.of(finding.severity, lead ? "lead" : to_string(finding.severity)), finding.rule);
    out_ += fmt::format("  {} (confidence {})\n", printable(finding.message),
                        to_string(finding.confidence));
    if (!finding.reason.empty()) out_ += "  because " + printable(finding.reason) + "\n";
    if (finding.trace.size() < 2) out_ += "  no edge leads here: judged by this place alone\n";
    for (size_t i = 0; i < finding.trace.size(); ++i) write_step(finding.trace, i);
    out_ += '\n';
  }

  void write_step(const std::vector<TraceStep>& trace, size_t i) {
    const TraceStep& step = trace[i];
    if (i == 0) {
      out_ += fmt::format("  from {}  {}\n", name_of(step.node),
                          style_.cyan(place_text(step.root, step.path, step.span)));
      return;
    }
    const TraceStep& before = trace[i - 1];
    const GraphEdge* edge = index_.edge(before.node, step.node);
    if (edge != nullptr) printed_.insert(edge);
    write_edge(step.edge, before.node, place_text(before.root, before.path, before.span), step.node,
               place_text(step.root, step.path, step.span), edge);
  }

  void write_edge(EdgeKind kind, const std::string& from, const std::string& from_place,
                  const std::string& to, const std::string& to_place, const GraphEdge* edge) {
    const Disproof& disproof = disproof_of(kind);
    out_ += fmt::format("  {}: {}{}\n", style_.bold(to_string(kind)), disproof.says,
                        edge == nullptr || edge->why.empty() ? "" : ": " + printable(edge->why));
    out_ += fmt::format("    from {}  {}\n", name_of(from), style_.cyan(from_place));
    out_ += fmt::format("    to   {}  {}\n", name_of(to), style_.cyan(to_place));
    if (edge != nullptr && !edge->path.empty())
      out_ += "    written at " + place_text(edge->root, edge->path, edge->span) + "\n";
    out_ += fmt::format("    wrong if {}\n", disproof.wrong_if);
  }

  // Edges at this line that no printed trace uses: the trace shows the shortest way only.
  void write_other_edges() {
    bool titled = false;
    const std::vector<GraphNode>& nodes = report_.graph.nodes;
    for (const GraphEdge& edge : report_.graph.edges) {
      const GraphNode& from = nodes[edge.from];
      const GraphNode& to = nodes[edge.to];
      if (printed_.contains(&edge)) continue;
      if (!is_here(edge.root, edge.path, edge.span) && !is_here(from.root, from.path, from.span) &&
          !is_here(to.root, to.path, to.span))
        continue;
      if (!titled) out_ += style_.bold("further edges at this line") + "\n";
      titled = true;
      write_edge(edge.kind, from.name, place_text(from.root, from.path, from.span), to.name,
                 place_text(to.root, to.path, to.span), &edge);
    }
    if (titled) out_ += '\n';
  }

  std::string place_text(uint32_t root, const std::string& path, Span span) {
    return path.empty() ? "(outside)" : printable(short_place(report_, root, path, span));
  }

  std::string name_of(const std::string& node) { return printable(node); }

  const Report& report_;
  ReportIndex index_;
  Style style_;
  const std::string& path_;
  uint32_t line_;
  std::set<const GraphEdge*> printed_;
  std::string out_;
};

}  // namespace

std::optional<std::string> write_why(const Report& report, const WriterOptions& options,
                                     const std::string& path, uint32_t line) {
  return WhyWriter(report, options, path, line).write();
}

}  // namespace keyless
