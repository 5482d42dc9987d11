// Document to bytes and back, for a cache between runs.
// Promises never to write a secret: a document that holds one has no bytes; wrong bytes give nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "syntax/document.h"

namespace keyless {

// Nothing when the document holds a captured secret or was not lowered whole.
std::optional<std::string> document_bytes(const Document& document);

// Nothing when the bytes are not those of a document, in whatever way.
std::optional<Document> document_from(std::string_view bytes);

}  // namespace keyless
