// lower_entries: every scalar of a document as an `entry` with its key path.
// Aliases are followed once: an alias inside what an alias stands for is left out.
#pragma once

#include "syntax/builder.h"
#include "syntax/yaml/spanned_tree.h"

namespace keyless {

struct EntryOptions {
  bool scripts_apart = false;  // values of `run` are lowered as scripts and are no entries
  bool references = false;     // `${NAME}` in a value reads the environment
  bool settings = false;       // each entry is a setting too
};

void lower_entries(Builder& builder, const SpannedTree& tree, NodeId root,
                   const EntryOptions& options);

}  // namespace keyless
