#include "syntax/resources/text_value.h"

#include <algorithm>

#include "base/text.h"

namespace keyless {
namespace {

constexpr std::string_view opening = "@microsoft.keyvault(";
constexpr char hole = '\x01';  // stands for one expression in the flat text

// The text of all parts, one hole for each expression, and the expressions in order.
struct Flat {
  std::string text;
  std::vector<ValueId> holes;
};

Flat flatten(const std::vector<TextPart>& parts) {
  Flat flat;
  for (const TextPart& part : parts) {
    if (part.value == none) {
      flat.text += part.literal;
      std::replace(flat.text.end() - static_cast<std::ptrdiff_t>(part.literal.size()),
                   flat.text.end(), hole, ' ');
    } else {
      flat.text += hole;
      flat.holes.push_back(part.value);
    }
  }
  return flat;
}

// flat.text[begin, end) as a value again; `none` when it is empty.
ValueId slice(Builder& builder, Span span, const Flat& flat, size_t begin, size_t end) {
  size_t next = 0;
  for (size_t i = 0; i < begin; ++i) next += flat.text[i] == hole ? 1 : 0;
  std::vector<ValueId> parts;
  std::string literal;
  for (size_t i = begin; i < end; ++i) {
    if (flat.text[i] != hole) {
      literal += flat.text[i];
      continue;
    }
    if (!literal.empty()) parts.push_back(builder.literal(span, literal));
    literal.clear();
    parts.push_back(flat.holes[next++]);
  }
  if (!literal.empty()) parts.push_back(builder.literal(span, literal));
  if (parts.empty()) return none;
  return parts.size() == 1 ? parts.front() : builder.composite(span, std::move(parts));
}

// The value of `key=` in flat.text, up to ';' or ')'.
std::optional<std::pair<size_t, size_t>> field(const std::string& text, std::string_view key) {
  const size_t at = to_lower(text).find(key);
  if (at == std::string::npos) return std::nullopt;
  const size_t begin = at + key.size();
  const size_t end = text.find_first_of(";)", begin);
  return std::pair{begin, end == std::string::npos ? text.size() : end};
}

// The vault of an address: its only expression, or the first label of its host.
ValueId vault_of(Builder& builder, Span span, const Flat& flat, size_t begin, size_t end) {
  for (size_t i = begin; i < end; ++i)
    if (flat.text[i] == hole) return slice(builder, span, flat, i, i + 1);
  const size_t host = flat.text.find("//", begin);
  if (host == std::string::npos || host >= end) return none;
  const size_t dot = std::min(flat.text.find('.', host), end);
  return slice(builder, span, flat, host + 2, dot);
}

std::optional<ValueId> from_address(Builder& builder, Span span, const Flat& flat, size_t begin,
                                    size_t end) {
  constexpr std::string_view folder = "secrets/";
  const size_t at = flat.text.find(folder, begin);
  if (at == std::string::npos || at >= end) return std::nullopt;
  const size_t name = at + folder.size();
  const size_t name_end = std::min(flat.text.find('/', name), end);
  return vault_reference(builder, span, slice(builder, span, flat, name, name_end),
                         vault_of(builder, span, flat, begin, at));
}

bool is_vault_reference(std::string_view text) {
  text = trim(text);
  return text.size() > opening.size() && to_lower(text.substr(0, opening.size())) == opening;
}

ValueId from_settings_text(Builder& builder, Span span, const Flat& flat) {
  if (const auto uri = field(flat.text, "secreturi=")) {
    if (const auto found = from_address(builder, span, flat, uri->first, uri->second))
      return *found;
    return vault_reference(builder, span, slice(builder, span, flat, uri->first, uri->second),
                           none);
  }
  const auto name = field(flat.text, "secretname=");
  const auto vault = field(flat.text, "vaultname=");
  return vault_reference(builder, span,
                         name ? slice(builder, span, flat, name->first, name->second) : none,
                         vault ? slice(builder, span, flat, vault->first, vault->second) : none);
}

}  // namespace

ValueId text_value(Builder& builder, Span span, const std::vector<TextPart>& parts) {
  if (parts.empty()) return builder.literal(span, {});
  if (parts.size() == 1 && parts.front().value != none) return parts.front().value;
  if (parts.front().value == none && is_vault_reference(parts.front().literal))
    return from_settings_text(builder, span, flatten(parts));
  if (parts.size() == 1) return builder.literal(span, parts.front().literal);
  std::vector<ValueId> values;
  values.reserve(parts.size());
  for (const TextPart& part : parts)
    values.push_back(part.value != none ? part.value : builder.literal(part.span, part.literal));
  return builder.composite(span, std::move(values));
}

ValueId vault_reference(Builder& builder, Span span, ValueId name, ValueId vault) {
  Value v;
  v.kind = ValueKind::vault_reference;
  v.span = span;
  if (name != none && builder.value(name).kind == ValueKind::literal)
    v.text = builder.value(name).text;
  if (name != none) v.parts.push_back(name);
  if (name != none && vault != none) v.parts.push_back(vault);
  return builder.add(std::move(v));
}

std::optional<ValueId> vault_secret(Builder& builder, ValueId address) {
  const Value whole = builder.value(address);
  std::vector<ValueId> ids{address};
  if (whole.kind == ValueKind::composite) ids = whole.parts;
  std::vector<TextPart> parts;
  for (const ValueId id : ids) {
    const Value& v = builder.value(id);
    if (v.kind == ValueKind::literal)
      parts.push_back({v.text, v.span, none});
    else if (v.kind != ValueKind::empty)
      parts.push_back({{}, v.span, id});
  }
  const Flat flat = flatten(parts);
  return from_address(builder, whole.span, flat, 0, flat.text.size());
}

}  // namespace keyless
