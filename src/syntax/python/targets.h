// Targets: what an assignment, a loop or a `with` binds.
// Every name bound is an element of its own scope.
#pragma once

#include "syntax/python/walk.h"

namespace keyless::python {

struct Binding {
  ValueId value = none;
  Node right;        // the expression that gave the value; null when there is none
  Span statement;    // span of the elements
  std::string type;  // annotation, as type_name gives it
};
void bind(State& state, const Node& target, const Binding& binding, int depth);

// A setting that code writes into the environment of the process.
void add_setting(State& state, Container container, std::string name, ValueId value, Span span,
                 Span name_span);

}  // namespace keyless::python
