// The syntax tree of Bicep files and of ARM template expressions, as far as lowering needs it.
// Expressions live in one pool and refer to each other by index; spans are offsets into the file.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "base/span.h"

namespace keyless::bicep {

using ExprId = uint32_t;
inline constexpr ExprId no_expr = UINT32_MAX;

enum class ExprKind : uint8_t {
  bad,      // not understood; also operators whose result is a number or a condition
  literal,  // text: decoded; numbers and booleans too
  null,
  text,    // parts: literals and expressions
  name,    // text
  call,    // text: function; parts: arguments
  access,  // parts[0] is the base; steps follow it
  object,  // properties
  array,   // parts; a part may be a spread
  spread,  // parts[0]
  choice,  // parts: the branches of `c ? a : b`, the operands of `a ?? b`
  loop,    // parts: collection, body; names: element, index
  lambda,  // parts[0]: body; names: parameters
};

struct Step {
  enum class Kind : uint8_t { member, index, call, nested } kind = Kind::member;
  std::string name;  // member, called method, nested resource
  ExprId index = no_expr;
  std::vector<ExprId> arguments;
};

struct Property {
  std::string name;      // "" when the key is an expression
  ExprId key = no_expr;  // an interpolated key
  ExprId value = no_expr;
  bool spread = false;
  Span span;
  Span name_span;
};

struct Expr {
  ExprKind kind = ExprKind::bad;
  Span span;
  std::string text;
  std::vector<ExprId> parts;
  std::vector<Step> steps;
  std::vector<Property> properties;
  std::vector<std::string> names;
  std::vector<uint32_t> nested;  // object: declarations written in it, as indices into File
};

struct Declaration {
  std::string keyword;  // param, var, resource, module, output, using, ...
  std::string name;
  Span name_span;
  std::string type;  // resource: type with version; module: path; else the type as written
  bool existing = false;
  bool secure = false;  // @secure()
  bool top = true;
  Span span;   // from the keyword on
  Span whole;  // with its decorators
  ExprId value = no_expr;
};

struct File {
  std::deque<Expr> expressions;  // grows without moving what is there
  std::vector<Declaration> declarations;
  std::vector<Span> broken;
  bool too_deep = false;
};

}  // namespace keyless::bicep
