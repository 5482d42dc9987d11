// dump: a Document as text, one line per element, for the syntax corpora.
// Compact and stable; the notation is described at the top of fixtures/syntax/README.md.
#pragma once

#include <string>

#include "syntax/document.h"

namespace keyless {

std::string dump_value(const Document& document, ValueId id, int depth = 0);
std::string dump(const Document& document, std::string_view text);

}  // namespace keyless
