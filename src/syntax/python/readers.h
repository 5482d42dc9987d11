// Readers: the library knowledge of the Python lowering, as tables: what reads a name from where.
// Symbols are canonical; a leading "*." matches any receiver.
#pragma once

#include <span>
#include <string_view>

#include "syntax/element.h"

namespace keyless::python {

// A function that reads one name. Positions are -1 when only the keyword form exists.
struct ReaderFunction {
  std::string_view symbol{};
  ValueKind kind = ValueKind::env;
  int name_at = 0;
  std::string_view name_keyword{};
  int default_at = -1;
  std::string_view default_keyword{};
  int section_at = -1;  // of a configuration path "section.name"
};
std::span<const ReaderFunction> reader_functions();

// A parameter called `env`: an environment when it is asked for names in upper case.
inline constexpr std::string_view guessed_environment = "environ()";

// An object that holds names as keys: `x["NAME"]`, `x.get("NAME", default)`.
struct ReaderMapping {
  std::string_view symbol{};
  ValueKind kind = ValueKind::env;
  int depth = 1;            // keys that make a name; 0: any number
  bool attributes = false;  // `x.name` reads too
};
std::span<const ReaderMapping> reader_mappings();

// Classes whose annotated fields are read from the environment.
std::span<const std::string_view> settings_bases();

// Callables whose result is their first argument as far as values go: str, SecretStr.
std::span<const std::string_view> wrappers();
// Callables that make an object of their keywords: dict, SimpleNamespace.
std::span<const std::string_view> map_makers();
// Methods whose result is their receiver: strip, get_secret_value.
std::span<const std::string_view> handing_on_methods();

// Functions that call their argument: partial(F, ...) is F(...) with the rest of the arguments.
struct DeferredCall {
  std::string_view symbol{};
  int callee_at = 0;
};
std::span<const DeferredCall> deferred_calls();

bool symbol_matches(std::string_view pattern, std::string_view symbol);

}  // namespace keyless::python
