// ReportIndex: looks up the findings, lineages and edges of one report by what names them.
// Holds pointers into the report, which must outlive it and stay unchanged.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "output/report.h"

namespace keyless {

class ReportIndex {
 public:
  explicit ReportIndex(const Report& report);

  // In the order of the lineage's list.
  [[nodiscard]] std::vector<const Finding*> findings_of(const Lineage& lineage) const;

  // Null when there is none.
  [[nodiscard]] const Lineage* lineage(std::string_view id) const;
  [[nodiscard]] const Rule* rule(std::string_view id) const;
  [[nodiscard]] const GraphNode* node(std::string_view name) const;
  // The edge that leads from one node to the other by name; the strongest kind when there are more.
  [[nodiscard]] const GraphEdge* edge(std::string_view from, std::string_view to) const;

  // Edges out of a node, in the report's order.
  [[nodiscard]] const std::vector<const GraphEdge*>& edges_from(std::string_view node) const;

 private:
  const Report& report_;
  std::unordered_map<std::string_view, std::vector<const Finding*>> findings_;
  std::unordered_map<std::string_view, const Lineage*> lineages_;
  std::unordered_map<std::string_view, const Rule*> rules_;
  std::unordered_map<std::string_view, const GraphNode*> nodes_;
  std::unordered_map<std::string_view, std::vector<const GraphEdge*>> out_;
};

// What the gate decided about a finding; false for one it does not know.
bool is_blocking(const Report& report, const Finding& finding);
// True for a finding that the baseline knows.
bool is_old(const Report& report, const Finding& finding);

}  // namespace keyless
