// link: all files of the project into one graph, and every candidate onto its node.
// Deterministic: depends only on the files, in path order. O(elements + edges).
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "lineage/flow.h"
#include "lineage/siblings.h"

namespace keyless {

// A candidate and the node at which it stands.
struct Placed {
  uint32_t file = 0;
  const Candidate* candidate = nullptr;
  NodeId node = none;
};

struct Linked {
  std::unique_ptr<Symbols> symbols;
  std::unique_ptr<Graph> graph;
  std::unique_ptr<Flow> flow;
  std::vector<Placed> placed;     // by file, then span
  std::deque<Candidate> derived;  // reads through functions of the repository
  Siblings siblings;              // filled as it is asked
};

// The name of a node for people and for the configuration: "space:scope:name"; with several roots
// the root's id and '/' stand before the scope, unless it is "global".
std::string shown_id(const Linked& linked, NodeId node);

// `project` and `rules` must outlive the result.
Linked link(const Project& project, const RuleSet& rules);

}  // namespace keyless
