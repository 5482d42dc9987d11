// Calls: the Call element with its inputs, and the callables that mean something of their own.
// Each call is said once; nested calls are elements of their own.
#pragma once

#include "syntax/python/walk.h"

namespace keyless::python {

// Adds the Call `name` over `node` with the arguments of `arguments` from `first` on.
ElementId add_call(State& state, const Node& node, std::string name, const Node& arguments,
                   size_t first, int depth);
// A value that is the result of the call.
ValueId call_value(State& state, Span span, ElementId call);
// Lowers what a callee or attribute stands on when that is more than names; gives the call whose
// result it is, else `none`.
ElementId lower_receiver(State& state, const Node& node, int depth);

// special_calls.cpp: `none` when the callee has no meaning of its own.
ValueId lower_special_call(State& state, const Node& call, const std::string& name, int depth);
// options.cpp: argparse; decorators are in functions.cpp.
ValueId lower_parser_call(State& state, const Node& call, std::string_view method, int depth);
// The parameter name that a command-line option fills: "--api-key" -> "api_key".
std::string option_name(const Node& call);

}  // namespace keyless::python
