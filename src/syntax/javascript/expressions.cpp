#include <algorithm>

#include "syntax/javascript/walk.h"

namespace keyless::javascript {

ValueId Walk::value(const Node& node, const std::string& hint) {
  if (!node) return b_.unknown({});
  if (!enter()) return b_.unknown(node.span());
  const ValueId id = expression(node, kinds_.of(node), hint);
  leave();
  return id;
}

ValueId Walk::expression(const Node& node, Kind kind, const std::string& hint) {
  switch (kind) {
    case Kind::identifier:
    case Kind::self:
    case Kind::meta:
    case Kind::shorthand:
    case Kind::member:
    case Kind::subscript:
      return name_value(node);
    case Kind::call:
    case Kind::construct:
      return call(node, hint);
    case Kind::transparent:
      return value(peel(node), hint);
    case Kind::string:
      return b_.literal(node.span(), text_of(node));
    case Kind::text_template:
      return text_template(node);
    case Kind::number:
    case Kind::boolean:
      return b_.literal(node.span(), node.text());
    case Kind::nothing:
      return b_.named(ValueKind::empty, node.span(), {});
    case Kind::object:
      return object(node, hint);
    case Kind::array:
      return array(node);
    case Kind::function:
      return function_value(node, hint);
    case Kind::class_expression:
      return class_value(node, hint);
    case Kind::binary:
      return binary(node);
    case Kind::ternary:
      return ternary(node, hint);
    case Kind::unary:
      return unary(node);
    case Kind::assignment:
      return assignment(node);
    case Kind::augmented:
      return augmented(node);
    case Kind::sequence:
      return sequence(node, hint);
    case Kind::spread:
      return value(node.named_child(0), hint);
    case Kind::skip:
      return b_.unknown(node.span());
    default:
      children(node);
      return b_.unknown(node.span());
  }
}

std::string Walk::text_of(const Node& string) {
  const std::string_view raw = string.text();
  return raw.size() < 2 ? std::string{} : decode(raw.substr(1, raw.size() - 2));
}

ValueId Walk::class_value(const Node& node, const std::string& hint) {
  const Node name = node.field("name");
  class_(node, name ? name.text() : std::string_view(hint));
  return name ? b_.symbol(node.span(), std::string(name.text())) : b_.unknown(node.span());
}

ValueId Walk::sequence(const Node& node, const std::string& hint) {
  ValueId last = none;
  node.each_named_child([&](const Node& child) {
    if (kinds_.of(child) != Kind::skip) last = value(child, hint);
  });
  return last == none ? b_.unknown(node.span()) : last;
}

// Through parentheses, await and casts; a cast `<T>x` has its type first, so the last child counts.
Node Walk::peel(Node node) const {
  while (kinds_.of(node) == Kind::transparent) {
    const bool type_first = node.is("type_assertion");
    Node inner;
    node.each_named_child([&](const Node& child) {
      if (kinds_.of(child) != Kind::skip && (!inner || type_first)) inner = child;
    });
    if (!inner) return node.named_child(0) ? node.named_child(0) : node;
    node = inner;
  }
  return node;
}

ValueId Walk::name_value(const Node& node) {
  Dotted name = dotted(node);
  std::vector<ValueId> indexes;
  indexes.reserve(name.indexes.size());
  for (const Node& index : name.indexes) indexes.push_back(value(index));
  if (name.inner) {
    const ValueId base = value(name.inner);
    return member_of(base, name.path, node.span());
  }
  const std::string text = name.text();
  // `process.env[name]`: a read whose name is an expression.
  if (indexes.size() == 1 && unaliased(text) == "process.env[*]")
    return read(ValueKind::env, node.span(), {}, indexes.front());
  return named(node.span(), text);
}

ValueId Walk::binary(const Node& node) {
  const std::string_view operation = node.field("operator").text();
  if (operation == "+" || operation == "||" || operation == "??" || operation == "&&")
    return chain(node, operation);
  // The left spine of `a - b < c ...` may be long.
  Node next = node;
  while (kinds_.of(next) == Kind::binary) {
    walk(next.field("right"));
    next = next.field("left");
  }
  walk(next);
  return b_.unknown(node.span());
}

// `a + b + c` and `a || b || c` lean to the left: collected in a loop.
ValueId Walk::chain(const Node& node, std::string_view operation) {
  std::vector<Node> operands;
  Node next = node;
  while (kinds_.of(next) == Kind::binary && next.field("operator").text() == operation) {
    operands.push_back(next.field("right"));
    next = next.field("left");
  }
  operands.push_back(next);
  std::reverse(operands.begin(), operands.end());
  std::vector<ValueId> parts;
  if (operation == "&&") {
    // `ready && key`: the tests before are no part of the value.
    for (size_t i = 0; i + 1 < operands.size(); ++i) walk(operands[i]);
    return value(operands.back());
  }
  parts.reserve(operands.size());
  for (const Node& operand : operands) parts.push_back(value(operand));
  return operation == "+" ? sum(node.span(), std::move(parts))
                          : b_.alternative(node.span(), std::move(parts));
}

// Neighbouring literals fold into one: `"a" + "b" + x` has two parts.
ValueId Walk::sum(const Span& span, std::vector<ValueId> parts) {
  const auto constant = [this](ValueId id) {
    const ValueKind kind = b_.value(id).kind;
    return kind == ValueKind::literal || kind == ValueKind::empty;
  };
  std::vector<ValueId> folded;
  for (size_t i = 0; i < parts.size();) {
    size_t end = i + 1;
    while (constant(parts[i]) && end < parts.size() && constant(parts[end])) ++end;
    if (end == i + 1) {
      folded.push_back(parts[i]);
    } else {
      const Span run{b_.value(parts[i]).span.begin, b_.value(parts[end - 1]).span.end};
      folded.push_back(b_.composite(run, {parts.begin() + static_cast<std::ptrdiff_t>(i),
                                          parts.begin() + static_cast<std::ptrdiff_t>(end)}));
    }
    i = end;
  }
  return folded.size() == 1 ? folded.front() : b_.composite(span, std::move(folded));
}

ValueId Walk::ternary(const Node& node, const std::string& hint) {
  std::vector<ValueId> parts;
  Node next = node;
  while (next && kinds_.of(next) == Kind::ternary) {
    walk(next.field("condition"));
    parts.push_back(value(next.field("consequence"), hint));
    next = next.field("alternative");
  }
  parts.push_back(value(next, hint));
  return b_.alternative(node.span(), std::move(parts));
}

ValueId Walk::unary(const Node& node) {
  const std::string_view operation = node.field("operator").text();
  const Node argument = node.field("argument");
  // Removing a variable is no read of it.
  if (operation == "delete") return b_.unknown(node.span());
  if (operation == "void" || kinds_.of(argument) == Kind::number) {
    walk(argument);
    return operation == "void" ? b_.named(ValueKind::empty, node.span(), {})
                               : b_.literal(node.span(), node.text());
  }
  walk(argument);
  return b_.unknown(node.span());
}

ValueId Walk::text_template(const Node& node) {
  std::vector<ValueId> parts;
  uint32_t at = node.span().begin + 1;
  const auto text_until = [&](uint32_t end) {
    if (end > at) parts.push_back(b_.literal({at, end}, decode(b_.text({at, end}))));
  };
  node.each_named_child([&](const Node& child) {
    if (kinds_.of(child) != Kind::substitution) return;
    text_until(child.span().begin);
    parts.push_back(value(child.named_child(0)));
    at = child.span().end;
  });
  text_until(node.span().end - std::min(node.span().size(), 1U));
  if (parts.empty()) return b_.literal(node.span(), "");
  return sum(node.span(), std::move(parts));
}

ValueId Walk::array(const Node& node) {
  Value list;
  list.kind = ValueKind::list;
  list.span = node.span();
  node.each_named_child([&](const Node& child) {
    if (kinds_.of(child) != Kind::skip) list.parts.push_back(value(child));
  });
  // `[["api-key", key]]`: a list of name and value is a map written otherwise.
  for (const ValueId id : list.parts) {
    const Value& entry = b_.value(id);
    if (entry.kind != ValueKind::list || entry.parts.size() != 2) continue;
    const Value& name = b_.value(entry.parts.front());
    if (name.kind != ValueKind::literal || name.secret) continue;
    Element pair = make(ElementKind::pair, entry.span, name.text, name.span, entry.parts.back());
    pair.extent = separated_extent(b_.text(), entry.span, node.span());
    b_.add(std::move(pair));
  }
  return b_.add(std::move(list));
}

}  // namespace keyless::javascript
