// Functions of Bicep and ARM: which hand a value through, choose, merge, build text or loop.
#include <array>

#include "base/text.h"
#include "syntax/bicep/expressions.h"

namespace keyless::bicep {
namespace {

enum class Effect : uint8_t {
  first,   // the first argument
  choice,  // one of the arguments, or all of them merged
  tail,    // one of the arguments behind the first: `if(c, a, b)`
  concat,  // text or lists
  format,
  items,  // a map as a list of {key, value}
  keys,
  object,       // createObject('k', v, ...)
  list,         // createArray(...)
  loop,         // takes a lambda
  environment,  // readEnvironmentVariable('X', default)
  secret,       // getSecret(subscription, group, vault, name)
  defined,      // parameters('x'), variables('x')
  resource_id,
  reference,
  other
};

struct FunctionRow {
  std::string_view name;  // lower case
  Effect effect;
};

// table: function -> what its result is, said with its arguments
constexpr std::array<FunctionRow, 51> functions{{
    {"any", Effect::first},
    {"string", Effect::first},
    {"tolower", Effect::first},
    {"toupper", Effect::first},
    {"trim", Effect::first},
    {"base64", Effect::first},
    {"base64tostring", Effect::first},
    {"first", Effect::first},
    {"last", Effect::first},
    {"take", Effect::first},
    {"skip", Effect::first},
    {"json", Effect::first},
    {"array", Effect::first},
    {"flatten", Effect::first},
    {"filter", Effect::first},
    {"sort", Effect::first},
    {"uricomponent", Effect::first},
    {"substring", Effect::first},
    {"int", Effect::first},
    {"bool", Effect::first},
    {"tryget", Effect::first},
    {"base64tojson", Effect::first},
    {"union", Effect::choice},
    {"shallowmerge", Effect::first},
    {"coalesce", Effect::choice},
    {"intersection", Effect::choice},
    {"if", Effect::tail},
    {"concat", Effect::concat},
    {"format", Effect::format},
    {"items", Effect::items},
    {"objectkeys", Effect::keys},
    {"createobject", Effect::object},
    {"createarray", Effect::list},
    {"map", Effect::loop},
    {"mapvalues", Effect::loop},
    {"reduce", Effect::loop},
    {"toobject", Effect::loop},
    {"readenvironmentvariable", Effect::environment},
    {"getsecret", Effect::secret},
    {"parameters", Effect::defined},
    {"variables", Effect::defined},
    {"resourceid", Effect::resource_id},
    {"subscriptionresourceid", Effect::resource_id},
    {"tenantresourceid", Effect::resource_id},
    {"extensionresourceid", Effect::resource_id},
    {"managementgroupresourceid", Effect::resource_id},
    {"reference", Effect::reference},
    {"uri", Effect::concat},
    {"join", Effect::first},
    {"null", Effect::other},
    {"padleft", Effect::first},
}};

Effect effect_of(std::string_view name) {
  for (const FunctionRow& row : functions)
    if (row.name == name) return row.effect;
  return Effect::other;
}

}  // namespace

ValueId Expressions::call(const std::string& name, const std::vector<ExprId>& arguments, Span span,
                          const Bindings& bindings, int depth) {
  if (depth > 220) return builder().unknown(span);
  const std::string lower_name = to_lower(name);
  const Effect effect = effect_of(lower_name);
  Values values;
  for (const ExprId argument : arguments) values.push_back(lower(argument, bindings, depth + 1));
  if (values.empty()) return plain_call(name, arguments, span, values);
  const bool lists = lower_name.starts_with("list") && lower_name.size() > 4;
  if (lists) return list_keys(name, span, values);
  switch (effect) {
    case Effect::first:
      return values[0];
    case Effect::choice:
      return builder().alternative(span, std::move(values));
    case Effect::tail:
      values.erase(values.begin());
      return values.empty() ? builder().unknown(span)
                            : builder().alternative(span, std::move(values));
    case Effect::concat:
      return concat(span, std::move(values));
    case Effect::format:
      return format(span, values);
    case Effect::items:
      return items_of(span, values[0]);
    case Effect::keys: {
      Values keys;
      for (const Item& item : shapes_.each(values[0]))
        if (item.key != none) keys.push_back(item.key);
      return shapes_.list(span, std::move(keys));
    }
    case Effect::object:
      return create_object(span, arguments, values);
    case Effect::list:
      return shapes_.list(span, std::move(values));
    case Effect::loop:
      return apply(lower_name, arguments, span, values, bindings, depth);
    case Effect::environment: {
      const std::string variable = shapes_.text_of(values[0]);
      values[0] = builder().named(ValueKind::env, span, variable);
      if (values.size() > 2) values.resize(2);
      return builder().alternative(span, std::move(values));
    }
    case Effect::secret:
      return values.size() < 4 ? vault_reference(builder(), span, values.back(), none)
                               : vault_reference(builder(), span, values[3], values[2]);
    case Effect::defined:
      return symbol(span, prefix_ + shapes_.text_of(values[0]), {});
    case Effect::resource_id:
      return resource_id(span, values);
    case Effect::reference:
      return reference(span, values);
    case Effect::other:
      break;
  }
  return plain_call(name, arguments, span, values);
}

// Text when a part is text, else lists one after the other.
ValueId Expressions::concat(Span span, Values values) {
  bool collection = false;
  for (const ValueId value : values) {
    const ValueId found = shapes_.resolve(value);
    const ValueKind kind = builder().value(found).kind;
    collection = collection || kind == ValueKind::list || !shapes_.each(found).empty();
  }
  if (collection) return builder().alternative(span, std::move(values));
  std::vector<TextPart> parts;
  for (const ValueId value : values) {
    const Value& v = builder().value(value);
    const bool literal = v.kind == ValueKind::literal && !v.secret;
    parts.push_back({literal ? v.text : std::string{}, v.span, literal ? none : value});
  }
  return text_value(builder(), span, parts);
}

// format('https://{0}/x', a)
ValueId Expressions::format(Span span, const Values& values) {
  std::vector<TextPart> parts;
  const std::string pattern = builder().value(values[0]).text;
  std::string literal;
  for (size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '{' || i + 1 >= pattern.size() || !is_digit(pattern[i + 1])) {
      literal += pattern[i];
      continue;
    }
    size_t index = 0;
    for (++i; i < pattern.size() && is_digit(pattern[i]) && index < 100; ++i)
      index = index * 10 + static_cast<size_t>(pattern[i] - '0');
    while (i < pattern.size() && pattern[i] != '}') ++i;
    if (!literal.empty()) parts.push_back({literal, span, none});
    literal.clear();
    if (index + 1 < values.size()) parts.push_back({{}, span, values[index + 1]});
  }
  if (!literal.empty()) parts.push_back({literal, span, none});
  return text_value(builder(), span, parts);
}

