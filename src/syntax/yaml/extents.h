// Spans and extents of YAML entries: what `key: value` is, and what to delete to remove it.
// Whole lines in block style, one comma in flow style; a first key behind its `- ` keeps the dash.
#pragma once

#include <optional>

#include "syntax/builder.h"
#include "syntax/yaml/spanned_tree.h"

namespace keyless {

// From the key to the end of the value; to the colon when the value is absent.
Span entry_span(const SpannedTree& tree, NodeId key, NodeId value);

// What to delete to remove the entry of `container` whose key (or item, in a sequence) is
// children[index], with the comment lines above that name the key. `parent` is what goes instead
// when it is the only entry; ignored otherwise.
Extent entry_extent(const Builder& builder, const SpannedTree& tree, NodeId container, size_t index,
                    std::optional<Span> parent);

// The part of `span` on the line where `inside` begins: findings stand on one line.
Span line_part(std::string_view text, Span span, Span inside);

}  // namespace keyless
