// The only door to yaml-cpp: one document of a file to nodes, through its event interface.
// Promises bounded depth, no exception, and the nodes that came before an error.
#pragma once

#include <optional>

#include "syntax/yaml/spanned_tree.h"

namespace keyless {

struct ParsedDocument {
  std::vector<SpannedNode> nodes;
  std::vector<NodeId> roots;         // more than one when `...` separates documents
  std::optional<size_t> error_line;  // start of the line in `masked` that the parser refused
  bool too_deep = false;
  bool aliases_cut = false;  // what all aliases together stand for is too much
};

// Parses masked[slice]; spans and the error are offsets in `masked`.
ParsedDocument parse_document(std::string_view masked, Span slice);

}  // namespace keyless
