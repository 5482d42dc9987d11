// verdict: what each candidate is, before it is written down as a finding.
// Sinks are decided first, by their own evidence; names after them, by the sinks they reach.
#pragma once

#include <string>
#include <vector>

#include "lineage/evidence.h"

namespace keyless {

enum class Decision : uint8_t { dropped, lead, finding, other_sink };

struct Opinion {
  Decision decision = Decision::dropped;
  Confidence confidence = Confidence::high;
  bool mixed = false;
  std::string reason;
  bool switched = false;  // Azure's or somebody else's, as the endpoint is
};

// One opinion per linked.placed, in its order.
std::vector<Opinion> decide(Linked& linked);

}  // namespace keyless
