// Lowering of docker-compose files: variables that each service gets, at run time and while building.
// A service is a block scope; `${X}` and passed-through names are reads of the environment.
#pragma once

#include "syntax/builder.h"
#include "syntax/yaml/spanned_tree.h"

namespace keyless {

// By name (`compose*.yaml`, `docker-compose*.yml`), or by services that have an image or build.
bool is_compose(const SpannedTree& tree, NodeId root, std::string_view path);

void lower_compose(Builder& builder, const SpannedTree& tree, NodeId root);

}  // namespace keyless
