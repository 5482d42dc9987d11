#include "syntax/shell/setting_lines.h"

#include <algorithm>

#include "base/text.h"

namespace keyless {
namespace {

bool is_blank(const Atom& atom) {
  return atom.value == none &&
         (atom.character == ' ' || atom.character == '\t' || atom.character == '\r');
}

bool is_quote(const Atom& atom) {
  return atom.value == none && (atom.character == '"' || atom.character == '\'');
}

// `export NAME=`, `set NAME=`, `- NAME: `: what may stand before a name.
size_t skip_lead(const Atoms& atoms, size_t first, size_t last) {
  while (first < last && is_blank(atoms[first])) ++first;
  for (const std::string_view lead : {"export ", "set ", "- ", "ENV ", "ARG "})
    if (plain_text(atoms, first, std::min(first + lead.size(), last)) == lead) first += lead.size();
  while (first < last && is_blank(atoms[first])) ++first;
  return first;
}

}  // namespace

void SettingLines::read(const Atoms& atoms) {
  for (size_t first = 0; first < atoms.size();) {
    size_t last = first;
    while (last < atoms.size() && !(atoms[last].value == none && atoms[last].character == '\n'))
      ++last;
    line(atoms, first, last);
    first = last + 1;
  }
}

void SettingLines::line(const Atoms& atoms, size_t first, size_t last) {
  first = skip_lead(atoms, first, last);
  while (last > first && is_blank(atoms[last - 1])) --last;
  if (first == last || (atoms[first].value == none && atoms[first].character == '#')) return;
  // The old way to set an output: `::set-output name=X::value`.
  const std::string text = plain_text(atoms, first, last);
  if (text.starts_with("::set-output name=") || text.starts_with("::set-env name=")) {
    const size_t name = first + text.find('=') + 1;
    const size_t sign = text.find("::", 2);
    if (sign == std::string::npos || first + sign <= name) return;
    const ValueId value = value_of(b_, t_, atoms, first + sign + 2, last);
    const Span span = t_.span(atoms[first].begin, atoms[last - 1].end);
    destination_ = text.starts_with("::set-env") ? "GITHUB_ENV" : "GITHUB_OUTPUT";
    return add(plain_text(atoms, name, first + sign),
               t_.span(atoms[name].begin, atoms[first + sign].begin), span, value,
               b_.line_extent(span, {}, "#"));
  }
  const Atoms tail(atoms.begin() + static_cast<ptrdiff_t>(first),
                   atoms.begin() + static_cast<ptrdiff_t>(last));
  const auto equals = name_end(tail, 0);
  if (!equals) {
    if (!named_by_colon(tail, 0, tail.size())) leaked(tail);
    return;
  }
  size_t begin = *equals + 1;
  size_t end = tail.size();
  const bool quoted = end - begin > 1 && is_quote(tail[begin]) && is_quote(tail[end - 1]);
  const ValueId value =
      quoted ? value_of(b_, t_, tail, begin + 1, end - 1) : value_of(b_, t_, tail, begin, end);
  const Span span = t_.span(tail.front().begin, tail.back().end);
  add(plain_text(tail, 0, *equals), t_.span(tail.front().begin, tail[*equals].begin), span, value,
      b_.line_extent(span, {}, "#"));
}

// `NAME: value`, `"Name": "value",` of a configuration file that a script writes.
bool SettingLines::named_by_colon(const Atoms& atoms, size_t first, size_t last) {
  if (is_quote(atoms[first])) ++first;
  size_t end = first;
  const auto inner = [&](const Atom& a) {
    return a.value == none && (is_alnum(a.character) || a.character == '_' || a.character == '-' ||
                               a.character == '.');
  };
  while (end < last && inner(atoms[end])) ++end;
  size_t sign = end;
  if (sign < last && is_quote(atoms[sign])) ++sign;
  while (sign < last && is_blank(atoms[sign])) ++sign;
  if (end == first || sign == last || atoms[sign].value != none || atoms[sign].character != ':')
    return false;
  size_t begin = sign + 1;
  while (begin < last && is_blank(atoms[begin])) ++begin;
  while (last > begin && atoms[last - 1].value == none &&
         (atoms[last - 1].character == ',' || is_blank(atoms[last - 1])))
    --last;
  if (last - begin > 1 && is_quote(atoms[begin]) && is_quote(atoms[last - 1])) ++begin, --last;
  if (begin >= last) return false;
  const ValueId value = value_of(b_, t_, atoms, begin, last);
  if (!carries(b_, value)) return false;
  const Span span = t_.span(atoms[first].begin, atoms[last - 1].end);
  std::string name = plain_text(atoms, first, end);
  if (looks_like_key(name)) return false;
  add(std::move(name), t_.span(atoms[first].begin, atoms[end - 1].end), span, value,
      b_.line_extent(span, {}, "#"));
  return true;
}

void SettingLines::leaked(const Atoms& atoms) {
  for (const Atom& atom : atoms) {
    const ValueId secret = secret_in(b_, atom.value);
    if (secret == none) continue;
    const Span span = t_.span(atom.begin, atom.end);
    add(b_.value(secret).text, {}, span, atom.value, {span, {}});
  }
}

void SettingLines::add(std::string name, Span name_span, Span span, ValueId value, Extent extent) {
  // A quoted value may go on for lines; the setting is where it begins.
  const size_t line = b_.text(span).find('\n');
  if (line != std::string_view::npos) span.end = span.begin + static_cast<uint32_t>(line);
  Element e;
  e.kind = ElementKind::setting;
  e.container = options_.container;
  e.name = std::move(name);
  e.name_span = name_span;
  e.span = span;
  e.extent = extent;
  e.type = options_.type;
  e.member = destination_;
  e.value = value;
  b_.add(std::move(e));
}

}  // namespace keyless
