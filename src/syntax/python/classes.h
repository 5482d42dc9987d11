// Classes: fields, bases, and settings classes whose fields are declared reads.
// A field that no class declares is never invented.
#pragma once

#include "syntax/python/targets.h"

namespace keyless::python {

// A first look over the top level: classes, functions and text constants.
void look_over(State& state, const Node& root);

// Adds the Field of a class body. `right` is null for a bare declaration; `annotation` too.
void add_field(State& state, const Node& name, const Node& annotation, const Node& right,
               Span statement, int depth);

// settings.cpp: the declared reads of field `name` of class `owner`; empty when it has none.
struct FieldSource {
  std::vector<std::string> env_names;
  std::string alias;
};
FieldSource field_source(State& state, const std::string& owner, const std::string& name,
                         const Node& annotation, const Node& right);

}  // namespace keyless::python
