#include "syntax/javascript/walk.h"

namespace keyless::javascript {

std::string Walk::type_of(const Node& node) {
  const Node annotation = node.field("type");
  std::string_view type = annotation ? annotation.text() : std::string_view{};
  if (type.starts_with(':')) type.remove_prefix(1);
  while (type.starts_with(' ')) type.remove_prefix(1);
  return std::string(type);
}

// Walks parameters and body in a scope of their own; returns what the function returns.
// `first`: what the caller gives the first parameter, when that is known where it is written.
std::vector<ValueId> Walk::function(const Node& node, std::string_view name, ValueId first) {
  bool async = false;
  node.each_child([&](const Node& child, std::string_view) { async = async || child.is("async"); });
  open(ScopeKind::function, name, node.span(), async);
  returns_.emplace_back();
  if (const Node only = node.field("parameter")) parameter(only, 0, first);
  if (const Node list = node.field("parameters")) {
    int32_t position = 0;
    list.each_named_child([&](const Node& child) {
      const bool receiver = child.field("pattern") && child.field("pattern").is("this");
      if (kinds_.of(child) == Kind::skip || receiver) return;
      parameter(child, position, position == 0 ? first : none);
      ++position;
    });
  }
  const Node body = node.field("body");
  if (body && body.is("statement_block")) {
    walk(body);
  } else if (body) {
    const ValueId result = value(body);
    b_.add(make(ElementKind::result, body.span(), {}, {}, result));
    returns_.back().push_back(result);
  }
  b_.close_scope();
  std::vector<ValueId> results = std::move(returns_.back());
  returns_.pop_back();
  return results;
}

ValueId Walk::function_value(const Node& node, const std::string& hint, ValueId first) {
  const Node name = node.field("name");
  // The target of an assignment names a function, also one that has a name of its own.
  const std::vector<ValueId> results =
      function(node, hint.empty() && name ? name.text() : std::string_view(hint), first);
  const ValueId id = b_.named(ValueKind::function, node.span(), {});
  if (results.size() == 1) b_.value(id).parts = results;
  return id;
}

void Walk::parameter(const Node& node, int32_t position, ValueId given_value) {
  Node target = node;
  ValueId fallback = given_value;
  std::string type;
  if (kinds_.of(node) == Kind::parameter) {  // TypeScript
    target = node.field("pattern");
    type = type_of(node);
    node.each_named_child([&](const Node& child) {
      if (kinds_.of(child) == Kind::decorator) walk(child);
    });
    if (const Node given = node.field("value")) fallback = value(given);
  } else if (kinds_.of(node) == Kind::assignment_pattern) {  // JavaScript
    target = node.field("left");
    fallback = value(node.field("right"));
  }
  if (!target) return;
  std::vector<Bound> names;
  pattern(target, {}, names, {}, kinds_.of(target) == Kind::identifier ? fallback : none);
  for (const Bound& bound : names) {
    declare(bound.name);
    ValueId given = bound.fallback;
    if (!bound.path.empty() && fallback != none) {
      // ({key} = defaults)
      const ValueId taken = member_of(fallback, bound.path, bound.span);
      if (b_.value(taken).kind != ValueKind::unknown) given = given == none ? taken : given;
    }
    Element e = make(ElementKind::param, bound.span, bound.name, bound.name_span, given);
    e.extent = bound.extent;
    if (bound.path.empty() && node.parent().is("formal_parameters")) {
      const Span list = node.parent().span();
      e.extent = separated_extent(b_.text(), node.span(), {list.begin + 1, list.end - 1});
    }
    e.member = bound.path;
    e.position = position;
    if (bound.path.empty()) e.type = type;
    b_.add(std::move(e));
    parameter_property(node, bound.name);
  }
}

// `constructor(private readonly key: string)` declares a field and fills it.
void Walk::parameter_property(const Node& node, const std::string& name) {
  bool property = false;
  node.each_child([&](const Node& child, std::string_view) {
    property = property || child.is("accessibility_modifier") || child.is("readonly") ||
               child.is("override_modifier");
  });
  if (!property) return;
  const Span span = node.field("pattern").span();
  Element field = make(ElementKind::field, node.span(), name, span);
  field.type = type_of(node);
  field.scope = enclosing(b_.document(), b_.scope(), ScopeKind::type);
  if (field.scope != none) b_.add(std::move(field));
  assign("self." + name, span, b_.symbol(span, name), node.span());
}

}  // namespace keyless::javascript
