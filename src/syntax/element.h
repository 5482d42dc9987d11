// Element: one thing a file says (an import, a call, a setting, a resource), with span and extent.
// The table of `docs` is in ElementKind: what each field means for each kind.
#pragma once

#include <string>
#include <vector>

#include "syntax/container.h"
#include "syntax/value.h"

namespace keyless {

enum class ElementKind : uint8_t {
  // programming languages
  import,  // name: local name; module; member: "" = the module itself, "default", "*" = all names
  call,    // name: callee as written; inputs; flag: construction (`new`, or a capitalised name)
  assign,  // name: target as written ("key", "self.key", "openai.api_key"); type; value
  param,   // name; position; type; value: the default; scope: the function's own scope
  result,  // value; a `return` (or the expression body) of the function whose scope this is
  field,   // name; type; value: default or declared read; scope: the class; member: an alias
  pair,    // name: string key, as written; value; group: the map value (or none: `h["k"] = v`,
           // then type: the receiver as written)
  base,    // name: a base class as written; scope: the class
  export_name,  // name: exported name; value or module+member: what it stands for (`export {a as
                // b}`,
                // `export * from`, `module.exports = ...`; Python `__all__` needs none)
  // configuration
  setting,  // container; name: key; value; group: id shared by one map or list; type: workload or
            // action; member: file or variable that a script writes it to ("GITHUB_OUTPUT", ".env")
  entry,    // name: key path with dots ("a.b[2].c"); value: scalar
  // infrastructure
  resource,      // type: version stripped; name: symbol; inputs: attributes flattened, names with
                 // dots ("properties.disableLocalAuth", "identity.type"); flag: existing / data
  module,        // name: symbol; type: source; inputs: arguments
  iac_variable,  // name; type; flag: secure; value: default
  iac_local,     // name; value (Terraform local, Bicep var, ARM variable)
  iac_output,    // name; flag: secure; value
  iac_assign,    // name: variable given a value in a tfvars or parameter file; value
  command,       // name: program; inputs: words (positional) and options ("--set" = name)
};

enum class Via : uint8_t {
  keyword,
  positional,
  property,
  initializer,
  builder,
  option,
  setter,
  splat,
  attribute
};

// One named or positional input of a call; one attribute of a resource; one argument of a module.
struct Input {
  std::string name;       // "" when positional only
  int32_t position = -1;  // 0-based among the arguments as written; -1 when it has none
  ValueId value = none;
  Via via = Via::keyword;
  Span span;  // the whole input: `api_key=key`
  Extent extent;
};

struct Element {
  ElementKind kind = ElementKind::entry;
  Container container = Container::unset;
  bool flag = false;  // see ElementKind
  ScopeId scope = 0;
  Span span;  // narrowest construct that says it (a resource: its first line)
  Extent extent;
  Span name_span;
  std::string name;
  std::string module;
  std::string member;
  std::string type;
  ValueId value = none;
  uint32_t group = none;
  int32_t position = -1;
  std::vector<Input> inputs;
};

}  // namespace keyless
