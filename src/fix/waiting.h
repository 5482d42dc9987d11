// Waiting: a function of JavaScript that makes a header becomes async, and whoever calls it awaits it.
// Nothing is changed where a call is not understood or its own function cannot wait.
#pragma once

#include <optional>
#include <vector>

#include "fix/bindings.h"
#include "fix/edit.h"

namespace keyless {

// The entry of an object, `{ headers: (key) => ... }`, that the function is; nullptr for others.
const Element* entry_of(const Document& document, const Scope& function);

// Where `async ` goes: behind the words that may stand before the name of a method.
uint32_t place_of_async(const CodeFile& file, const Scope& function);

// Edits of this file; none when the function has to stay as it is.
std::optional<std::vector<Edit>> made_async(const CodeFile& file, ScopeId function);

}  // namespace keyless
