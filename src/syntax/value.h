// Value: what an expression says, as a small tree of parts; one model for code and configuration.
// A captured secret is a Redacted and leaves `text` masked; nothing here can print a key.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/redacted.h"
#include "base/span.h"

namespace keyless {

using ValueId = uint32_t;    // index into Document::values
using ElementId = uint32_t;  // index into Document::elements
using ScopeId = uint32_t;    // index into Document::scopes
inline constexpr uint32_t none = UINT32_MAX;

enum class ValueKind : uint8_t {
  unknown,
  literal,      // text: decoded, constants folded, keys masked; numbers and booleans too
  empty,        // "", None, null, undefined
  symbol,       // text: the dotted name as written (`this` is `self`): "settings.openai.key"
  call,         // element: the Call whose result this is
  env,          // text: name of an environment variable; parts[0] when the name is not a literal
  config,       // text: configuration path as written; parts[0] as above
  secret,       // text: name of a secret in a store; parts[0] as above
  alternative,  // one of parts (`a or b`, `c ? a : b`, a default); the condition is no part
  composite,    // text made of parts (concatenation, template, format); literals included
  map,          // literal dictionary or object; its entries are Pair elements with group = this
  list,         // parts
  function,     // lambda or arrow function; parts[0] is its result when it is one expression
  // infrastructure and pipelines
  attribute,        // text: address of a resource, module, param; member: what is read from it
  pipeline_secret,  // text: name (`secrets.X`)
  pipeline_value,   // text: `vars.X`, `inputs.X`, `steps.s.outputs.o`, `needs.j.outputs.o`
  vault_reference,  // text: secret name when literal; parts: name expression, vault expression
};

struct Value {
  ValueKind kind = ValueKind::unknown;
  Span span;
  std::string text;
  std::string member;  // attribute: "primary_access_key", "listKeys().key1", "outputs.key"
  std::string type;    // attribute: type of the resource when this file says it, version stripped
  std::optional<Redacted> secret;
  std::vector<ValueId> parts;
  ElementId element = none;
};

}  // namespace keyless
