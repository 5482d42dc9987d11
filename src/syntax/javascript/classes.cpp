#include "base/text.h"
#include "syntax/javascript/walk.h"

namespace keyless::javascript {

void Walk::class_(const Node& node, std::string_view name) {
  node.each_named_child([this](const Node& child) {
    if (kinds_.of(child) == Kind::decorator) walk(child);
  });
  open(ScopeKind::type, name, node.span());
  node.each_named_child([&](const Node& child) {
    if (child.is("class_heritage")) heritage(child);
    if (!child.is("class_body")) return;
    child.each_named_child([&](const Node& inner) { class_member(inner, kinds_.of(inner), name); });
  });
  b_.close_scope();
}

void Walk::heritage(const Node& node) {
  node.each_named_child([this](const Node& child) {
    const Node base = child.is("extends_clause") ? child.field("value") : child;
    if (!base || kinds_.of(base) == Kind::skip) return;
    const Dotted name = dotted(base);
    if (name.inner) walk(name.inner);
    const std::string text = name.text();
    if (!text.empty()) b_.add(make(ElementKind::base, base.span(), text, base.span()));
  });
}

void Walk::class_member(const Node& node, Kind kind, std::string_view class_name) {
  switch (kind) {
    case Kind::method:
      return method(node, class_name);
    case Kind::class_field:
      return class_field(node, class_name);
    default:
      return walk(node);
  }
}

void Walk::method(const Node& node, std::string_view) {
  const Node key = node.field("name");
  const std::string name = key_of(key);
  bool get = false;
  bool set = false;
  node.each_child([&](const Node& child, std::string_view) {
    get = get || child.is("get");
    set = set || child.is("set");
    if (kinds_.of(child) == Kind::decorator) walk(child);
  });
  // A getter is no function to those who use it: its scope must not take the name.
  const std::vector<ValueId> results = function(node, (get ? "get " : set ? "set " : "") + name);
  // What a getter returns is what the field holds.
  if (get && !results.empty())
    b_.add(make(ElementKind::field, node.span(), name, key.span(),
                b_.alternative(node.span(), results)));
}

void Walk::class_field(const Node& node, std::string_view class_name) {
  const Node key = node.field("name") ? node.field("name") : node.field("property");
  const std::string name = key_of(key);
  bool decorated = false;
  node.each_named_child([&](const Node& child) {
    if (kinds_.of(child) != Kind::decorator) return;
    walk(child);
    decorated = true;
  });
  Element field = make(ElementKind::field, node.span(), name, key.span());
  field.type = type_of(node);
  field.extent = statement_extent(node.span());
  const Node given = node.field("value");
  if (given) field.value = value(given, name);
  // class EnvironmentVariables { @IsString() AZURE_OPENAI_API_KEY: string }
  const bool of_environment = contains_ignoring_case(class_name, "env") || decorated;
  if (!given && of_environment && is_upper_snake(name))
    field.value = read(ValueKind::env, node.span(), name);
  const ValueId v = field.value;
  b_.add(std::move(field));
  if (v != none && b_.value(v).kind == ValueKind::map)
    dotted_assigns("self." + name, v, b_.scope());
}

}  // namespace keyless::javascript
