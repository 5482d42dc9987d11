// workload: which unit a setting is meant for: the folder it stands in, what a compose file builds,
// or the unit that the workload around it runs. Strong names of several accounts are split by it.
#pragma once

#include <set>
#include <string>

#include "lineage/flow.h"

namespace keyless {

// The folder that the service of a compose file is built from; "" for every other carrier.
std::string built_from(const Flow& flow, uint32_t file, const Carrier& carrier);

// One of `units` (units of the file's root), or "" when nothing says which.
std::string unit_of_carrier(const Flow& flow, uint32_t file, const Carrier& carrier,
                            const std::set<std::string>& units);

// A strong name is one node for its root, unless two units give it keys of different accounts:
// then it is one node for each of these units.
void split_strong_names(Flow& flow);

}  // namespace keyless
