// Maps: dictionaries as a map Value whose entries are Pairs; what `**base` adds is a part of it.
// Bounded in depth; keys that are not literal are left out.
#pragma once

#include "syntax/python/walk.h"

namespace keyless::python {

// `dict(base, key=value)`, and any call that makes a dictionary of its keywords.
ValueId lower_dict_call(State& state, const Node& call, int depth);

}  // namespace keyless::python
