// lower_entries: every scalar of a document as an `entry` with its key path.
// Aliases are followed once and on a budget: a file cannot multiply itself.
#pragma once

#include "syntax/builder.h"
#include "syntax/yaml/spanned_tree.h"

namespace keyless {

// `scripts_apart`: values of `run` are lowered as scripts and are no entries.
void lower_entries(Builder& builder, const SpannedTree& tree, NodeId root, bool scripts_apart);

}  // namespace keyless
