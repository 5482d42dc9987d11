// Values of YAML that belongs to no pipeline: references to the environment in settings files.
// `${NAME}`, `${NAME:default}`, `${a.b}`, `${{NAME}}`, `os.environ/NAME`, `!ENV NAME`.
#pragma once

#include "syntax/builder.h"
#include "syntax/shell/interpolate.h"
#include "syntax/yaml/spanned_tree.h"

namespace keyless {

// Reads references in braces; a `$` without braces is text.
Dialect references_in_braces();

// The value of a scalar; block scalars are constant text, whatever they hold.
ValueId setting_value(Builder& builder, const SpannedTree& tree, NodeId scalar);

}  // namespace keyless
