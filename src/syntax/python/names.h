// Names: the dotted name of an expression as written, and its canonical form by the imports.
// Pure look-ups: nothing here adds to the Document.
#pragma once

#include "syntax/python/walk.h"

namespace keyless::python {

// "settings.openai.key" for attributes and literal subscripts, "client().chat" when the receiver is
// a call, `cls` as `self`, super() as the base class. A part without a name is "?".
std::string written_name(const State& state, const Node& node);

// The name by imports and by variables that hold a known object: "env.str" with
// `env = environs.Env()` is "environs.Env().str". As written when nothing explains it.
std::string canonical(const State& state, std::string_view written);

// Remembers that `written` now holds what `canonical_name` names; "" forgets it.
void remember(State& state, const std::string& written, std::string canonical_name);

// The class name of an annotation: `Optional[X]`, `X | None`, `"X"`, `Annotated[X, ...]` are X.
std::string type_name(std::string_view annotation);

// A call that looks one literal key up: `cfg.get("key"[, default])`, `getattr(cfg, "key"[,
// default])`.
struct LookUp {
  Node receiver;
  std::string key;
  Node fallback;  // null when there is none
};
std::optional<LookUp> look_up(const State& state, const Node& call);

// Positional arguments of a call in order, comments and splats left out; and one by keyword.
std::vector<Node> positional(const Node& call);
Node keyword(const Node& call, std::string_view name);

// The literal key of a subscript or pair key, constants of the module included; masked.
std::optional<std::string> key_text(const State& state, const Node& node);

}  // namespace keyless::python
