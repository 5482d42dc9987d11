// Each lineage as a tree: what the key's value passes through, with the places on the way.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "output/lineage_view.h"
#include "output/node_label.h"
#include "output/place.h"
#include "output/printable.h"
#include "output/style.h"
#include "output/writers.h"

namespace keyless {

namespace {

constexpr size_t deepest_indent = 30;

struct Pending {
  size_t node = 0;
  size_t depth = 0;
  const GraphEdge* edge = nullptr;  // that led here; null for the root
};

class TreeWriter {
 public:
  TreeWriter(const Report& report, const Style& style) : report_(report), style_(style) {}

  std::string write(const LineageView& view) {
    const Lineage& lineage = *view.lineage;
    out_ += fmt::format("{}  {}  {}{}\n",
                        style_.bold(printable(node_label(view.nodes[0].node, view.nodes[0].name))),
                        style_.of(lineage.severity, to_string(lineage.severity)),
                        style_.faint("lineage " + lineage.id),
                        lineage.service.empty() ? "" : "  " + printable(lineage.service));
    std::vector<bool> drawn(view.nodes.size(), false);
    std::vector<Pending> pending{{0, 0, nullptr}};
    while (!pending.empty()) {
      const Pending next = pending.back();
      pending.pop_back();
      const LineageNode& node = view.nodes[next.node];
      const bool again = drawn[next.node];
      drawn[next.node] = true;
      write_node(node, next, again);
      if (again) continue;
      for (size_t i = node.next.size(); i-- > 0;)
        pending.push_back({node.next[i], next.depth + 1, node.edges[i]});
    }
    if (!view.apart.empty()) out_ += "  by name, without an edge\n";
    for (const Finding* place : view.apart) write_place(*place, "  ");
    if (!lineage.open_ends.empty())
      out_ += "  the value of " + printable(join(lineage.open_ends, ", ")) + " lives outside\n";
    return std::move(out_);
  }

 private:
  void write_node(const LineageNode& node, const Pending& at, bool again) {
    const std::string indent(2 * std::min(at.depth, deepest_indent) + 2, ' ');
    out_ += indent;
    if (at.edge != nullptr) {
      out_ += style_.faint(std::string(to_string(at.edge->kind)) + " ->") + " ";
      out_ += printable(node_label(node.node, node.name));
    } else {
      out_ += printable(node.name);
    }
    if (node.node != nullptr && !node.node->path.empty())
      out_ += "  " + style_.cyan(printable(
                         short_place(report_, node.node->root, node.node->path, node.node->span)));
    if (again) out_ += "  (above)";
    out_ += '\n';
    if (again) return;
    for (const Finding* place : node.places) write_place(*place, indent);
  }

  void write_place(const Finding& place, const std::string& indent) {
    const std::string_view severity =
        place.verdict == Verdict::lead ? "lead" : to_string(place.severity);
    out_ += fmt::format(
        "{}  * {} {}  {}\n", indent, style_.of(place.severity, severity), place.rule,
        style_.cyan(printable(short_place(report_, place.root, place.path, place.span))));
  }

  const Report& report_;
  Style style_;
  std::string out_;
};

}  // namespace

std::string write_lineage_text(const Report& report, const WriterOptions& options) {
  const ReportIndex index(report);
  const Style style(options.color);
  std::string out;
  for (const LineageView& view : lineage_views(report, index, options.leads))
    out += TreeWriter(report, style).write(view) + "\n";
  if (out.empty()) return "no lineage\n";
  return out;
}

}  // namespace keyless
