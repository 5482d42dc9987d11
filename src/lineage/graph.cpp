#include "lineage/graph.h"

#include <algorithm>

namespace keyless {
namespace {

std::string key_of(uint32_t root, std::string_view space, std::string_view scope,
                   std::string_view name) {
  std::string key = root == none ? std::string{} : std::to_string(root);
  key.reserve(key.size() + space.size() + scope.size() + name.size() + 3);
  key += '\0';
  return key.append(space).append(1, '\0').append(scope).append(1, '\0').append(name);
}

}  // namespace

NodeId Graph::node(uint32_t root, std::string_view space, std::string_view scope,
                   std::string_view name, Where where) {
  if (scope == "global") root = none;
  const auto [it, fresh] =
      index_.try_emplace(key_of(root, space, scope, name), static_cast<NodeId>(nodes_.size()));
  if (fresh) {
    Node made;
    made.space = space;
    made.scope = scope;
    made.name = name;
    made.where = where;
    made.root = root;
    nodes_.push_back(std::move(made));
    out_.emplace_back();
    in_.emplace_back();
  } else if (nodes_[it->second].where.file == none) {
    nodes_[it->second].where = where;
  }
  return it->second;
}

NodeId Graph::find(uint32_t root, std::string_view space, std::string_view scope,
                   std::string_view name) const {
  const auto it = index_.find(key_of(scope == "global" ? none : root, space, scope, name));
  return it == index_.end() ? none : it->second;
}

void Graph::edge(Edge edge) {
  if (edge.from == none || edge.to == none || edge.from == edge.to) return;
  const std::string key = std::to_string(edge.from) + ">" + std::to_string(edge.to) +
                          (edge.partial ? "p" : "") + "@" + std::to_string(edge.where.file) + ":" +
                          std::to_string(edge.where.span.begin);
  if (!seen_.insert(key).second) return;
  const auto index = static_cast<uint32_t>(edges_.size());
  out_[edge.from].push_back(index);
  in_[edge.to].push_back(index);
  edges_.push_back(std::move(edge));
}

std::vector<Graph::Reached> Graph::walk(NodeId start, bool partial, bool along) const {
  std::vector<Reached> reached{{start, none, 0}};
  std::unordered_set<NodeId> visited{start};
  for (size_t i = 0; i < reached.size(); ++i) {
    const Reached here = reached[i];
    for (const uint32_t index : along ? out_[here.node] : in_[here.node]) {
      const Edge& e = edges_[index];
      if (e.from == none || (e.partial && !partial)) continue;
      const NodeId next = along ? e.to : e.from;
      if (visited.insert(next).second) reached.push_back({next, index, here.distance + 1});
    }
  }
  return reached;
}

std::vector<Graph::Reached> Graph::forward(NodeId start, bool partial) const {
  return walk(start, partial, true);
}

std::vector<Graph::Reached> Graph::backward(NodeId start, bool partial) const {
  return walk(start, partial, false);
}

void Graph::cut(NodeId a, NodeId b) {
  for (Edge& e : edges_)
    if ((e.from == a && e.to == b) || (e.from == b && e.to == a)) e.from = none;
}

}  // namespace keyless
