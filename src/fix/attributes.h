// Attributes: one more attribute in a resource, where and how the file writes its others.
// Text edits only; whether the attribute is there already is the caller's question.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "fix/edit.h"
#include "syntax/document.h"

namespace keyless {

// `path` with dots: the last part goes into the object that the rest names. Nothing when that
// object is not written in the resource.
std::optional<Edit> added_attribute(std::string_view text, const Document& document,
                                    const Element& resource, std::string_view path,
                                    std::string_view value);

}  // namespace keyless
