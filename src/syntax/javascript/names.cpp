#include "syntax/javascript/names.h"

#include <algorithm>

#include "base/text.h"
#include "syntax/javascript/walk.h"

namespace keyless::javascript {
namespace {

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  const char l = lower(c);
  return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

void append_utf8(std::string& out, uint32_t point) {
  const auto put = [&out](uint32_t byte) { out += static_cast<char>(byte); };
  if (point < 0x80) return put(point);
  if (point < 0x800) return put(0xC0 | point >> 6), put(0x80 | (point & 0x3F));
  if (point < 0x10000)
    return put(0xE0 | point >> 12), put(0x80 | (point >> 6 & 0x3F)), put(0x80 | (point & 0x3F));
  put(0xF0 | (point >> 18 & 7)), put(0x80 | (point >> 12 & 0x3F));
  put(0x80 | (point >> 6 & 0x3F)), put(0x80 | (point & 0x3F));
}

// Reads `\xNN`, `\uNNNN` or `\u{N}` whose letter stands at `at`; returns the place after it.
size_t code_escape(std::string_view raw, size_t at, std::string& out) {
  const bool braces = raw[at] == 'u' && at + 1 < raw.size() && raw[at + 1] == '{';
  const size_t begin = at + (braces ? 2 : 1);
  const size_t digits = braces ? 6 : raw[at] == 'x' ? 2 : 4;
  uint32_t point = 0;
  size_t i = begin;
  for (; i < raw.size() && i < begin + digits && hex_digit(raw[i]) >= 0; ++i)
    point = point * 16 + static_cast<uint32_t>(hex_digit(raw[i]));
  if (braces && i < raw.size() && raw[i] == '}') ++i;
  append_utf8(out, point);
  return i;
}

}  // namespace

std::string decode(std::string_view raw) {
  std::string out;
  out.reserve(raw.size());
  for (size_t i = 0; i < raw.size();) {
    if (raw[i] != '\\' || i + 1 >= raw.size()) {
      out += raw[i++];
      continue;
    }
    const char c = raw[i + 1];
    i += 2;
    switch (c) {
      case 'n':
        out += '\n';
        break;
      case 't':
        out += '\t';
        break;
      case 'r':
        out += '\r';
        break;
      case 'b':
        out += '\b';
        break;
      case 'f':
        out += '\f';
        break;
      case 'v':
        out += '\v';
        break;
      case '0':
        out += '\0';
        break;
      case '\n':
        break;
      case '\r':
        i += i < raw.size() && raw[i] == '\n' ? 1 : 0;
        break;
      case 'x':
      case 'u':
        i = code_escape(raw, i - 1, out);
        break;
      default:
        out += c;
    }
  }
  return out;
}

std::string extend(const std::string& base, std::string_view path) {
  if (path.empty()) return base;
  if (base.empty()) return std::string(path);
  std::string text = base;
  if (path.front() != '[') text += '.';
  text += path;
  return text;
}

std::string_view first_segment(std::string_view path) {
  return path.substr(0, path.find_first_of(".[", 1));
}

std::string_view after_first(std::string_view path) {
  path.remove_prefix(first_segment(path).size());
  if (path.starts_with('.')) path.remove_prefix(1);
  return path;
}

bool is_upper_snake(std::string_view name) {
  return name.size() >= 3 && (is_upper(name.front()) || name.front() == '_') &&
         std::all_of(name.begin(), name.end(),
                     [](char c) { return is_upper(c) || is_digit(c) || c == '_'; });
}

void Walk::declare(std::string_view name, Alias alias) {
  if (alias != Alias::no) aliases_.emplace(name);
  declared_[b_.scope()].insert_or_assign(std::string(name), alias);
}

Walk::Alias Walk::alias_of(std::string_view name) const {
  const std::string key(name);
  if (!aliases_.contains(key)) return Alias::no;
  for (ScopeId scope = b_.scope(); scope != none; scope = b_.document().scopes[scope].parent) {
    const auto found = declared_[scope].find(key);
    if (found != declared_[scope].end()) return found->second;
  }
  return Alias::no;
}

ScopeId Walk::scope_of(std::string_view name) const {
  const std::string key(name);
  for (ScopeId scope = b_.scope(); scope != none; scope = b_.document().scopes[scope].parent)
    if (declared_[scope].contains(key)) return scope;
  return b_.scope();
}

ScopeId Walk::open(ScopeKind kind, std::string_view name, Span span, bool async) {
  const ScopeId scope = b_.open_scope(kind, name, span, async);
  declared_.resize(scope + 1);
  return scope;
}

}  // namespace keyless::javascript
