// The functions by which the parts of the Python lowering call each other, and the dispatch.
// Every one of them bounds its recursion with `depth` and accepts trees with errors.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/python/state.h"

namespace keyless::python {

// Lowers any node: statements add elements and give `none`, expressions give their value.
ValueId lower(State& state, const Node& node, int depth);
// As `lower` for an expression: never `none`.
ValueId value_of(State& state, const Node& node, int depth);
// Lowers the children, skipping comments and types; the node itself says nothing.
void lower_children(State& state, const Node& node, int depth);

// table: one function per node kind, named in lower.cpp
using Lowering = ValueId (*)(State& state, const Node& node, int depth);

// expressions.cpp, operators.cpp, strings.cpp, maps.cpp
ValueId lower_identifier(State&, const Node&, int);
ValueId lower_attribute(State&, const Node&, int);
ValueId lower_subscript(State&, const Node&, int);
ValueId lower_inner(State&, const Node&, int);
ValueId lower_sequence(State&, const Node&, int);
ValueId lower_nothing(State&, const Node&, int);
ValueId lower_none(State&, const Node&, int);
ValueId lower_plain(State&, const Node&, int);
ValueId lower_unary(State&, const Node&, int);
ValueId lower_lambda(State&, const Node&, int);
ValueId lower_comprehension(State&, const Node&, int);
ValueId lower_conditional(State&, const Node&, int);
ValueId lower_boolean(State&, const Node&, int);
ValueId lower_binary(State&, const Node&, int);
ValueId lower_comparison(State&, const Node&, int);
ValueId lower_string(State&, const Node&, int);
ValueId lower_strings(State&, const Node&, int);
ValueId lower_dictionary(State&, const Node&, int);
ValueId lower_call(State&, const Node&, int);
ValueId lower_named(State&, const Node&, int);

// statements.cpp, assignments.cpp, functions.cpp, classes.cpp, imports.cpp
ValueId lower_import(State&, const Node&, int);
ValueId lower_import_from(State&, const Node&, int);
ValueId lower_statement(State&, const Node&, int);
ValueId lower_assignment(State&, const Node&, int);
ValueId lower_augmented(State&, const Node&, int);
ValueId lower_return(State&, const Node&, int);
ValueId lower_function(State&, const Node&, int);
ValueId lower_class(State&, const Node&, int);
ValueId lower_decorated(State&, const Node&, int);
ValueId lower_for(State&, const Node&, int);
ValueId lower_as(State&, const Node&, int);
ValueId lower_except(State&, const Node&, int);
ValueId lower_global(State&, const Node&, int);

// Named children without comments.
template <class Visit>
void each_item(const Node& node, Visit visit) {
  node.each_named_child([&](const Node& child) {
    if (!child.is("comment") && !child.is("line_continuation")) visit(child);
  });
}
std::vector<Node> items(const Node& node);
// `node` without parentheses, `await` and stars; bounded.
Node inner(Node node);

// X of `X.items()`; null for anything else.
Node items_receiver(const Node& node);
// The extent of a statement: its whole lines when nothing else stands on them.
Extent statement_extent(const State& state, Span span, std::string_view key);
bool in_class_body(const State& state);

}  // namespace keyless::python
