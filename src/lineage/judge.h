// judge: candidates of linked roots become findings, leads, or nothing, each with its reason.
// The only writer of severity and confidence. Same input, same output, in any order of threads.
#pragma once

#include <string>
#include <vector>

#include "lineage/finding.h"
#include "lineage/verdict.h"

namespace keyless {

struct Judged {
  std::vector<Finding> findings;  // sorted by root, path, span, rule
  std::vector<Finding> leads;
  std::vector<Lineage> lineages;
  LineageGraph graph;  // nodes and edges on the way to a finding
};

// `opinions`: of decide(linked).
Judged judge(const Linked& linked, std::vector<Opinion> opinions);

}  // namespace keyless
