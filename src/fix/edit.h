// Edit: replace a span of one file's text by other text; composing many is order-free.
// Spans are offsets into the text the edits were made for; nothing outside a span changes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace keyless {

struct Edit {
  Span span;
  std::string text;
  auto operator<=>(const Edit&) const = default;
};

struct Composed {
  std::string text;
  std::vector<Edit> dropped;  // overlapped an edit that was taken before
};

// Applies the edits to `text`. Equal edits count once; of overlapping removals the larger one wins;
// insertions at one place stand in the order given. Offsets beyond the text are dropped.
Composed compose(std::string_view text, std::vector<Edit> edits);

}  // namespace keyless
