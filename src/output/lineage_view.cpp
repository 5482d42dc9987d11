#include "output/lineage_view.h"

#include <algorithm>
#include <unordered_map>

namespace keyless {

namespace {

class ViewBuilder {
 public:
  ViewBuilder(const Report& report, const ReportIndex& index, const Lineage& lineage)
      : report_(report), index_(index) {
    view_.lineage = &lineage;
    node_at(lineage.root);
    for (size_t i = 0; i < view_.nodes.size(); ++i) {
      for (const GraphEdge* edge : index_.edges_from(view_.nodes[i].name)) {
        const size_t next = node_at(report_.graph.nodes[edge->to].name);
        view_.nodes[i].next.push_back(next);
        view_.nodes[i].edges.push_back(edge);
      }
    }
  }

  void place(const Finding& finding) {
    const auto known =
        finding.trace.empty() ? positions_.end() : positions_.find(finding.trace.back().node);
    auto& places = known == positions_.end() ? view_.apart : view_.nodes[known->second].places;
    places.push_back(&finding);
  }

  LineageView take() { return std::move(view_); }

 private:
  size_t node_at(std::string_view name) {
    const auto [position, is_new] = positions_.emplace(name, view_.nodes.size());
    if (is_new) view_.nodes.push_back({name, index_.node(name), {}, {}, {}});
    return position->second;
  }

  const Report& report_;
  const ReportIndex& index_;
  LineageView view_;
  std::unordered_map<std::string_view, size_t> positions_;
};

bool belongs(const Finding& finding, const Lineage& lineage) {
  return finding.lineage == lineage.id ||
         std::ranges::find(finding.lineages, lineage.id) != finding.lineages.end();
}

}  // namespace

std::vector<LineageView> lineage_views(const Report& report, const ReportIndex& index, bool leads) {
  std::vector<LineageView> views;
  for (const Lineage& lineage : report.lineages) {
    std::vector<const Finding*> places;
    for (const Finding& finding : report.findings)
      if (belongs(finding, lineage)) places.push_back(&finding);
    if (leads)
      for (const Finding& lead : report.leads)
        if (belongs(lead, lineage)) places.push_back(&lead);
    if (places.empty()) continue;
    ViewBuilder builder(report, index, lineage);
    for (const Finding* finding : places) builder.place(*finding);
    views.push_back(builder.take());
  }
  return views;
}

}  // namespace keyless
