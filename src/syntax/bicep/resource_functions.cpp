// Functions that speak of resources: resourceId, reference, list*.
#include <array>

#include "base/text.h"
#include "syntax/bicep/expressions.h"

namespace keyless::bicep {
namespace {

bool equal(std::string_view a, std::string_view b) {
  return a.size() == b.size() && to_lower(a) == to_lower(b);
}

// "Microsoft.CognitiveServices/accounts" out of ".../providers/Microsoft.CognitiveServices/accounts/x".
std::string type_in_address(std::string_view text) {
  constexpr std::string_view folder = "providers/";
  const size_t at = to_lower(text).rfind(folder);
  if (at == std::string::npos) return {};
  const std::vector<std::string_view> names = split(text.substr(at + folder.size()), '/');
  if (names.size() < 2) return {};
  std::string type(names[0]);
  for (size_t i = 1; i < names.size(); i += 2) type += "/" + std::string(names[i]);
  return type;
}

// `acc.id` -> what the account itself is.
std::string without_id(const std::string& member) {
  for (const std::string_view id : {"id", "name"})
    if (equal(member, id)) return {};
  return member;
}

}  // namespace

// The address is the declared resource of that type and name, else "".
ValueId Expressions::resource_id(Span span, const Values& values) {
  std::string type;
  std::string name;
  size_t segments = 0;
  for (const ValueId value : values) {
    const Value& v = builder().value(value);
    if (type.empty()) {
      const bool is_type = v.kind == ValueKind::literal && v.text.find('/') != std::string::npos &&
                           !v.text.starts_with('/');
      if (is_type) type = v.text;
      continue;
    }
    if (segments++ > 0) name += "/";
    name += shapes_.text_of(value);
  }
  std::string address;
  for (const auto& [symbol, known] : symbols_)
    if (!known.type.empty() && equal(known.type, type) && equal(known.name_text, name) &&
        (address.empty() || symbol < address))
      address = symbol;
  return shapes_.attribute(span, std::move(address), "id", std::move(type));
}

// listKeys(acc.id, version), listKeys(resourceId(type, name), version), listKeys('acc', version)
ValueId Expressions::list_keys(const std::string& name, Span span, const Values& values) {
  const Value target = builder().value(values[0]);
  const std::string member = name + "()";
  if (target.kind == ValueKind::attribute) {
    const std::string rest = without_id(target.member);
    return shapes_.attribute(span, target.text, rest.empty() ? member : rest + "." + member,
                             target.type);
  }
  if (target.kind == ValueKind::literal && symbols_.contains(target.text))
    return symbol(span, target.text, member);
  const std::string type = type_in_address(shapes_.text_of(values[0]));
  return shapes_.attribute(span, {}, member, type);
}

// `reference(x)` answers with the properties, `reference(x, version, 'Full')` with the resource.
ValueId Expressions::reference(Span span, const Values& values) {
  const Value target = builder().value(values[0]);
  const bool full = values.size() > 2 && equal(shapes_.text_of(values[2]), "full");
  std::string address;
  std::string type = target.type;
  if (target.kind == ValueKind::attribute) address = target.text;
  if (address.empty() && target.kind != ValueKind::attribute) {
    const std::string text = shapes_.text_of(values[0]);
    for (const auto& [symbol, known] : symbols_)
      if (symbol == text || (!known.name_text.empty() && equal(known.name_text, text))) {
        address = symbol;
        type = known.type;
      }
  }
  const bool deployment = equal(type, "Microsoft.Resources/deployments");
  return shapes_.attribute(span, address, full || deployment ? "" : "properties", type);
}

}  // namespace keyless::bicep
