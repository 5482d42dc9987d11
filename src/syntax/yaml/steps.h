// Steps of a job or composite action, and jobs that call a reusable workflow.
// Each `uses` is a `module` with its inputs; each `run` is read as a script in the step's scope.
#pragma once

#include "syntax/builder.h"
#include "syntax/yaml/spanned_tree.h"

namespace keyless {

void lower_steps(Builder& builder, const SpannedTree& tree, NodeId steps);

// `job: {uses: ..., with: ..., secrets: ...}`.
void lower_workflow_call(Builder& builder, const SpannedTree& tree, NodeId key, NodeId job);

}  // namespace keyless
