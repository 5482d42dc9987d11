#include <algorithm>
#include <array>

#include "base/text.h"
#include "syntax/javascript/walk.h"

namespace keyless::javascript {
namespace {

// table: methods of Headers, requests and responses that set the header named by their first
// argument
constexpr std::array<std::string_view, 6> header_setters{"set",       "append", "setHeader",
                                                         "addHeader", "header", "setRequestHeader"};

// table: functions that return the function or map they are given, in effect
constexpr std::array<std::string_view, 17> wrappers{
    "freeze", "seal",         "deepFreeze",     "defineConfig", "reactive", "cache",
    "memo",   "memoize",      "useCallback",    "once",         "debounce", "throttle",
    "lazy",   "asyncHandler", "unstable_cache", "forwardRef",   "singleton"};

// table: methods that call their first argument with each element
constexpr std::array<std::string_view, 8> iterators{"forEach", "map",  "filter",  "some",
                                                    "every",   "find", "flatMap", "findIndex"};

}  // namespace

ValueId Walk::call(const Node& node, const std::string& hint) {
  const bool construction = kinds_.of(node) == Kind::construct;
  const Node function = node.field(construction ? "constructor" : "function");
  if (!function) {
    children(node);
    return b_.unknown(node.span());
  }
  if (const ValueId module = module_call(node, function); module != none) return module;
  Call call;
  call.node = node;
  const Dotted name = dotted(function);
  call.name = name.text();
  call.method = after_last(call.name, '.');
  call.receiver = before_last(call.name, '.');
  Element e = make(ElementKind::call, node.span(), call.name, function.span());
  e.flag = construction;
  if (!call.name.empty()) call.element = b_.add(std::move(e));
  for (const Node& index : name.indexes) walk(index);
  // What the callee is called on: `process.env.X!.trim()`, `f(x).then(...)`, `(() => ...)()`.
  const Node object =
      kinds_.of(peel(function)) == Kind::member ? peel(function).field("object") : Node();
  if (name.inner)
    call.target = object ? value(object) : value(name.inner);
  else if (object)
    call.target = name_value(peel(object));
  if (call.name.empty() && object) call.method = peel(function).field("property").text();
  arguments(call, is_one_of(call.method, wrappers) ? hint : std::string{});
  if (call.element == none) {
    // `(async () => ...)()` is what its function returns.
    const Value& v = call.target == none ? Value{} : b_.value(call.target);
    if (v.kind == ValueKind::function && v.parts.size() == 1) return v.parts.front();
    const ValueId text = text_result(call);
    return text == none ? b_.unknown(node.span()) : text;
  }
  schema_fields(call);
  effects(call);
  return result_of(call);
}

// `require("m")` inside an expression: an import under the name that the expression spells.
ValueId Walk::module_call(const Node& node, const Node& callee) {
  const std::string module = module_of(node);
  if (module.empty()) return none;
  const bool dynamic = kinds_.of(callee) == Kind::import_word;
  const std::string name = (dynamic ? "import(" : "require(") + module + ")";
  import(name, node.span(), module, {});
  return b_.symbol(node.span(), name);
}

void Walk::arguments(Call& call, const std::string& hint) {
  const Node list = call.node.field("arguments");
  if (!list) return;
  if (kinds_.of(list) == Kind::text_template) return walk(list);
  int32_t position = 0;
  list.each_named_child([&](const Node& child) {
    if (kinds_.of(child) == Kind::skip) return;
    argument(call, child, position++, list.span(), hint);
  });
}

void Walk::argument(Call& call, const Node& node, int32_t position, const Span& whole,
                    const std::string& hint) {
  const bool spread = kinds_.of(node) == Kind::spread;
  // names.forEach((name) => ...): the function is given each element.
  const bool iterates = position == 0 && call.target != none && is_one_of(call.method, iterators) &&
                        kinds_.of(node) == Kind::function;
  const ValueId v =
      iterates ? function_value(node, hint, each_of(call.target, node.span())) : value(node, hint);
  call.arguments.push_back(v);
  if (call.element == none) return;
  Input input;
  input.position = spread ? -1 : position;
  input.value = v;
  input.via = spread ? Via::splat : Via::positional;
  input.span = node.span();
  input.extent = separated_extent(b_.text(), node.span(), whole);
  b_.element(call.element).inputs.push_back(std::move(input));
  if (b_.value(v).kind == ValueKind::map) properties(call.element, v, false);
}

// The entries of an object argument are inputs of the call, also those spread into it.
void Walk::properties(ElementId call, ValueId map, bool nested) {
  const Elements pairs = pairs_of(map);
  for (const ElementId id : pairs) {
    const Element pair = b_.element(id);
    Input input;
    input.name = pair.name;
    input.value = pair.value;
    input.via = Via::property;
    input.span = pair.span;
    input.extent = pair.extent;
    b_.element(call).inputs.push_back(std::move(input));
  }
  const std::vector<ValueId> spreads = b_.value(map).parts;
  for (const ValueId spread : spreads) {
    std::vector<ValueId> maps{spread};
    if (b_.value(spread).kind == ValueKind::alternative) maps = b_.value(spread).parts;
    for (const ValueId inner : maps) {
      if (b_.value(inner).kind == ValueKind::map) {
        if (!nested) properties(call, inner, true);
        continue;
      }
      Input input;
      input.value = inner;
      input.via = Via::splat;
      input.span = b_.value(inner).span;
      input.extent.span = input.span;
      b_.element(call).inputs.push_back(std::move(input));
    }
  }
}

// What a call changes: headers, environment variables, configuration paths, exported names.
void Walk::effects(const Call& call) {
  const std::vector<ValueId>& given = call.arguments;
  if (given.empty()) return;
  const Value first = b_.value(given[0]);
  const bool named = first.kind == ValueKind::literal && !first.secret;
  const bool environment = call.receiver.ends_with("env") && call.method == "set";
  if (given.size() >= 2 && named && (environment || call.method == "stubEnv")) {
    environment_setting(first.text, call.node.span(), {call.node.span(), std::nullopt}, given[1]);
  } else if (given.size() >= 2 && named && !call.receiver.empty() &&
             is_one_of(call.method, header_setters)) {
    Element pair = make(ElementKind::pair, call.node.span(), first.text, first.span, given[1]);
    pair.type = call.receiver;
    b_.add(std::move(pair));
  } else if (call.name == "Object.assign" && is_environment(given[0])) {
    for (size_t i = 1; i < given.size(); ++i)
      if (b_.value(given[i]).kind == ValueKind::map) environment_settings(given[i]);
  } else if (call.name == "registerAs" && given.size() == 2 && named) {
    const Value& factory = b_.value(given[1]);
    if (factory.kind == ValueKind::function && factory.parts.size() == 1)
      entries(first.text, factory.parts.front());
  } else if (call.method == "forRoot" && first.kind == ValueKind::map) {
    // ConfigModule.forRoot({load: [() => ({azure: {key: process.env.X}})]})
    const Value loaded = b_.value(member_of_map(given[0], "load", first.span));
    for (const ValueId factory : loaded.parts)
      if (b_.value(factory).parts.size() == 1) entries({}, b_.value(factory).parts.front());
  } else if (call.method == "convict" && first.kind == ValueKind::map) {
    convict_entries({}, given[0]);
  } else if (call.method == "defineNuxtConfig" && first.kind == ValueKind::map) {
    const ValueId runtime = member_of_map(given[0], "runtimeConfig", first.span);
    if (b_.value(runtime).kind == ValueKind::map) entries({}, runtime);
  } else if (call.name == "Object.defineProperty" && given.size() == 3 && first.text == "exports" &&
             b_.value(given[2]).kind == ValueKind::map) {
    const Value name = b_.value(given[1]);
    for (const char* key : {"value", "get"}) {
      ValueId v = member_of_map(given[2], key, call.node.span());
      const Value& got = b_.value(v);
      if (got.kind == ValueKind::function && got.parts.size() == 1) v = got.parts.front();
      if (b_.value(v).kind != ValueKind::unknown && name.text != "__esModule")
        export_name(name.text, call.node.span(), v);
    }
  }
}

}  // namespace keyless::javascript
