#include <algorithm>

#include "base/redacted.h"
#include "base/text.h"
#include "syntax/javascript/walk.h"

namespace keyless::javascript {
namespace {

constexpr int max_nesting = 4;
// A map with more entries is data, and nobody refers to its entries by name.
constexpr size_t max_named_entries = 2000;
constexpr size_t max_listed = 64;

// The name of a function below a named map: `service.load`. One in a map without a name has none
// either, since `{key: () => x}` declares no `key`; what a module exports is known by its own name.
std::string hint_below(const std::string& hint, const std::string& name) {
  if (hint.empty()) return {};
  return hint == "module.exports" || hint == "exports" ? name : hint + "." + name;
}

}  // namespace

Element Walk::make(ElementKind kind, Span span, std::string name, Span name_span, ValueId value) {
  Element e;
  e.kind = kind;
  e.span = span;
  e.name = std::move(name);
  e.name_span = name_span;
  e.value = value;
  return e;
}

const Walk::Elements& Walk::pairs_of(ValueId map) const {
  static const Elements empty;
  const auto found = pairs_.find(map);
  return found == pairs_.end() ? empty : found->second;
}

ValueId Walk::object(const Node& node, const std::string& hint) {
  const ValueId map = b_.named(ValueKind::map, node.span(), {});
  node.each_named_child([&](const Node& child) { member(child, map, node.span(), hint); });
  const std::vector<ValueId> spreads = b_.value(map).parts;
  if (std::any_of(spreads.begin(), spreads.end(), [this](ValueId v) { return is_environment(v); }))
    environment_settings(map);
  return map;
}

void Walk::member(const Node& node, ValueId map, const Span& whole, const std::string& hint) {
  switch (kinds_.of(node)) {
    case Kind::pair: {
      const Node key = node.field("key");
      bool known = true;
      std::string name = key_of(key, &known);
      const ValueId v = value(node.field("value"), hint_below(hint, name));
      if (!known) return;
      Element pair = make(ElementKind::pair, node.span(), std::move(name), key.span(), v);
      pair.extent = separated_extent(b_.text(), node.span(), whole);
      return add_pair(map, std::move(pair));
    }
    case Kind::shorthand: {
      Element pair = make(ElementKind::pair, node.span(), std::string(node.text()), node.span(),
                          named(node.span(), std::string(node.text())));
      pair.extent = separated_extent(b_.text(), node.span(), whole);
      return add_pair(map, std::move(pair));
    }
    case Kind::spread: {
      const ValueId v = value(node.named_child(0), hint);
      b_.value(map).parts.push_back(v);
      return;
    }
    case Kind::method:
      return method_member(node, map, whole, hint);
    default:
      return walk(node);
  }
}

void Walk::method_member(const Node& node, ValueId map, const Span& whole,
                         const std::string& hint) {
  const Node key = node.field("name");
  const std::string name = key_of(key);
  bool get = false;
  bool set = false;
  node.each_child([&](const Node& child, std::string_view) {
    get = get || child.is("get");
    set = set || child.is("set");
  });
  // A getter is no function to those who use it: its scope must not take the name.
  const std::vector<ValueId> results = function(node, hint_below(hint, (get   ? "get "
                                                                        : set ? "set "
                                                                              : "") +
                                                                           name));
  if (set) return;
  // What a getter returns is what the property holds.
  const ValueId v = get && !results.empty() ? b_.alternative(node.span(), results)
                                            : b_.named(ValueKind::function, node.span(), {});
  Element pair = make(ElementKind::pair, node.span(), name, key.span(), v);
  pair.extent = separated_extent(b_.text(), node.span(), whole);
  add_pair(map, std::move(pair));
}

void Walk::add_pair(ValueId map, Element pair) {
  pair.group = map;
  const std::string name = squash(pair.name);
  // Bundlers replace such names in the code: {"process.env.X": JSON.stringify(x)}
  constexpr std::string_view replaced = "process.env.";
  if (pair.name.starts_with(replaced) && is_upper_snake(pair.name.substr(replaced.size())))
    environment_setting(pair.name.substr(replaced.size()), pair.span, pair.extent, pair.value);
  const ValueId v = pair.value;
  const Span extent = pair.extent.span;
  pairs_[map].push_back(b_.add(std::move(pair)));
  if (v == none || b_.value(v).kind != ValueKind::map) return;
  const Elements& inner = pairs_of(v);
  // The only entry of a map goes with the map.
  if (inner.size() == 1 && b_.value(v).parts.empty())
    b_.element(inner.front()).extent.parent = extent;
  if (name == "env" || name == "environment" || name == "environmentvariables")
    environment_settings(v);
}

std::string Walk::key_of(const Node& key, bool* known) {
  if (!key) return {};
  switch (kinds_.of(key)) {
    case Kind::string:
      return mask_keys(text_of(key));
    case Kind::computed_name: {
      const Node inner = peel(key.named_child(0));
      const Kind kind = kinds_.of(inner);
      if (kind == Kind::string) return key_of(inner);
      if (kind == Kind::identifier)
        if (const auto found = constants_.find(std::string(inner.text()));
            found != constants_.end())
          return found->second;
      const ValueId v = value(inner);
      if (b_.value(v).kind == ValueKind::literal && !b_.value(v).secret) return b_.value(v).text;
      if (known != nullptr) *known = false;
      return "[*]";
    }
    default:
      return std::string(key.text());
  }
}

// `const config = {openai: {key: k}}`: `config.openai.key` is a name that others use.
void Walk::dotted_assigns(const std::string& name, ValueId map, ScopeId scope, int depth) {
  const Elements pairs = pairs_of(map);
  if (depth >= max_nesting || pairs.size() > max_named_entries) return;
  for (const ElementId id : pairs) {
    if (--derived_ < 0) return;
    const Element pair = b_.element(id);
    const std::string full = extend(name, pair.name);
    Element e = make(ElementKind::assign, pair.span, full, pair.name_span, pair.value);
    e.extent = pair.extent;
    b_.element(b_.add(std::move(e))).scope = scope;
    if (pair.value == none) continue;
    const ValueKind kind = b_.value(pair.value).kind;
    if (kind == ValueKind::map) dotted_assigns(full, pair.value, scope, depth + 1);
    if (kind == ValueKind::list) list_assigns(full, pair.value, scope, depth + 1);
  }
}

// `const keys = ["A", "B"]`: `keys[*]` is any of them; of maps, `keys[*].name` any of their names.
void Walk::list_assigns(const std::string& name, ValueId list, ScopeId scope, int depth) {
  const std::vector<ValueId> parts = b_.value(list).parts;
  if (parts.empty() || parts.size() > max_listed || depth >= max_nesting) return;
  std::vector<ValueId> plain;
  for (const ValueId part : parts) {
    if (b_.value(part).kind == ValueKind::map)
      dotted_assigns(name + "[*]", part, scope, depth + 1);
    else
      plain.push_back(part);
  }
  if (plain.empty()) return;
  const Span span = b_.value(list).span;
  const ValueId any = b_.alternative(span, std::move(plain));
  b_.element(b_.add(make(ElementKind::assign, span, name + "[*]", span, any))).scope = scope;
}

ValueId Walk::each_of(ValueId list, Span span) {
  const Value v = b_.value(list);
  if (v.kind != ValueKind::list || v.parts.empty() || v.parts.size() > max_listed)
    return member_of(list, "[*]", span);
  return b_.alternative(v.span, v.parts);
}

void Walk::environment_settings(ValueId map) {
  const Elements pairs = pairs_of(map);
  for (const ElementId id : pairs) {
    const Element pair = b_.element(id);
    if (is_upper_snake(pair.name))
      environment_setting(pair.name, pair.span, pair.extent, pair.value);
  }
}

void Walk::environment_setting(const std::string& name, Span span, Extent extent, ValueId value) {
  Element e = make(ElementKind::setting, span, name, {}, value);
  e.container = Container::code_env;
  e.extent = extent;
  b_.add(std::move(e));
}

// Leaves that read something, as key paths: what a configuration library serves under that path.
void Walk::entries(const std::string& prefix, ValueId map, int depth) {
  const Elements pairs = pairs_of(map);
  if (depth >= max_nesting || pairs.size() > max_named_entries) return;
  for (const ElementId id : pairs) {
    const Element pair = b_.element(id);
    if (pair.value == none) continue;
    const std::string path = extend(prefix, pair.name);
    const Value& v = b_.value(pair.value);
    if (v.kind == ValueKind::map) {
      entries(path, pair.value, depth + 1);
    } else if (v.kind != ValueKind::function && v.kind != ValueKind::unknown) {
      Element e = make(ElementKind::entry, pair.span, path, pair.name_span, pair.value);
      e.extent = pair.extent;
      b_.add(std::move(e));
    }
  }
}

}  // namespace keyless::javascript
