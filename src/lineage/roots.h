// roots: which root each place belongs to, and the way from there to the place.
// A root is an account, a literal, or without one the most upstream named carrier.
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "lineage/link.h"

namespace keyless {

struct Rooted {
  NodeId root = none;            // reached by the fewest edges
  std::vector<NodeId> all;       // every root, nearest first
  bool guessed = false;          // joined to the only account of its family
  std::vector<TraceStep> trace;  // root first, the place last
};

// The carriers among `reached`, which is a walk against the edges, that no other name leads to:
// where a key without an account or a literal may come from.
std::vector<NodeId> first_carriers(const Graph& graph, const std::vector<Graph::Reached>& reached);

class Roots {
 public:
  explicit Roots(const Linked& linked);

  // Root of the place at `node`; `service` of the key when it is known, for the guess.
  [[nodiscard]] Rooted of(NodeId node, const std::string& service) const;

  // 16 hex from space, scope and name; also from the root where two roots use the same ones.
  [[nodiscard]] std::string lineage_id(NodeId root) const;

 private:
  [[nodiscard]] std::vector<NodeId> starts_of(NodeId node) const;
  [[nodiscard]] bool may_guess(NodeId node) const;
  [[nodiscard]] NodeId only_account(const std::string& service, uint32_t root) const;
  [[nodiscard]] TraceStep step(const Where& where, EdgeKind edge, NodeId node) const;
  [[nodiscard]] std::vector<TraceStep> trace(NodeId root, NodeId node) const;

  // One walk per root, whatever number of places it reaches: node -> the edge that led there.
  using Ways = std::unordered_map<NodeId, uint32_t>;
  [[nodiscard]] const Ways& ways_from(NodeId root) const;

  const Linked& linked_;
  std::vector<NodeId> accounts_;
  mutable std::unordered_map<NodeId, Ways> ways_;
};

}  // namespace keyless
