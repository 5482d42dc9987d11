#include "output/report_index.h"

#include <unordered_set>

namespace keyless {

namespace {

template <class Map>
auto found_or_null(const Map& map, std::string_view key) -> typename Map::mapped_type {
  const auto found = map.find(key);
  return found == map.end() ? nullptr : found->second;
}

bool says(const std::map<std::string, bool>& answers, const std::string& id, bool otherwise) {
  const auto found = answers.find(id);
  return found == answers.end() ? otherwise : found->second;
}

}  // namespace

ReportIndex::ReportIndex(const Report& report) : report_(report) {
  for (const Finding& finding : report.findings) findings_[finding.id].push_back(&finding);
  for (const Lineage& lineage : report.lineages) lineages_.emplace(lineage.id, &lineage);
  for (const Rule* rule : report.rules) rules_.emplace(rule->id, rule);
  for (const GraphNode& node : report.graph.nodes) nodes_.emplace(node.name, &node);
  for (const GraphEdge& edge : report.graph.edges)
    out_[report.graph.nodes[edge.from].name].push_back(&edge);
}

std::vector<const Finding*> ReportIndex::findings_of(const Lineage& lineage) const {
  std::vector<const Finding*> findings;
  std::unordered_set<const Finding*> seen;
  for (const std::string& id : lineage.findings) {
    const auto found = findings_.find(id);
    if (found == findings_.end()) continue;
    for (const Finding* finding : found->second)
      if (finding->lineage == lineage.id && seen.insert(finding).second)
        findings.push_back(finding);
  }
  return findings;
}
const Lineage* ReportIndex::lineage(std::string_view id) const {
  return found_or_null(lineages_, id);
}
const Rule* ReportIndex::rule(std::string_view id) const {
  return found_or_null(rules_, id);
}
const GraphNode* ReportIndex::node(std::string_view name) const {
  return found_or_null(nodes_, name);
}

const std::vector<const GraphEdge*>& ReportIndex::edges_from(std::string_view node) const {
  static const std::vector<const GraphEdge*> none;
  const auto found = out_.find(node);
  return found == out_.end() ? none : found->second;
}

const GraphEdge* ReportIndex::edge(std::string_view from, std::string_view to) const {
  const GraphEdge* best = nullptr;
  for (const GraphEdge* edge : edges_from(from))
    if (report_.graph.nodes[edge->to].name == to && (best == nullptr || edge->kind < best->kind))
      best = edge;
  return best;
}

std::string gate_key(const Finding& finding) {
  return finding.root == 0 ? finding.id : finding.id + "@" + std::to_string(finding.root);
}

bool is_blocking(const Report& report, const Finding& finding) {
  return says(report.gate.blocking, gate_key(finding), false);
}

bool is_old(const Report& report, const Finding& finding) {
  return report.gate.has_baseline && !says(report.gate.is_new, gate_key(finding), true);
}

}  // namespace keyless
