#include "syntax/javascript/walk.h"

namespace keyless::javascript {

void Walk::file(const Node& root) {
  foresee(root);
  children(root);
}

bool Walk::enter() {
  if (depth_ < max_depth) {
    ++depth_;
    return true;
  }
  if (!too_deep_) b_.incomplete("syntax nests deeper than 200 levels, the inner part is not read");
  too_deep_ = true;
  return false;
}

void Walk::children(const Node& node) {
  node.each_named_child([this](const Node& child) { walk(child); });
}

void Walk::walk(const Node& node) {
  const Kind kind = kinds_.of(node);
  if (kind == Kind::skip || kind == Kind::identifier || kind == Kind::number ||
      kind == Kind::boolean || kind == Kind::nothing || kind == Kind::self)
    return;
  if (!enter()) return;
  statement(node, kind);
  leave();
}

void Walk::statement(const Node& node, Kind kind) {
  switch (kind) {
    case Kind::other:
    case Kind::error:
    case Kind::substitution:
    case Kind::decorator:
    case Kind::class_block:
      return children(node);
    case Kind::import_statement:
      return import_statement(node);
    case Kind::export_statement:
      return export_statement(node);
    case Kind::declaration:
      return declaration(node, node.span());
    case Kind::function_declaration:
      function(node, node.field("name").text());
      return;
    case Kind::class_declaration:
      return class_(node, node.field("name").text());
    case Kind::enumeration:
      return enumeration(node);
    case Kind::interface:
      return interface(node, node.field("body"));
    case Kind::type_alias:
      return interface(node, node.field("value"));
    case Kind::returns:
      return return_statement(node);
    case Kind::if_statement:
      return if_statement(node);
    case Kind::for_in:
      return for_in(node);
    case Kind::catch_clause:
      return catch_clause(node);
    case Kind::jsx_attribute:
      // A quoted attribute is markup; only expressions in it are code.
      return node.each_named_child([this](const Node& child) {
        if (kinds_.of(child) != Kind::string) walk(child);
      });
    case Kind::jsx_text:
    case Kind::plain_name:
    case Kind::import_word:
    case Kind::meta:
      return;
    case Kind::import_alias:
      assign(std::string(node.named_child(0).text()), node.named_child(0).span(),
             value(node.named_child(1)), node.span());
      return;
    default:
      expression(node, kind, {});
      return;
  }
}

void Walk::return_statement(const Node& node) {
  const Node inner = node.named_child(0);
  if (!inner || kinds_.of(inner) == Kind::skip) return;
  const ValueId result = value(inner);
  b_.add(make(ElementKind::result, node.span(), {}, {}, result));
  if (!returns_.empty()) returns_.back().push_back(result);
}

// A chain of `else if` is as long as its author likes: a loop, no recursion.
void Walk::if_statement(const Node& node) {
  for (Node next = node; next;) {
    walk(next.field("condition"));
    walk(next.field("consequence"));
    const Node otherwise = next.field("alternative");
    if (!otherwise) return;
    next = Node();
    otherwise.each_named_child([&](const Node& child) {
      if (kinds_.of(child) == Kind::if_statement)
        next = child;
      else
        walk(child);
    });
  }
}

// `for (const name of [a, b])`: the name is one of the parts.
void Walk::for_in(const Node& node) {
  const Node right = node.field("right");
  const ValueId all = value(right);
  const Node left = node.field("left");
  const ValueId each = each_of(all, right.span());
  const bool declares = static_cast<bool>(node.field("kind"));
  bind(left, each, {left.span().begin, right.span().end}, {}, declares);
  walk(node.field("body"));
}

void Walk::catch_clause(const Node& node) {
  const Node name = node.field("parameter");
  if (name && kinds_.of(name) == Kind::identifier) declare(name.text());
  walk(node.field("body"));
}

void Walk::enumeration(const Node& node) {
  const std::string name(node.field("name").text());
  node.field("body").each_named_child([&](const Node& child) {
    const Node constant = child.field("value");
    if (!constant) return;
    const Node key = child.field("name");
    const ValueId v = value(constant);
    b_.add(make(ElementKind::assign, child.span(), name + "." + key_of(key), key.span(), v));
  });
}

// Interfaces and object types: their properties are fields of a type.
void Walk::interface(const Node& node, const Node& body) {
  if (!body || (body.kind() != "interface_body" && body.kind() != "object_type")) return;
  open(ScopeKind::type, node.field("name").text(), node.span());
  body.each_named_child([&](const Node& child) {
    if (!child.is("property_signature")) return;
    const Node key = child.field("name");
    Element field = make(ElementKind::field, child.span(), key_of(key), key.span());
    field.type = type_of(child);
    field.extent = statement_extent(child.span());
    b_.add(std::move(field));
  });
  b_.close_scope();
}

// Names of the file scope, before any function is walked: a function may stand above what it uses.
void Walk::foresee(const Node& root) {
  root.each_named_child([this](const Node& child) {
    const Kind kind = kinds_.of(child);
    if (kind == Kind::declaration) foresee_declaration(child);
    if (kind == Kind::export_statement)
      if (const Node inner = child.field("declaration");
          inner && kinds_.of(inner) == Kind::declaration)
        foresee_declaration(inner);
  });
}

void Walk::foresee_declaration(const Node& declaration) {
  declaration.each_named_child([this](const Node& child) {
    const Node name = child.is("variable_declarator") ? child.field("name") : Node();
    if (!name || kinds_.of(name) != Kind::identifier) return;
    const Node given = child.field("value");
    const Node inner = given ? peel(given) : given;
    declare(name.text(), inner ? alias_in(inner) : Alias::no);
    if (inner && kinds_.of(inner) == Kind::string && inner.span().size() < 100) {
      const std::string_view raw = inner.text();
      constants_.emplace(name.text(), decode(raw.substr(1, raw.size() - 2)));
    }
  });
}

}  // namespace keyless::javascript
