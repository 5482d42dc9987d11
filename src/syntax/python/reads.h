// Reads: recognises what reads an environment variable, a configuration value or a stored secret.
// Each function gives `none` when the node is no such read; then nothing was added.
#pragma once

#include "syntax/python/readers.h"
#include "syntax/python/walk.h"

namespace keyless::python {

ValueId read_call(State& state, const Node& call, int depth);
ValueId read_place(State& state, const Node& node, int depth);  // attribute or subscript

// The mapping that a canonical name stands for, with the keys already taken; nullptr when none.
struct MappingPlace {
  const ReaderMapping* mapping = nullptr;
  std::string path;
};
MappingPlace mapping_of(std::string_view canonical_name);

// True when variables holding it are worth remembering.
bool leads_to_reader(std::string_view canonical_name);

// `read`, or the alternative of `read` and the lowered fallback.
ValueId with_fallback(State& state, Span span, ValueId read, const Node& fallback, int depth);

}  // namespace keyless::python
