#include "syntax/python/strings.h"

#include "base/text.h"

namespace keyless::python {
namespace {

struct Prefix {
  bool raw = false;
  bool formatted = false;
};

Prefix prefix_of(const Node& start) {
  Prefix prefix;
  for (const char c : start.text()) {
    prefix.raw = prefix.raw || keyless::lower(c) == 'r';
    prefix.formatted = prefix.formatted || keyless::lower(c) == 'f' || keyless::lower(c) == 't';
  }
  return prefix;
}

void append_utf8(std::string& out, uint32_t code) {
  if (code < 0x80U) {
    out += static_cast<char>(code);
  } else if (code < 0x800U) {
    out += static_cast<char>(0xC0U | (code >> 6U));
    out += static_cast<char>(0x80U | (code & 0x3FU));
  } else if (code < 0x10000U) {
    out += static_cast<char>(0xE0U | (code >> 12U));
    out += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
    out += static_cast<char>(0x80U | (code & 0x3FU));
  } else {
    out += static_cast<char>(0xF0U | ((code >> 18U) & 7U));
    out += static_cast<char>(0x80U | ((code >> 12U) & 0x3FU));
    out += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
    out += static_cast<char>(0x80U | (code & 0x3FU));
  }
}

// Digits of an escape in base 8 or 16; `at` moves behind them.
std::optional<uint32_t> digits(std::string_view text, size_t& at, size_t count, uint32_t base) {
  uint32_t code = 0;
  size_t read = 0;
  for (; read < count && at < text.size(); ++read, ++at) {
    const char c = keyless::lower(text[at]);
    uint32_t digit = base;
    if (is_digit(c)) digit = static_cast<uint32_t>(c - '0');
    if (c >= 'a' && c <= 'f') digit = static_cast<uint32_t>(c - 'a') + 10U;
    if (digit >= base) break;
    code = code * base + digit;
  }
  if (read == 0) return std::nullopt;
  return code;
}

// `at` stands behind the backslash.
void append_escape(std::string& out, std::string_view text, size_t& at) {
  const char c = text[at];
  if (c >= '0' && c <= '7') {
    append_utf8(out, *digits(text, at, 3, 8));
    return;
  }
  ++at;
  switch (c) {
    case '\n':
      return;
    case 'n':
      out += '\n';
      return;
    case 't':
      out += '\t';
      return;
    case 'r':
      out += '\r';
      return;
    case '\\':
    case '\'':
    case '"':
      out += c;
      return;
    case 'x':
    case 'u':
    case 'U': {
      const size_t count = c == 'x' ? 2 : (c == 'u' ? 4 : 8);
      if (const auto code = digits(text, at, count, 16)) append_utf8(out, *code & 0x1FFFFFU);
      return;
    }
    default:
      out += '\\';
      out += c;
  }
}

void decode(std::string& out, std::string_view text, Prefix prefix) {
  for (size_t at = 0; at < text.size();) {
    const char c = text[at++];
    if (c == '\\' && !prefix.raw && at < text.size()) {
      append_escape(out, text, at);
      continue;
    }
    out += c;
    if (prefix.formatted && (c == '{' || c == '}') && at < text.size() && text[at] == c) ++at;
  }
}

std::optional<std::string> string_text(const Node& node) {
  std::string text;
  bool plain = true;
  Prefix prefix;
  node.each_child([&](const Node& child, std::string_view) {
    if (child.is("string_start")) prefix = prefix_of(child);
    if (child.is("string_content")) decode(text, child.text(), prefix);
    if (child.is("interpolation")) plain = false;
  });
  if (!plain) return std::nullopt;
  return text;
}

}  // namespace

std::optional<std::string> literal_text(const Node& start) {
  const Node node = inner(start);
  if (!node) return std::nullopt;
  if (node.is("string")) return string_text(node);
  if (!node.is("concatenated_string")) return std::nullopt;
  std::string text;
  bool plain = true;
  each_item(node, [&](const Node& child) {
    const auto part = string_text(child);
    if (part)
      text += *part;
    else
      plain = false;
  });
  if (!plain) return std::nullopt;
  return text;
}

ValueId lower_string(State& state, const Node& node, int depth) {
  if (const auto text = string_text(node)) return state.out.literal(node.span(), *text);
  std::vector<ValueId> parts;
  std::string run;
  Prefix prefix;
  const auto flush = [&] {
    if (!run.empty()) parts.push_back(state.out.literal(node.span(), run));
    run.clear();
  };
  node.each_child([&](const Node& child, std::string_view) {
    if (child.is("string_start")) prefix = prefix_of(child);
    if (child.is("string_content")) decode(run, child.text(), prefix);
    if (!child.is("interpolation")) return;
    flush();
    parts.push_back(value_of(state, child.field("expression"), depth + 1));
  });
  flush();
  return parts.size() == 1 ? parts.front() : state.out.composite(node.span(), std::move(parts));
}

ValueId lower_strings(State& state, const Node& node, int depth) {
  if (const auto text = literal_text(node)) return state.out.literal(node.span(), *text);
  std::vector<ValueId> parts;
  each_item(node, [&](const Node& child) { parts.push_back(value_of(state, child, depth + 1)); });
  return state.out.composite(node.span(), std::move(parts));
}

}  // namespace keyless::python
