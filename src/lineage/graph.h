// Graph: named places a key can be in, and directed edges from source to use, for all roots.
// Nodes are interned by (root, space, scope, name), those of the scope "global" without the root; edges are kept once per pair and place.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "lineage/finding.h"
#include "syntax/value.h"

namespace keyless {

using NodeId = uint32_t;

struct Where {
  uint32_t file = none;  // index into Project::files
  Span span;
};

struct Node {
  std::string space;  // env, config, vault, pipeline, iac, account, code, read, setting, use, host
  std::string scope;  // "repository", a unit, a module folder, a path
  std::string name;
  Where where;              // where it is defined or first seen
  bool azure_host = false;  // host nodes
  bool other_host = false;
  std::string service;  // accounts, hosts, strong names
  uint32_t root = 0;    // of the project; `none` in the scope "global", which all roots share

  [[nodiscard]] std::string id() const { return space + ":" + scope + ":" + name; }
};

// A name that carries a key from file to file; code symbols and single places are not.
inline bool is_carrier(const Node& n) {
  return n.space == "env" || n.space == "config" || n.space == "vault" || n.space == "pipeline" ||
         n.space == "iac";
}

struct Edge {
  NodeId from = none;
  NodeId to = none;
  EdgeKind kind = EdgeKind::reference;
  bool partial = false;  // only a part of the text: evidence for an endpoint, not the key
  Where where;
  std::string why;
};

class Graph {
 public:
  NodeId node(uint32_t root, std::string_view space, std::string_view scope, std::string_view name,
              Where where = {});
  [[nodiscard]] NodeId find(uint32_t root, std::string_view space, std::string_view scope,
                            std::string_view name) const;  // `none` when absent
  void edge(Edge edge);

  [[nodiscard]] const std::vector<Node>& nodes() const { return nodes_; }
  [[nodiscard]] const std::vector<Edge>& edges() const { return edges_; }
  Node& at(NodeId id) { return nodes_[id]; }
  [[nodiscard]] const Node& at(NodeId id) const { return nodes_[id]; }
  [[nodiscard]] const std::vector<uint32_t>& out(NodeId id) const { return out_[id]; }
  [[nodiscard]] const std::vector<uint32_t>& in(NodeId id) const { return in_[id]; }

  // Breadth first from `start` along (or against) the edges; each reached node once, nearest
  // first, with the edge that led there (`none` for the start). Partial edges only on demand.
  struct Reached {
    NodeId node = none;
    uint32_t edge = none;
    uint32_t distance = 0;
  };
  [[nodiscard]] std::vector<Reached> forward(NodeId start, bool partial = false) const;
  [[nodiscard]] std::vector<Reached> backward(NodeId start, bool partial = false) const;

  // Cuts every edge between the two nodes (configuration: separate).
  void cut(NodeId a, NodeId b);

 private:
  std::vector<Reached> walk(NodeId start, bool partial, bool along) const;

  std::vector<Node> nodes_;
  std::vector<Edge> edges_;
  std::vector<std::vector<uint32_t>> out_;
  std::vector<std::vector<uint32_t>> in_;
  std::unordered_map<std::string, NodeId> index_;
  std::unordered_set<std::string> seen_;
};

}  // namespace keyless
