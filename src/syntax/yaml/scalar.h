// Scalars in the text of a YAML file: where a token ends, and which byte means what.
// Works on the masked text, which has the length of the file, and never reads behind its end.
#pragma once

#include <string_view>

#include "base/span.h"
#include "syntax/shell/mapped_text.h"

namespace keyless {

// Index of the scalar behind anchors and tags that stand at `at`.
size_t skip_properties(std::string_view masked, size_t at);

// The token of the scalar that begins at `at` and decodes to `value`: quotes included, a block from
// its `|` to the end of its last line.
Span scalar_span(std::string_view masked, size_t at, std::string_view value);

// Decodes the token `span`; structure comes from `masked`, bytes from `file`.
MappedText decode_scalar(std::string_view file, std::string_view masked, Span span);

}  // namespace keyless
