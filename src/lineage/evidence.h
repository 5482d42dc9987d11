// evidence: the tests of `where` and `evidence`, one function per row of the vocabulary.
// Each asks the graph and the document; none changes a verdict by itself.
#pragma once

#include "lineage/link.h"

namespace keyless {

enum class Leg : uint8_t { unknown, azure, other, both };

// Whose key (or endpoint) a node holds, by everything that flows into it. `both` is said of endpoints
// alone: a known host of Azure and one of somebody else.
Leg credential_leg(const Linked& linked, NodeId node);
Leg endpoint_leg(const Linked& linked, NodeId node);

// Whether the constraint holds for this candidate.
bool holds(Linked& linked, const Placed& placed, const Constraint& constraint);

}  // namespace keyless
