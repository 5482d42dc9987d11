// What people call a node of the lineage: "vault secret openai-key" for vault:repository:openai-key.
// For reading only; the name of a node is what `.keyless.yaml` and the other formats use.
#pragma once

#include <string>
#include <string_view>

#include "output/report.h"

namespace keyless {

// `node` may be null when the graph does not hold it; then the name alone must do.
std::string node_label(const GraphNode* node, std::string_view name);

}  // namespace keyless
