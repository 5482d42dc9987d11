// Strings of Python: decoding, f-strings, format() and the percent operator.
// Decoded text may be a secret: callers hand it to Builder::literal or mask it.
#pragma once

#include "syntax/python/walk.h"

namespace keyless::python {

// The decoded text of a string (or strings side by side) without interpolation.
std::optional<std::string> literal_text(const Node& node);

// `"{}/{x}".format(a, x=b)` and `"%s/%s" % (a, b)` as composites.
ValueId lower_format(State& state, const Node& call, const Node& receiver, int depth);
ValueId lower_percent(State& state, const Node& node, const Node& left, const Node& right,
                      int depth);

}  // namespace keyless::python
