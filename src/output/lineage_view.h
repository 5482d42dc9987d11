// LineageView: one lineage as a graph of its own, root first, with the places on its nodes.
// Holds pointers into the report, which must outlive it; every walk is a loop with one visit a
// node.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "output/report.h"
#include "output/report_index.h"

namespace keyless {

struct LineageNode {
  std::string_view name;
  const GraphNode* node = nullptr;      // null when the graph does not hold it
  std::vector<size_t> next;             // indexes into LineageView::nodes
  std::vector<const GraphEdge*> edges;  // to them, in the same order
  std::vector<const Finding*> places;   // findings and leads on this node
};

struct LineageView {
  const Lineage* lineage = nullptr;
  std::vector<LineageNode> nodes;     // breadth first; nodes[0] is the root
  std::vector<const Finding*> apart;  // places that belong by name, without an edge to draw
};

// Lineages with a finding, in the report's order; those with leads only too when `leads` is true.
std::vector<LineageView> lineage_views(const Report& report, const ReportIndex& index, bool leads);

}  // namespace keyless
