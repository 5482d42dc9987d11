// Kinds: the node kinds of the JavaScript, TypeScript and TSX grammars as one enumeration.
// A table by grammar symbol is made once per file, so a walk compares integers and not names.
#pragma once

#include <cstdint>
#include <vector>

#include "syntax/tree.h"

namespace keyless::javascript {

enum class Kind : uint8_t {
  other,        // its children are walked
  skip,         // types, comments, punctuation: says nothing
  identifier,   // plain names, also `undefined` and `super`
  self,         // this
  meta,         // import.meta, new.target
  import_word,  // the callee of a dynamic import
  member,
  subscript,
  call,
  construct,
  transparent,  // the value of one inner expression: parentheses, await, casts
  string,
  text_template,
  number,
  boolean,
  nothing,  // null, undefined
  object,
  array,
  function,  // function and arrow expressions
  class_expression,
  binary,
  ternary,
  unary,
  assignment,
  augmented,
  sequence,
  spread,
  jsx_attribute,
  jsx_text,
  import_statement,
  import_alias,
  export_statement,
  declaration,  // const, let, var
  function_declaration,
  class_declaration,
  enumeration,
  interface,
  type_alias,
  returns,
  for_in,
  catch_clause,
  if_statement,
  decorator,
  // inside other constructs
  object_pattern,
  array_pattern,
  assignment_pattern,
  object_assignment_pattern,
  pair_pattern,
  rest_pattern,
  pair,
  shorthand,
  method,
  class_field,
  class_block,
  computed_name,
  plain_name,  // property_identifier, private_property_identifier
  substitution,
  parameter,  // required_parameter, optional_parameter
  error,
};

class Kinds {
 public:
  explicit Kinds(const TSLanguage* language);
  [[nodiscard]] Kind of(const Node& node) const {
    const TSSymbol symbol = node.symbol();
    return symbol < by_symbol_.size() ? by_symbol_[symbol] : Kind::error;
  }

 private:
  std::vector<Kind> by_symbol_;
};

}  // namespace keyless::javascript
