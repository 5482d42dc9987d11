#include <algorithm>
#include <array>

#include "base/text.h"
#include "syntax/javascript/walk.h"

namespace keyless::javascript {
namespace {

// table: methods that return the text they are called on, changed in form only
constexpr std::array<std::string_view, 19> text_methods{
    "trim",      "trimStart", "trimEnd",     "toString",    "valueOf",
    "normalize", "replace",   "replaceAll",  "toLowerCase", "toUpperCase",
    "required",  "asString",  "asUrlString", "asUrlObject", "unwrap",
    "toJSON",    "value",     "asInt",       "asPortNumber"};

// table: functions that return their first argument, or a copy
constexpr std::array<std::string_view, 14> copying{
    "String",       "Object.freeze", "Object.seal", "structuredClone", "deepFreeze",
    "defineConfig", "reactive",      "readonly",    "markRaw",         "defineAppConfig",
    "unref",        "toRaw",         "Promise.all", "Promise.resolve"};

// table: functions that return what the function they are given returns
constexpr std::array<std::string_view, 4> calling{"useMemo", "computed", "createMemo", "untracked"};

// table: methods of a configuration object that return the value at a key path
constexpr std::array<std::string_view, 6> config_getters{"get",         "getOrThrow", "getString",
                                                         "getOptional", "mustGet",    "require"};

// table: functions that are given the name of an environment variable
constexpr std::array<std::string_view, 8> environment_functions{
    "env",           "Deno.env.get",          "Bun.env.get",   "Netlify.env.get",
    "Config.string", "Config.nonEmptyString", "Config.secret", "Config.redacted"};

// `getEnv`, `requireEnvVar`, `getRequiredEnvironmentVariable`, but not `setEnv` or `loadEnv`.
bool reads_environment(std::string_view method) {
  const std::string name = squash(method);
  if (name.find("env") == std::string::npos) return false;
  for (const std::string_view verb : {"set", "stub", "load", "is", "has", "delete", "unset",
                                      "create", "clean", "parse", "with", "validate"})
    if (name.starts_with(verb)) return false;
  return true;
}

}  // namespace

ValueId Walk::result_of(const Call& call) {
  if (const ValueId v = parsed(call); v != none) return v;
  if (const ValueId v = read_result(call); v != none) return v;
  if (const ValueId v = transparent_result(call); v != none) return v;
  const ValueId id = b_.named(ValueKind::call, call.node.span(), {});
  b_.value(id).element = call.element;
  return id;
}

// `[host, "openai"].join("/")`, `"https://".concat(host)`, `[a, b].filter(Boolean)`
ValueId Walk::text_result(const Call& call) {
  if (call.target == none) return none;
  const Value on = b_.value(call.target);
  if (on.kind == ValueKind::list && call.method == "filter") return call.target;
  if (on.kind == ValueKind::list && call.method == "join" && on.parts.size() <= 64) {
    const Value comma = call.arguments.empty() ? Value{} : b_.value(call.arguments.front());
    if (!call.arguments.empty() && comma.kind != ValueKind::literal &&
        comma.kind != ValueKind::empty)
      return none;
    std::vector<ValueId> parts;
    for (const ValueId part : on.parts) {
      if (!parts.empty() && comma.kind != ValueKind::empty)
        parts.push_back(b_.literal(comma.span, call.arguments.empty() ? "," : comma.text));
      parts.push_back(part);
    }
    return parts.empty() ? none : sum(call.node.span(), std::move(parts));
  }
  const bool text =
      on.kind == ValueKind::literal || on.kind == ValueKind::composite || on.kind == ValueKind::env;
  if (!text || call.method != "concat") return none;
  std::vector<ValueId> parts{call.target};
  parts.insert(parts.end(), call.arguments.begin(), call.arguments.end());
  return sum(call.node.span(), std::move(parts));
}

ValueId Walk::transparent_result(const Call& call) {
  if (const ValueId text = text_result(call); text != none) return text;
  if (call.target != none && is_one_of(call.method, text_methods)) {
    const ValueKind kind = b_.value(call.target).kind;
    // A method of a name may be anything; of a read or a text it is what the table says.
    if (kind != ValueKind::symbol && kind != ValueKind::call && kind != ValueKind::unknown &&
        kind != ValueKind::map)
      return call.target;
    if (kind == ValueKind::symbol &&
        (call.method == "trim" || call.method == "toString" || call.method == "replace"))
      return call.target;
  }
  // client.getSecret("x").then((s) => s.value)
  if (call.method == "then" && call.target != none &&
      b_.value(call.target).kind == ValueKind::secret)
    return call.target;
  // env.get("X").required().default("y")
  if (call.method == "default" && call.target != none && call.arguments.size() == 1 &&
      b_.value(call.target).kind == ValueKind::env)
    return b_.alternative(call.node.span(), {call.target, call.arguments.front()});
  if (call.arguments.empty() || call.arguments.size() > 3) return none;
  const ValueId first = call.arguments.front();
  if (is_one_of(call.name, copying)) return first;
  if (const ValueId list = listed(call); list != none) return list;
  const Value given = b_.value(first);
  if (is_one_of(call.method, calling) && given.kind == ValueKind::function &&
      given.parts.size() == 1)
    return given.parts.front();
  if (call.name == "JSON.stringify" && given.kind == ValueKind::env) return first;
  if (call.method == "loadEnv") return b_.symbol(call.node.span(), "process.env");
  if (call.method == "useState") {  // const [key, setKey] = useState(initial)
    const ValueId pair = b_.named(ValueKind::list, call.node.span(), {});
    b_.value(pair).parts = {first, b_.unknown(call.node.span())};
    return pair;
  }
  return none;
}

// Object.keys, Object.values and Object.entries of a map that is written in this file.
ValueId Walk::listed(const Call& call) {
  if (!call.name.starts_with("Object.")) return none;
  const Value given = b_.value(call.arguments.front());
  const auto named =
      given.kind == ValueKind::symbol ? named_maps_.find(given.text) : named_maps_.end();
  ValueId map = given.kind == ValueKind::map ? call.arguments.front() : none;
  if (named != named_maps_.end()) map = named->second;
  if (map == none || pairs_of(map).empty() || pairs_of(map).size() > 64) return none;
  const bool keys = call.method == "keys" || call.method == "entries";
  const bool values = call.method == "values" || call.method == "entries";
  if (!keys && !values) return none;
  Value list;
  list.kind = ValueKind::list;
  list.span = call.node.span();
  for (const ElementId id : pairs_of(map)) {
    const Element pair = b_.element(id);
    const ValueId key = keys ? b_.literal(pair.name_span, pair.name) : none;
    if (!values || pair.value == none) {
      list.parts.push_back(keys ? key : b_.unknown(pair.span));
    } else if (!keys) {
      list.parts.push_back(pair.value);
    } else {
      Value entry;
      entry.kind = ValueKind::list;
      entry.span = pair.span;
      entry.parts = {key, pair.value};
      list.parts.push_back(b_.add(std::move(entry)));
    }
  }
  return b_.add(std::move(list));
}

ValueId Walk::read_result(const Call& call) {
  if (const ValueId v = environment_call(call); v != none) return v;
  if (call.arguments.empty()) return none;
  const Value first = b_.value(call.arguments.front());
  const Span span = call.node.span();
  if ((call.method == "getSecret" || call.method == "getSecretValue") && !first.secret) {
    const ValueId secret = read(ValueKind::secret, span, {}, call.arguments.front());
    // The client that a secret is read through says which vault is meant.
    if (b_.value(secret).kind == ValueKind::secret) b_.value(secret).member = call.receiver;
    return secret;
  }
  const bool nameable = first.kind == ValueKind::literal || first.kind == ValueKind::symbol ||
                        first.kind == ValueKind::composite;
  if (!nameable || first.secret) return none;
  const std::string object = squash(after_last(call.receiver, '.'));
  const bool config = object.find("config") != std::string::npos || object == "conf" ||
                      object == "cfg" || object == "nconf" || object == "settings";
  if (!config || !is_one_of(call.method, config_getters)) return none;
  const ValueId id = read(ValueKind::config, span, {}, call.arguments.front());
  if (call.arguments.size() < 2) return id;
  // get("key", "default"), but not get("key", {infer: true})
  const ValueKind other = b_.value(call.arguments[1]).kind;
  if (other == ValueKind::map || other == ValueKind::function) return id;
  return b_.alternative(span, {id, call.arguments[1]});
}

// getEnv("X", "default"), Deno.env.get("X"), env("X")
ValueId Walk::environment_call(const Call& call) {
  if (call.arguments.empty()) return none;
  const Value first = b_.value(call.arguments.front());
  if (first.secret) return none;
  const bool literal = first.kind == ValueKind::literal;
  const std::string object = squash(after_last(call.receiver, '.'));
  const bool get = call.method == "get" && (object == "env" || object == "environment");
  const bool known =
      is_one_of(call.name, environment_functions) || get || call.method == "defineSecret";
  const bool guessed = literal && is_upper_snake(first.text) && reads_environment(call.method);
  if (!(known &&
        (literal || first.kind == ValueKind::symbol || first.kind == ValueKind::composite)) &&
      !guessed)
    return none;
  const ValueId id = read(ValueKind::env, call.node.span(), {}, call.arguments.front());
  if (call.arguments.size() < 2) return id;
  const ValueKind other = b_.value(call.arguments[1]).kind;
  if (other == ValueKind::map || other == ValueKind::function || other == ValueKind::unknown)
    return id;
  return b_.alternative(call.node.span(), {id, call.arguments[1]});
}

}  // namespace keyless::javascript
