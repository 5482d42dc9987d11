#include "syntax/terraform/expressions.h"

#include "base/text.h"

namespace keyless::terraform {
namespace {

constexpr size_t max_names = 64;  // behind one another in one expression

std::vector<Node> children(const Node& node) {
  std::vector<Node> nodes;
  node.each_named_child([&](const Node& child) {
    if (!child.is("comment")) nodes.push_back(child);
  });
  return nodes;
}

bool is_step(const Node& node) {
  return node.is("get_attr") || node.is("index") || node.is("splat");
}

// How many leading names of a reference are its address.
size_t address_length(std::string_view root) {
  if (root == "data" || root == "ephemeral") return 3;
  return 2;
}

// What is read from an azapi action that lists keys: `output.key1` is `listKeys().key1`.
std::string listed(std::string_view member) {
  for (const std::string_view output : {"sensitive_output", "output"})
    if (member.starts_with(output)) return "listKeys()" + std::string(member.substr(output.size()));
  return std::string(member);
}

bool is_meta(std::string_view root) {
  return root == "each" || root == "self" || root == "count" || root == "path" ||
         root == "terraform";
}

}  // namespace

bool Expressions::too_deep(int depth) {
  if (depth <= max_depth) return false;
  if (!reported_) builder().incomplete("expressions nested deeper than 200 levels are not read");
  reported_ = true;
  return true;
}

ValueId Expressions::lower(const Node& expression, const Bindings& bindings, int depth) {
  if (!expression || too_deep(depth)) return builder().unknown(expression.span());
  return terms(children(expression), expression.span(), bindings, depth);
}

ValueId Expressions::terms(const Nodes& nodes, Span span, const Bindings& bindings, int depth) {
  if (nodes.empty()) return builder().unknown(span);
  const Node& head = nodes[0];
  Steps steps;
  for (size_t i = 1; i < nodes.size(); ++i)
    if (is_step(nodes[i])) add_step(nodes[i], steps, bindings, depth);
  if (steps.size() > max_names) return builder().unknown(span);
  if (head.is("variable_expr")) return reference(head.text(), steps, span, bindings);
  ValueId value = primary(head, bindings, depth + 1);
  for (const Step& step : steps)
    if (!step.name.empty()) value = shapes_.member(value, step.name, span);
  return value;
}

ValueId Expressions::primary(const Node& node, const Bindings& bindings, int depth) {
  if (node.is("expression")) return lower(node, bindings, depth);
  if (node.is("literal_value")) return literal(node);
  if (node.is("template_expr")) return text(node, bindings, depth);
  if (node.is("function_call")) return call(node, bindings, depth);
  if (node.is("for_expr")) return loop(node.named_child(0), bindings, depth);
  if (node.is("collection_value")) {
    const Node inner = node.named_child(0);
    return inner.is("object") ? object(inner, bindings, depth) : tuple(inner, bindings, depth);
  }
  if (node.is("conditional")) {
    std::vector<ValueId> parts;
    node.each_named_child([&](const Node& child) {
      if (child.is("expression")) parts.push_back(lower(child, bindings, depth + 1));
    });
    if (parts.size() == 3) parts.erase(parts.begin());
    return builder().alternative(node.span(), std::move(parts));
  }
  return builder().unknown(node.span());
}

void Expressions::add_step(const Node& node, Steps& steps, const Bindings& bindings, int depth) {
  if (too_deep(depth)) return;
  if (node.is("get_attr")) {
    steps.push_back({std::string(node.named_child(0).text()), false});
  } else if (node.is("new_index")) {
    const ValueId key = lower(node.named_child(0), bindings, depth + 1);
    const Value& v = builder().value(key);
    const bool named = v.kind == ValueKind::literal && !v.text.empty() && !is_digit(v.text[0]);
    steps.push_back({named ? v.text : std::string{}, true});
  } else if (node.is("index") || node.is("splat") || node.is("attr_splat") ||
             node.is("full_splat")) {
    if (node.is("full_splat") || node.is("attr_splat")) steps.push_back({{}, true});
    node.each_named_child([&](const Node& child) { add_step(child, steps, bindings, depth + 1); });
  }
}

ValueId Expressions::reference(std::string_view root, const Steps& steps, Span span,
                               const Bindings& bindings) {
  // The longest bound name wins: "each.value" before "each".
  const std::string two =
      steps.empty() ? std::string(root) : std::string(root) + "." + steps[0].name;
  ValueId bound = bindings.find(two);
  size_t used = 1;
  if (bound == none) {
    bound = bindings.find(root);
    used = 0;
  }
  if (bound != none) {
    for (size_t i = used; i < steps.size(); ++i)
      if (!steps[i].name.empty()) bound = shapes_.member(bound, steps[i].name, span);
    return bound;
  }
  std::string address(root);
  std::string member;
  size_t names = 1;
  const bool instances = root != "var" && root != "local";
  for (const Step& step : steps) {
    if (step.name.empty()) continue;
    // The key behind a whole address says which instance, not what is read.
    if (step.index && instances && names == address_length(root) && member.empty()) continue;
    if (names < address_length(root)) {
      address += "." + step.name;
    } else {
      member += (member.empty() ? "" : ".") + step.name;
    }
    ++names;
  }
  if (names == 1 || is_meta(root))
    return builder().symbol(span, address + (member.empty() ? "" : "." + member));
  std::string type;
  if (const auto found = types_.find(address); found != types_.end()) {
    type = found->second.type;
    if (found->second.lists_keys) member = listed(member);
  } else if (root == "data" || root == "ephemeral") {
    type = split(address, '.')[1];
  } else if (root != "var" && root != "local" && root != "module") {
    type = root;
  }
  return shapes_.attribute(span, std::move(address), std::move(member), std::move(type));
}

ValueId Expressions::object(const Node& node, const Bindings& bindings, int depth) {
  if (too_deep(depth)) return builder().unknown(node.span());
  std::vector<MapEntry> entries;
  node.each_named_child([&](const Node& element) {
    if (!element.is("object_elem")) return;
    const Node key = element.field("key");
    MapEntry entry;
    const Node bare = key.named_count() == 1 ? key.named_child(0) : Node{};
    const bool name = bare && bare.is("variable_expr") && !key.text().starts_with('(');
    entry.name = name ? std::string(bare.text()) : shapes_.text_of(lower(key, bindings, depth + 1));
    entry.span = element.span();
    entry.name_span = key.span();
    entry.value = lower(element.field("val"), bindings, depth + 1);
    entry.extent = entry_extent(builder(), entry.span, entry.name, "#");
    entries.push_back(std::move(entry));
  });
  return shapes_.map(node.span(), std::move(entries));
}

ValueId Expressions::tuple(const Node& node, const Bindings& bindings, int depth) {
  std::vector<ValueId> parts;
  node.each_named_child([&](const Node& child) {
    if (child.is("expression")) parts.push_back(lower(child, bindings, depth + 1));
  });
  return shapes_.list(node.span(), std::move(parts));
}

// `[for k, v in c : x]` and `{for k, v in c : k => v}`: the body once per element of a literal
// collection, else once with the names standing for any element ("*").
ValueId Expressions::loop(const Node& node, const Bindings& bindings, int depth) {
  if (too_deep(depth)) return builder().unknown(node.span());
  const bool map = node.is("for_object_expr");
  std::vector<std::string> names;
  ValueId collection = none;
  Nodes body;
  node.each_named_child([&](const Node& child) {
    if (child.is("expression")) body.push_back(child);
    if (!child.is("for_intro")) return;
    child.each_named_child([&](const Node& part) {
      if (part.is("identifier")) names.emplace_back(part.text());
      if (part.is("expression")) collection = lower(part, bindings, depth + 1);
    });
  });
  if (names.empty() || collection == none || body.size() < (map ? 2U : 1U))
    return builder().unknown(node.span());
  std::vector<Item> items = shapes_.each(collection);
  if (items.empty()) items.push_back({none, shapes_.any_of(collection, node.span()), nullptr});
  std::vector<MapEntry> entries;
  std::vector<ValueId> parts;
  for (const Item& item : items) {
    if (!shapes_.another_round()) break;
    Bindings inner(&bindings);
    if (names.size() > 1)
      inner.bind(names[0], item.key != none ? item.key : builder().unknown(node.span()));
    inner.bind(names.back(), item.value);
    const ValueId first = lower(body[0], inner, depth + 1);
    if (!map) {
      shapes_.place_at(first, item);
      parts.push_back(first);
      continue;
    }
    MapEntry entry;
    if (item.entry != nullptr) entry = *item.entry;
    entry.name = shapes_.text_of(first);
    if (entry.name.empty()) entry.name = "*";
    entry.value = lower(body[1], inner, depth + 1);
    if (item.entry == nullptr) entry.span = builder().value(entry.value).span;
    if (item.entry == nullptr) entry.name_span = builder().value(first).span;
    entries.push_back(std::move(entry));
  }
  return map ? shapes_.map(node.span(), std::move(entries), false)
             : shapes_.list(node.span(), std::move(parts));
}

}  // namespace keyless::terraform
