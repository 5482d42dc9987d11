// Lowering of GitHub Actions files: workflows, reusable workflows and composite actions.
// Jobs and steps are block scopes; each `env`, `with`, `secrets` entry and `run` script is read.
#pragma once

#include "syntax/builder.h"
#include "syntax/yaml/spanned_tree.h"

namespace keyless {

// By what the file says, not by its folder: templates and copies of workflows live elsewhere.
bool is_workflow(const SpannedTree& tree, NodeId root);
bool is_action(const SpannedTree& tree, NodeId root);

void lower_workflow(Builder& builder, const SpannedTree& tree, NodeId root);
void lower_action(Builder& builder, const SpannedTree& tree, NodeId root);

}  // namespace keyless