ValueId Expressions::items_of(Span span, ValueId map) {
  const std::vector<Item> items = shapes_.each(map);
  if (items.empty()) return map;
  Values parts;
  for (const Item& item : items) {
    if (item.entry == nullptr) continue;
    MapEntry key = *item.entry;
    key.name = "key";
    key.value = item.key;
    MapEntry value = *item.entry;
    value.name = "value";
    parts.push_back(shapes_.map(item.entry->span, {key, value}, false));
  }
  return shapes_.list(span, std::move(parts));
}

ValueId Expressions::create_object(Span span, const std::vector<ExprId>& arguments,
                                   const Values& values) {
  std::vector<MapEntry> entries;
  for (size_t i = 0; i + 1 < values.size(); i += 2) {
    MapEntry entry;
    entry.name = shapes_.text_of(values[i]);
    entry.value = values[i + 1];
    entry.name_span = at(arguments[i]).span;
    entry.span = {entry.name_span.begin, at(arguments[i + 1]).span.end};
    entry.extent = separated_extent(builder().text(), entry.span, span);
    entries.push_back(std::move(entry));
  }
  return shapes_.map(span, std::move(entries));
}

ValueId Expressions::lambda(ExprId id, const Values& arguments, const Bindings& bindings,
                            int depth) {
  const Expr& expr = at(id);
  if (expr.kind != ExprKind::lambda) return builder().unknown(expr.span);
  Bindings inner(&bindings);
  for (size_t i = 0; i < expr.names.size() && i < arguments.size(); ++i)
    inner.bind(expr.names[i], arguments[i]);
  return lower(expr.parts[0], inner, depth + 1);
}

// map(list, x => y), mapValues(map, x => y), toObject(list, key, value?),
// reduce(list, start, (all, x) => union(all, y)): what each element gives, one after the other.
ValueId Expressions::apply(const std::string& name, const std::vector<ExprId>& arguments, Span span,
                           const Values& values, const Bindings& bindings, int depth) {
  if (arguments.size() < 2) return values[0];
  const bool folds = name == "reduce" && arguments.size() > 2;
  const bool keyed = name == "toobject" || name == "mapvalues";
  std::vector<Item> items = shapes_.each(values[0]);
  if (items.empty()) items.push_back({none, shapes_.any_of(values[0], span), nullptr});
  Values results;
  std::vector<MapEntry> entries;
  for (const Item& item : items) {
    if (!shapes_.another_round()) break;
    if (folds) {
      results.push_back(lambda(arguments[2], {values[1], item.value}, bindings, depth));
    } else if (!keyed) {
      results.push_back(lambda(arguments[1], {item.value}, bindings, depth));
      shapes_.place_at(results.back(), item);
    } else {
      MapEntry entry;
      if (item.entry != nullptr) entry = *item.entry;
      if (item.entry == nullptr) entry.span = builder().value(item.value).span;
      const ValueId first = lambda(arguments[1], {item.value}, bindings, depth);
      entry.name = name == "mapvalues" ? entry.name : shapes_.text_of(first);
      entry.value = name == "mapvalues"    ? first
                    : arguments.size() > 2 ? lambda(arguments[2], {item.value}, bindings, depth)
                                           : item.value;
      entries.push_back(std::move(entry));
    }
  }
  if (keyed) return shapes_.map(span, std::move(entries), false);
  return folds ? builder().alternative(span, std::move(results))
               : shapes_.list(span, std::move(results));
}

ValueId Expressions::plain_call(const std::string& name, const std::vector<ExprId>& arguments,
                                Span span, const Values& values) {
  Element element;
  element.kind = ElementKind::call;
  element.name = name;
  element.span = span;
  element.name_span = {span.begin, span.begin + static_cast<uint32_t>(name.size())};
  for (size_t i = 0; i < values.size(); ++i) {
    Input input;
    input.position = static_cast<int32_t>(i);
    input.via = Via::positional;
    input.value = values[i];
    input.span = at(arguments[i]).span;
    input.extent = separated_extent(builder().text(), input.span, span);
    element.inputs.push_back(input);
  }
  Value result;
  result.kind = ValueKind::call;
  result.span = span;
  result.element = builder().add(std::move(element));
  return builder().add(std::move(result));
}

}  // namespace keyless::bicep
