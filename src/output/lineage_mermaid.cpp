// All lineages as one Mermaid flowchart: a node that two lineages share is drawn once.
#include <fmt/format.h>

#include <map>
#include <set>

#include "base/text.h"
#include "output/lineage_view.h"
#include "output/node_label.h"
#include "output/place.h"
#include "output/printable.h"
#include "output/writers.h"

namespace keyless {

namespace {

// Mermaid reads HTML and its own syntax in labels; everything but plain characters becomes a code.
std::string label_text(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    const bool plain = is_alnum(c) || static_cast<unsigned char>(c) >= 0x80 ||
                       std::string_view(" _-./:,()+*=").find(c) != std::string_view::npos;
    if (plain)
      out += c;
    else
      out += fmt::format("#{};", static_cast<int>(c));
  }
  return out;
}

Severity highest(const std::vector<const Finding*>& places) {
  Severity severity = Severity::low;
  for (const Finding* place : places) severity = std::max(severity, place->severity);
  return severity;
}

class Flowchart {
 public:
  explicit Flowchart(const Report& report) : report_(report) {}

  void add(const LineageView& view) {
    for (const LineageNode& node : view.nodes) add_node(node, node.name == view.nodes[0].name);
    for (const LineageNode& node : view.nodes)
      for (size_t i = 0; i < node.next.size(); ++i)
        add_edge(node.name, view.nodes[node.next[i]].name, node.edges[i]->kind);
  }

  std::string take() {
    std::string out = "flowchart LR\n" + nodes_ + edges_;
    out += "  classDef root stroke-width:3px\n  classDef high stroke:#c00\n";
    out += "  classDef medium stroke:#c80\n  classDef low stroke:#08c\n";
    return out;
  }

 private:
  void add_node(const LineageNode& node, bool root) {
    const auto [number, is_new] = numbers_.emplace(node.name, numbers_.size());
    if (!is_new) return;
    std::string label = label_text(node_label(node.node, node.name));
    if (node.node != nullptr && !node.node->path.empty())
      label += "<br/>" +
               label_text(short_place(report_, node.node->root, node.node->path, node.node->span));
    for (const Finding* place : node.places) label += "<br/>" + label_text(place->rule);
    nodes_ += fmt::format("  n{}[\"{}\"]\n", number->second, label);
    if (root) nodes_ += fmt::format("  class n{} root\n", number->second);
    if (!node.places.empty())
      nodes_ += fmt::format("  class n{} {}\n", number->second, to_string(highest(node.places)));
  }

  void add_edge(std::string_view from, std::string_view to, EdgeKind kind) {
    const std::string arrow = kind == EdgeKind::guess ? "-.->" : "-->";
    std::string line = fmt::format("  n{} {}|{}| n{}\n", numbers_.at(from), arrow, to_string(kind),
                                   numbers_.at(to));
    if (drawn_.insert(line).second) edges_ += line;
  }

  const Report& report_;
  std::map<std::string_view, size_t> numbers_;
  std::set<std::string> drawn_;
  std::string nodes_, edges_;
};

}  // namespace

std::string write_lineage_mermaid(const Report& report, const WriterOptions& options) {
  const ReportIndex index(report);
  const std::vector<LineageView> views = lineage_views(report, index, options.leads);
  Flowchart chart(report);
  for (const LineageView& view : views) chart.add(view);
  return chart.take();
}

}  // namespace keyless
