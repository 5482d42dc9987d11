#include <algorithm>
#include <array>

#include "base/text.h"
#include "syntax/javascript/walk.h"

namespace keyless::javascript {
namespace {

constexpr size_t max_fields = 500;

// table: functions whose object argument declares fields, by their last name
constexpr std::array<std::string_view, 22> schema_makers{
    "object",    "strictObject",   "looseObject", "Object",    "keys",      "shape",
    "extend",    "append",         "cleanEnv",    "createEnv", "defineEnv", "envsafe",
    "parseEnv",  "Struct",         "type",        "struct",    "merge",     "and",
    "intersect", "customCleanEnv", "envSchema",   "envParse"};

// table: functions that check an object and return it, and the property that holds it
constexpr std::array<std::pair<std::string_view, std::string_view>, 14> parsers{{
    {"parse", ""},
    {"parseAsync", ""},
    {"safeParse", "data"},
    {"safeParseAsync", "data"},
    {"validate", "value"},
    {"validateSync", ""},
    {"validateAsync", ""},
    {"attempt", ""},
    {"cast", ""},
    {"cleanEnv", ""},
    {"createEnv", ""},
    {"envsafe", ""},
    {"parseEnv", ""},
    {"decodeUnknownSync", ""},
}};

}  // namespace

// Fields that this call declares, or that the schemas it is built from declare.
void Walk::schema_fields(Call& call) {
  const auto inherit = [&](ValueId id) {
    if (id == none || call.fields.size() >= max_fields) return;
    const Value& v = b_.value(id);
    const Elements* fields = nullptr;
    if (v.kind == ValueKind::call) {
      const auto found = schemas_.find(v.element);
      if (found != schemas_.end()) fields = &found->second;
    } else if (v.kind == ValueKind::symbol) {
      const auto found = named_schemas_.find(v.text);
      if (found != named_schemas_.end()) fields = &found->second;
    }
    if (fields != nullptr) call.fields.insert(call.fields.end(), fields->begin(), fields->end());
  };
  inherit(call.target);
  if (call.fields.size() >= max_fields) return;
  for (const ValueId argument : call.arguments) {
    inherit(argument);
    if (b_.value(argument).kind == ValueKind::map && is_one_of(call.method, schema_makers))
      collect_nested(call, argument, 0);
  }
  if (!call.fields.empty()) schemas_[call.element] = call.fields;
}

// `createEnv({server: {X: z.string()}, runtimeEnv: {X: process.env.X}})`
void Walk::collect_nested(Call& call, ValueId map, int depth) {
  const Elements pairs = pairs_of(map);
  for (const ElementId id : pairs) {
    const Element& pair = b_.element(id);
    if (pair.value == none) continue;
    const ValueKind kind = b_.value(pair.value).kind;
    if (kind == ValueKind::map && depth == 0)
      collect_nested(call, pair.value, 1);
    else if (is_upper_snake(pair.name))
      declared(call, id);
  }
}

void Walk::declared(Call& call, ElementId pair) {
  if (call.fields.size() >= max_fields) return;
  const Element declaration = b_.element(pair);
  for (const ElementId known : call.fields)
    if (b_.element(known).name == declaration.name) return;
  const Value& given = b_.value(declaration.value);
  // `X: process.env.X` reads by itself; a schema declares the read.
  const ValueId v = given.kind == ValueKind::env
                        ? declaration.value
                        : read(ValueKind::env, declaration.span, declaration.name);
  Element field =
      make(ElementKind::field, declaration.span, declaration.name, declaration.name_span, v);
  field.extent = declaration.extent;
  call.fields.push_back(b_.add(std::move(field)));
}

// What a call returns that checks the environment, or any object, by a schema.
ValueId Walk::parsed(const Call& call) {
  const auto parser = std::find_if(parsers.begin(), parsers.end(),
                                   [&](const auto& row) { return row.first == call.method; });
  if (parser == parsers.end()) return none;
  ValueId environment = none;
  ValueId map = none;
  ValueId name = none;
  for (const ValueId argument : call.arguments) {
    if (is_environment(argument)) environment = argument;
    const ValueKind kind = b_.value(argument).kind;
    if (kind == ValueKind::map && map == none) map = argument;
    if (kind == ValueKind::symbol && name == none) name = argument;
  }
  const Span span = call.node.span();
  const bool of_schema = squash(call.receiver).find("schema") != std::string::npos;
  ValueId result = none;
  if (!call.fields.empty())
    result = environment_map(call.fields, span);
  else if (environment != none)
    result = b_.symbol(span, "process.env");
  else if (map != none && parser->first != "createEnv")
    result = map;
  else if (name != none && of_schema)
    result = name;
  else if (call.arguments.size() == 1 && b_.value(call.arguments.front()).kind == ValueKind::env)
    result = call.arguments.front();  // z.string().parse(process.env.X)
  if (result == none || parser->second.empty()) return result;
  const ValueId outer = b_.named(ValueKind::map, span, {});
  add_pair(outer, make(ElementKind::pair, span, std::string(parser->second), {}, result));
  return outer;
}

ValueId Walk::environment_map(const Elements& fields, Span span) {
  const ValueId map = b_.named(ValueKind::map, span, {});
  for (const ElementId id : fields) {
    if (--derived_ < 0) break;
    const Element field = b_.element(id);
    Element pair = make(ElementKind::pair, field.span, field.name, field.name_span, field.value);
    pair.extent = field.extent;
    add_pair(map, std::move(pair));
  }
  return map;
}

// convict({openai: {key: {format: String, env: "OPENAI_KEY"}}})
void Walk::convict_entries(const std::string& prefix, ValueId map, int depth) {
  const Elements pairs = pairs_of(map);
  if (depth > 6) return;
  for (const ElementId id : pairs) {
    const Element pair = b_.element(id);
    if (pair.value == none || b_.value(pair.value).kind != ValueKind::map) continue;
    const std::string path = extend(prefix, pair.name);
    const Elements inner = pairs_of(pair.value);
    const auto variable = std::find_if(inner.begin(), inner.end(), [this](ElementId e) {
      return b_.element(e).name == "env" &&
             b_.value(b_.element(e).value).kind == ValueKind::literal;
    });
    if (variable == inner.end()) {
      convict_entries(path, pair.value, depth + 1);
      continue;
    }
    const Element name = b_.element(*variable);
    const ValueId v = read(ValueKind::env, name.span, b_.value(name.value).text);
    b_.add(make(ElementKind::entry, pair.span, path, pair.name_span, v));
  }
}

}  // namespace keyless::javascript
