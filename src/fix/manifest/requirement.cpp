#include <algorithm>

#include "base/text.h"
#include "fix/manifest/declarations.h"

namespace keyless::manifest {
namespace {

bool is_name(char c) {
  return is_alnum(c) || c == '-' || c == '_' || c == '.';
}

// The part of `place` without blanks at either end.
Span trimmed(std::string_view text, Span place) {
  while (place.begin < place.end && is_space(text[place.begin])) ++place.begin;
  while (place.begin < place.end && is_space(text[place.end - 1])) --place.end;
  return place;
}

uint32_t skip_blanks(std::string_view text, Span place, uint32_t at) {
  while (at < place.end && is_space(text[at])) ++at;
  return at;
}

}  // namespace

std::string normalised(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool separator = c == '-' || c == '_' || c == '.';
    if (!separator)
      out += lower(c);
    else if (out.empty() || out.back() != '-')
      out += '-';
  }
  return out;
}

bool same_package(std::string_view one, std::string_view other, Dialect dialect) {
  if (dialect == Dialect::npm) return one == other;
  return normalised(one) == normalised(other);
}

std::optional<Item> read_requirement(std::string_view text, Span place) {
  place = trimmed(text, place);
  Item item;
  item.entry = place;
  uint32_t at = place.begin;
  while (at < place.end && is_name(text[at])) ++at;
  if (at == place.begin || !is_alnum(text[place.begin])) return std::nullopt;
  item.name = std::string(text.substr(place.begin, at - place.begin));
  // Where bounds go when there are none: right behind the name and its extras.
  uint32_t behind = at;
  at = skip_blanks(text, place, at);
  if (at < place.end && text[at] == '[') {
    const size_t close = text.find(']', at);
    if (close >= place.end) return std::nullopt;
    behind = static_cast<uint32_t>(close) + 1;
    at = skip_blanks(text, place, behind);
  }
  if (at < place.end && text[at] == '@') {
    item.located = true;
    return item;
  }
  Span range{at, place.end};
  if (const size_t marker = text.find(';', at); marker < place.end) {
    range.end = static_cast<uint32_t>(marker);
    item.conditional = true;
  }
  range = trimmed(text, range);
  if (!range.empty() && text[range.begin] == '(' && text[range.end - 1] == ')')
    range = trimmed(text, {range.begin + 1, range.end - 1});
  if (range.empty()) range = {behind, behind};
  // Anything but an operator here is a path, a flag, a second word: no requirement.
  if (!range.empty() && std::string_view("=<>!~").find(text[range.begin]) == std::string_view::npos)
    return std::nullopt;
  item.range = range;
  return item;
}

Declarations read_declarations(std::string_view text, ManifestKind kind) {
  switch (kind) {
    case ManifestKind::requirements:
      return read_requirements(text);
    case ManifestKind::setup_cfg:
      return read_setup_cfg(text);
    case ManifestKind::pyproject:
      return read_pyproject(text);
    case ManifestKind::pipfile:
      return read_pipfile(text);
    case ManifestKind::package_json:
      return read_package_json(text);
  }
  return {};
}

}  // namespace keyless::manifest
