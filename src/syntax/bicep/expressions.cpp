#include "syntax/bicep/expressions.h"

#include <algorithm>

#include "base/text.h"

namespace keyless::bicep {
namespace {

constexpr size_t max_steps = 64;  // names behind one another in one expression
constexpr int deepest = 220;  // the parser stops before; this holds for lambdas and loops as well

}  // namespace

void SymbolTable::set_name_text(const std::string& name, std::string_view text) {
  if (text.empty()) return;
  const std::string key = "|" + to_lower(text);
  for (const std::string& full : {to_lower(types_[name]) + key, key}) {
    const auto [at, fresh] = resources_.try_emplace(full, name);
    if (!fresh && name < at->second) at->second = name;
  }
}

const std::string* SymbolTable::type_of(const std::string& name) const {
  const auto found = types_.find(name);
  return found == types_.end() ? nullptr : &found->second;
}

std::string SymbolTable::resource(std::string_view type, std::string_view name_text) const {
  const auto found = resources_.find(to_lower(type) + "|" + to_lower(name_text));
  return found == resources_.end() || name_text.empty() ? std::string{} : found->second;
}

ValueId Expressions::lower(ExprId id, const Bindings& bindings, int depth) {
  if (id == no_expr || depth > deepest) return builder().unknown({});
  const Expr& expr = at(id);
  switch (expr.kind) {
    case ExprKind::literal:
      return text_value(builder(), expr.span, {{expr.text, expr.span, none}});
    case ExprKind::null:
      return builder().named(ValueKind::empty, expr.span, {});
    case ExprKind::text:
      return text(expr, bindings, depth);
    case ExprKind::name:
      return name(expr, bindings);
    case ExprKind::call:
      return call(expr.text, expr.parts, expr.span, bindings, depth);
    case ExprKind::access:
      return access(expr, bindings, depth);
    case ExprKind::object:
      return object(expr, bindings, depth);
    case ExprKind::array:
      return array(expr, bindings, depth);
    case ExprKind::spread:
      return lower(expr.parts[0], bindings, depth + 1);
    case ExprKind::loop:
      return loop(expr, bindings, depth);
    case ExprKind::choice: {
      Values parts;
      for (const ExprId part : expr.parts) parts.push_back(lower(part, bindings, depth + 1));
      return builder().alternative(expr.span, std::move(parts));
    }
    case ExprKind::lambda:
    case ExprKind::bad:
      break;
  }
  return builder().unknown(expr.span);
}

ValueId Expressions::symbol(Span span, const std::string& name, const std::string& member) {
  const std::string* type = symbols_.type_of(name);
  if (type == nullptr) return builder().symbol(span, member.empty() ? name : name + "." + member);
  return shapes_.attribute(span, name, member, *type);
}

ValueId Expressions::name(const Expr& expr, const Bindings& bindings) {
  const ValueId bound = bindings.find(expr.text);
  return bound != none ? bound : symbol(expr.span, expr.text, {});
}

ValueId Expressions::text(const Expr& expr, const Bindings& bindings, int depth) {
  std::vector<TextPart> parts;
  for (const ExprId id : expr.parts) {
    const Expr& part = at(id);
    if (part.kind == ExprKind::literal)
      parts.push_back({part.text, part.span, none});
    else
      parts.push_back({{}, part.span, lower(id, bindings, depth + 1)});
  }
  return text_value(builder(), expr.span, parts);
}

ValueId Expressions::object(const Expr& expr, const Bindings& bindings, int depth) {
  std::vector<MapEntry> entries;
  Values merged;
  for (const Property& property : expr.properties) {
    const ValueId value = lower(property.value, bindings, depth + 1);
    if (property.spread) {
      merged.push_back(value);
      continue;
    }
    MapEntry entry;
    entry.name = property.key == no_expr
                     ? property.name
                     : shapes_.text_of(lower(property.key, bindings, depth + 1));
    entry.value = value;
    entry.span = property.span;
    entry.name_span = property.name_span;
    entry.extent = entry_extent(builder(), entry.span, entry.name, "//");
    entries.push_back(std::move(entry));
  }
  const ValueId own = shapes_.map(expr.span, std::move(entries));
  if (merged.empty()) return own;
  merged.push_back(own);
  return builder().alternative(expr.span, std::move(merged));
}

ValueId Expressions::array(const Expr& expr, const Bindings& bindings, int depth) {
  Values own;
  Values merged;
  for (const ExprId id : expr.parts) {
    const ValueId value = lower(id, bindings, depth + 1);
    (at(id).kind == ExprKind::spread ? merged : own).push_back(value);
  }
  const ValueId list = shapes_.list(expr.span, std::move(own));
  if (merged.empty()) return list;
  merged.push_back(list);
  return builder().alternative(expr.span, std::move(merged));
}

// The body once per element of a literal collection, else once with the name standing for any.
ValueId Expressions::loop(const Expr& expr, const Bindings& bindings, int depth) {
  const ValueId collection = lower(expr.parts[0], bindings, depth + 1);
  std::vector<Item> items = shapes_.each(collection);
  if (items.empty()) items.push_back({none, shapes_.any_of(collection, expr.span), nullptr});
  Values parts;
  for (const Item& item : items) {
    if (!shapes_.another_round()) break;
    Bindings inner(&bindings);
    inner.bind(expr.names[0], item.value);
    if (expr.names.size() > 1) inner.bind(expr.names[1], builder().unknown(expr.span));
    const ValueId part = lower(expr.parts[1], inner, depth + 1);
    shapes_.place_at(part, item);
    parts.push_back(part);
  }
  return shapes_.list(expr.span, std::move(parts));
}

ValueId Expressions::access(const Expr& expr, const Bindings& bindings, int depth) {
  const Expr& base = at(expr.parts[0]);
  size_t first = 0;
  ValueId value = none;
  const bool known = base.kind == ExprKind::name &&
                     (bindings.find(base.text) != none || symbols_.contains(base.text));
  const bool namespaced =
      base.kind == ExprKind::name && !known && (base.text == "az" || base.text == "sys");
  if (namespaced && expr.steps[0].kind == Step::Kind::call) {
    value = call(expr.steps[0].name, expr.steps[0].arguments, expr.span, bindings, depth + 1);
    first = 1;
  } else {
    value = lower(expr.parts[0], bindings, depth + 1);
  }
  if (expr.steps.size() > max_steps) return builder().unknown(expr.span);
  for (size_t i = first; i < expr.steps.size(); ++i) {
    const Step& step = expr.steps[i];
    if (step.kind == Step::Kind::member) {
      value = shapes_.member(value, step.name, expr.span);
    } else if (step.kind == Step::Kind::nested) {
      value = symbol(expr.span, builder().value(value).text + "::" + step.name, {});
    } else if (step.kind == Step::Kind::call) {
      value = method(value, step, expr.span, bindings, depth + 1);
    } else {
      const ValueId index = lower(step.index, bindings, depth + 1);
      const Value& v = builder().value(index);
      const bool named = v.kind == ValueKind::literal && !v.text.empty() && !is_digit(v.text[0]);
      if (named) value = shapes_.member(value, std::string(v.text), expr.span);
    }
  }
  return output_value(value);
}

// ARM reads the output of a deployment as `outputs.key.value`, Bicep as `outputs.key`.
ValueId Expressions::output_value(ValueId value) {
  Value& v = builder().value(value);
  constexpr std::string_view ending = ".value";
  if (v.kind == ValueKind::attribute && to_lower(v.type) == "microsoft.resources/deployments" &&
      v.member.starts_with("outputs.") && v.member.ends_with(ending) &&
      v.member.size() > ending.size() + 8)
    v.member.resize(v.member.size() - ending.size());
  return value;
}

// `acc.listKeys()`, `kv.getSecret('x')`; any other method as a call on the receiver.
ValueId Expressions::method(ValueId base, const Step& step, Span span, const Bindings& bindings,
                            int depth) {
  if (to_lower(step.name) == "getsecret" && !step.arguments.empty())
    return vault_reference(builder(), span, lower(step.arguments[0], bindings, depth), base);
  const ValueKind kind = builder().value(base).kind;
  if (kind == ValueKind::attribute || kind == ValueKind::alternative)
    return shapes_.member(base, step.name + "()", span);
  Values values;
  for (const ExprId argument : step.arguments) values.push_back(lower(argument, bindings, depth));
  const std::string receiver = builder().value(base).text;
  return plain_call(receiver.empty() ? step.name : receiver + "." + step.name, step.arguments, span,
                    values);
}

}  // namespace keyless::bicep
