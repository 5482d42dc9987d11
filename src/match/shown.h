// shown: values that were made to be looked at, such as the first letters of a key.
// What is shown is never sent as a key, so no rewrite may put a token there.
#pragma once

#include "syntax/document.h"

namespace keyless {

// True for a slice of a value, the result of a function that masks one, a text around either, and for a choice among
// texts only ("set", "missing").
bool is_shown(const Document& document, ValueId id);

}  // namespace keyless
