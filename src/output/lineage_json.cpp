// keyless-lineage/1: {schema, tool, roots, lineages: [{id, root, service, account, severity,
// nodes: [{name, label, path, line, places: [finding id]}], edges: [{from, to, kind, path, line,
// why}], apart: [finding id], open_ends}]}; from and to are indexes into the nodes of the lineage, the root is node 0.
#include "base/json_text.h"
#include "output/json.h"
#include "output/lineage_view.h"
#include "output/node_label.h"
#include "output/place.h"
#include "output/writers.h"

namespace keyless {

namespace {

void write_place(JsonText& json, const Report& report, uint32_t root, const std::string& path,
                 Span span) {
  const Place place = place_of(report, root, path, span);
  json.member("path", place.path);
  json.member("line", place.start.line);
}

void write_node(JsonText& json, const Report& report, const LineageNode& node) {
  json.compact_next();
  json.begin_object();
  json.member("name", node.name);
  json.member("label", node_label(node.node, node.name));
  if (node.node != nullptr)
    write_place(json, report, node.node->root, node.node->path, node.node->span);
  std::vector<std::string> ids;
  ids.reserve(node.places.size());
  for (const Finding* place : node.places) ids.push_back(place->id);
  json.member("places", ids);
  json.end_object();
}

void write_edge(JsonText& json, const Report& report, size_t from, size_t to,
                const GraphEdge& edge) {
  json.compact_next();
  json.begin_object();
  json.member("from", from);
  json.member("to", to);
  json.member("kind", to_string(edge.kind));
  write_place(json, report, edge.root, edge.path, edge.span);
  json.member("why", edge.why);
  json.end_object();
}

void write_view(JsonText& json, const Report& report, const LineageView& view) {
  const Lineage& lineage = *view.lineage;
  json.begin_object();
  json.member("id", lineage.id);
  json.member("root", lineage.root);
  json.member("service", lineage.service);
  json.member("account", lineage.account);
  json.member("severity", to_string(lineage.severity));
  json.key("nodes");
  json.begin_array();
  for (const LineageNode& node : view.nodes) write_node(json, report, node);
  json.end_array();
  json.key("edges");
  json.begin_array();
  for (size_t from = 0; from < view.nodes.size(); ++from)
    for (size_t i = 0; i < view.nodes[from].next.size(); ++i)
      write_edge(json, report, from, view.nodes[from].next[i], *view.nodes[from].edges[i]);
  json.end_array();
  std::vector<std::string> apart;
  apart.reserve(view.apart.size());
  for (const Finding* place : view.apart) apart.push_back(place->id);
  json.member("apart", apart);
  json.member("open_ends", lineage.open_ends);
  json.end_object();
}

}  // namespace

std::string write_lineage_json(const Report& report, const WriterOptions& options) {
  const ReportIndex index(report);
  JsonText json;
  json.begin_object();
  json.member("schema", "keyless-lineage/1");
  write_tool_json(json, report.version);
  write_roots_json(json, report);
  json.key("lineages");
  json.begin_array();
  for (const LineageView& view : lineage_views(report, index, options.leads))
    write_view(json, report, view);
  json.end_array();
  json.end_object();
  return json.take();
}

}  // namespace keyless
