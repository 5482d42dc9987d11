// Functions that speak of resources: resourceId, reference, list*.
#include <array>

#include "base/text.h"
#include "syntax/bicep/expressions.h"

namespace keyless::bicep {
namespace {

bool equal(std::string_view a, std::string_view b) {
  return a.size() == b.size() && to_lower(a) == to_lower(b);
}

struct Named {
  std::string type;
  std::string name;
};

// ".../providers/Microsoft.X/accounts/a" and "Microsoft.X/accounts/a": type and name by turns.
Named in_address(std::string_view text) {
  constexpr std::string_view folder = "providers/";
  const size_t at = to_lower(text).rfind(folder);
  if (at != std::string::npos) text.remove_prefix(at + folder.size());
  const std::vector<std::string_view> parts = split(text, '/');
  Named found;
  if (parts.size() < 2 || parts[0].find('.') == std::string_view::npos ||
      parts[0].find(':') != std::string_view::npos)
    return found;
  found.type = parts[0];
  for (size_t i = 1; i < parts.size(); i += 2) {
    found.type += "/" + std::string(parts[i]);
    if (i + 1 < parts.size()) found.name += (i > 1 ? "/" : "") + std::string(parts[i + 1]);
  }
  return found;
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
  Values names;
  for (const ValueId value : values) {
    const Value& v = builder().value(value);
    // `resourceId(acc.type, acc.name)` says which resource it means.
    if (v.kind == ValueKind::attribute && !v.type.empty() &&
        (equal(v.member, "name") || equal(v.member, "type")))
      return shapes_.attribute(span, std::string(v.text), "id", std::string(v.type));
    if (type.empty()) {
      const bool is_type = v.kind == ValueKind::literal && v.text.find('/') != std::string::npos &&
                           !v.text.starts_with('/');
      if (is_type) type = v.text;
      continue;
    }
    if (segments++ > 0) name += "/";
    name += shapes_.text_of(value);
    names.push_back(value);
  }
  std::string address = symbols_.resource(type, name);
  const ValueId id = shapes_.attribute(span, std::move(address), "id", std::move(type));
  builder().value(id).parts = std::move(names);
  return id;
}

// listKeys(acc.id, version), listKeys(resourceId(type, name), version), listKeys('acc', version)
ValueId Expressions::list_keys(const std::string& name, Span span, const Values& values) {
  const Value target = builder().value(shapes_.resolve(values[0]));
  const std::string member = name + "()";
  if (target.kind == ValueKind::attribute) {
    const std::string rest = without_id(target.member);
    return shapes_.attribute(span, target.text, rest.empty() ? member : rest + "." + member,
                             target.type);
  }
  if (target.kind == ValueKind::literal && symbols_.contains(target.text))
    return symbol(span, target.text, member);
  const Named named = in_address(shapes_.text_of(values[0]));
  std::string address = symbols_.resource(named.type, named.name);
  return shapes_.attribute(span, std::move(address), member, named.type);
}

// `reference(x)` answers with the properties, `reference(x, version, 'Full')` with the resource.
ValueId Expressions::reference(Span span, const Values& values) {
  const Value target = builder().value(shapes_.resolve(values[0]));
  const bool full = values.size() > 2 && equal(shapes_.text_of(values[2]), "full");
  std::string address;
  std::string type = target.type;
  if (target.kind == ValueKind::attribute) address = target.text;
  if (address.empty() && target.kind != ValueKind::attribute) {
    const std::string text = shapes_.text_of(values[0]);
    address = symbols_.contains(text) ? text : symbols_.resource({}, text);
    if (!address.empty()) type = *symbols_.type_of(address);
  }
  const bool deployment = equal(type, "Microsoft.Resources/deployments");
  return shapes_.attribute(span, address, full || deployment ? "" : "properties", type);
}

}  // namespace keyless::bicep
