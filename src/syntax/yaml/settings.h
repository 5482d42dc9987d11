// Settings of YAML maps and lists: one element per entry, all of one block in one group.
// The element's span is one line; extents remove whole entries, an emptied block with its key.
#pragma once

#include <string_view>

#include "syntax/builder.h"
#include "syntax/shell/interpolate.h"
#include "syntax/yaml/spanned_tree.h"

namespace keyless {

struct SettingsBlock {
  Container container = Container::gha_env;
  Dialect dialect;
  std::string_view type;  // Element::type of each setting
};

// Settings of the map or `NAME=value` list under `key` of `owner`; nothing when there is none. An
// aliased block and merged ones (`<<`) are lowered where they are written, once per call.
void lower_settings(Builder& builder, const SpannedTree& tree, NodeId owner, std::string_view key,
                    const SettingsBlock& block);

// The value of a scalar in that dialect.
ValueId scalar_value(Builder& builder, const SpannedTree& tree, NodeId scalar,
                     const Dialect& dialect);

// Reads `${{ }}` only.
Dialect expressions_only();

}  // namespace keyless
