#include "lineage/roots.h"

#include <algorithm>
#include <unordered_set>

#include "base/hash.h"
#include "base/redacted.h"

namespace keyless {
namespace {

bool is_named(const Node& n) {
  return is_carrier(n) || n.space == "code";
}

// An account that the repository declares itself, as a resource or by a module: not the copy in a
// compiled file, nor a reference, nor one that only a command names.
bool is_own_account(const Linked& linked, NodeId id) {
  const Node& n = linked.graph->at(id);
  if (n.space != "account" || n.where.file == none) return false;
  const ProjectFile& file = linked.flow->project().files()[n.where.file];
  if (file.generated || file.vendored) return false;
  if (const Element* e = linked.flow->resource_of(n.where.file, n.name).element) return !e->flag;
  const std::string module = n.name.starts_with("module.") ? n.name.substr(7) : n.name;
  return linked.flow->module_called(n.where.file, module).element != nullptr;
}

// Kinds of the same product family share accounts.
std::string family(const std::string& service) {
  return service.empty() || service == "ai-services" || service == "anthropic" ? "openai" : service;
}

bool is_certain(const Node& n) {
  return n.space == "account" || n.space == "literal";
}

}  // namespace

std::vector<NodeId> first_carriers(const Graph& graph, const std::vector<Graph::Reached>& reached) {
  std::unordered_set<NodeId> inside;
  for (const Graph::Reached& r : reached) inside.insert(r.node);
  std::unordered_set<NodeId> fed;  // by a name, perhaps over places
  std::vector<NodeId> open;
  const auto feed = [&](NodeId from) {
    for (const uint32_t e : graph.out(from)) {
      const Edge& edge = graph.edges()[e];
      const bool counts = edge.from != none && !edge.partial && inside.contains(edge.to);
      if (counts && fed.insert(edge.to).second) open.push_back(edge.to);
    }
  };
  for (const Graph::Reached& r : reached)
    if (is_named(graph.at(r.node))) feed(r.node);
  while (!open.empty()) {
    const NodeId next = open.back();
    open.pop_back();
    feed(next);
  }
  std::vector<NodeId> first;
  for (const Graph::Reached& r : reached)
    if (is_carrier(graph.at(r.node)) && !fed.contains(r.node)) first.push_back(r.node);
  return first;
}

Roots::Roots(const Linked& linked) : linked_(linked) {
  for (NodeId id = 0; id < linked.graph->nodes().size(); ++id)
    if (is_own_account(linked, id)) accounts_.push_back(id);
}

NodeId Roots::only_account(const std::string& service, uint32_t root) const {
  // An account of the very service first; one of many services only where there is none.
  const auto only_of = [&](const auto& fits) {
    NodeId only = none;
    int count = 0;
    for (const NodeId id : accounts_)
      if (linked_.graph->at(id).root == root && fits(linked_.graph->at(id).service)) {
        only = id;
        ++count;
      }
    return std::pair(only, count);
  };
  const auto [exact, exactly] =
      only_of([&](const std::string& kind) { return !kind.empty() && kind == service; });
  if (exactly > 0) return exactly == 1 ? exact : none;
  const auto [near, nearly] = only_of([&](const std::string& kind) {
    return kind == "ai-services" || family(kind) == family(service);
  });
  return nearly == 1 ? near : none;
}

// The place itself, and for a setting that nothing certain fills the names it sets.
std::vector<NodeId> Roots::starts_of(NodeId node) const {
  const Graph& graph = *linked_.graph;
  std::vector<NodeId> starts{node};
  if (graph.at(node).space != "setting") return starts;
  for (const Graph::Reached& r : graph.backward(node))
    if (is_certain(graph.at(r.node))) return starts;
  for (const uint32_t e : graph.out(node))
    if (graph.edges()[e].from != none && is_named(graph.at(graph.edges()[e].to)))
      starts.push_back(graph.edges()[e].to);
  return starts;
}

// Code that was copied in belongs to the accounts it names, not to those of the repository.
bool Roots::may_guess(NodeId node) const {
  const uint32_t file = linked_.graph->at(node).where.file;
  return file == none || !linked_.flow->project().files()[file].vendored;
}

Rooted Roots::of(NodeId node, const std::string& service) const {
  const Graph& graph = *linked_.graph;
  Rooted rooted;
  std::vector<NodeId> carriers;
  NodeId upstream = none;
  uint32_t farthest = 0;
  for (const NodeId start : starts_of(node)) {
    const auto reached = graph.backward(start);
    for (const NodeId carrier : first_carriers(graph, reached)) carriers.push_back(carrier);
    for (const Graph::Reached& r : reached) {
      const Node& n = graph.at(r.node);
      if (is_certain(n) &&
          std::find(rooted.all.begin(), rooted.all.end(), r.node) == rooted.all.end())
        rooted.all.push_back(r.node);
      if (!is_named(n)) continue;
      // The most upstream name; ties by id, so that discovery order cannot matter.
      const bool further = upstream == none || r.distance > farthest ||
                           (r.distance == farthest && n.id() < graph.at(upstream).id());
      if (further) {
        upstream = r.node;
        farthest = r.distance;
      }
    }
  }
  if (rooted.all.empty()) {
    const NodeId account =
        may_guess(node) ? only_account(service, graph.at(node).root) : NodeId{none};
    if (account != none) {
      rooted.guessed = true;
      rooted.all.push_back(account);
    } else {
      rooted.all.push_back(upstream != none ? upstream : node);
      for (const NodeId carrier : carriers)
        if (std::find(rooted.all.begin(), rooted.all.end(), carrier) == rooted.all.end())
          rooted.all.push_back(carrier);
    }
  }
  rooted.root = rooted.all.front();
  rooted.trace = trace(rooted.guessed ? (upstream != none ? upstream : node) : rooted.root, node);
  if (rooted.guessed) {
    const Node& account = graph.at(rooted.root);
    if (account.where.file != none)
      rooted.trace.insert(rooted.trace.begin(),
                          step(account.where, EdgeKind::reference, rooted.root));
    if (rooted.trace.size() > 1) rooted.trace[1].edge = EdgeKind::guess;
  }
  return rooted;
}

const Roots::Ways& Roots::ways_from(NodeId root) const {
  const auto [it, fresh] = ways_.try_emplace(root);
  if (fresh)
    for (const Graph::Reached& r : linked_.graph->forward(root)) it->second.emplace(r.node, r.edge);
  return it->second;
}

TraceStep Roots::step(const Where& where, EdgeKind edge, NodeId node) const {
  const Project& project = linked_.flow->project();
  return {project.path_of(where.file), where.span, edge, mask_keys(shown_id(linked_, node)),
          project.root_of(where.file)};
}

std::vector<TraceStep> Roots::trace(NodeId root, NodeId node) const {
  const Graph& graph = *linked_.graph;
  const Ways& ways = ways_from(root);
  std::vector<TraceStep> steps;
  for (auto it = ways.find(node); it != ways.end();) {
    const auto [here, edge] = *it;
    const Node& n = graph.at(here);
    const EdgeKind kind = edge == none ? EdgeKind::reference : graph.edges()[edge].kind;
    const Where where = n.where.file != none || edge == none ? n.where : graph.edges()[edge].where;
    if (where.file != none) steps.push_back(step(where, kind, here));
    if (edge == none) break;
    it = ways.find(graph.edges()[edge].from);
  }
  std::reverse(steps.begin(), steps.end());
  return steps;
}

std::string Roots::lineage_id(NodeId root) const {
  const Node& n = linked_.graph->at(root);
  std::string name = n.name;
  // The offset of a place says where it stands today, not what it is.
  if (const size_t at = name.rfind('@'); at != std::string::npos && !is_named(n)) name.resize(at);
  std::string text = n.space + '\0' + n.scope + '\0' + name;
  const Project& project = linked_.flow->project();
  if (n.root != none && project.root_count() > 1) {
    bool elsewhere = !is_named(n) && n.space != "account";
    for (uint32_t other = 0; other < project.root_count() && !elsewhere; ++other)
      elsewhere = other != n.root && linked_.graph->find(other, n.space, n.scope, n.name) != none;
    if (elsewhere) text += '\0' + project.root(n.root).id();
  }
  return blake2b_hex(text, 16).substr(0, 16);
}

}  // namespace keyless
