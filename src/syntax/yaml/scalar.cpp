#include "syntax/yaml/scalar.h"

#include <algorithm>

#include "base/text.h"
#include "base/utf.h"

namespace keyless {
namespace {

bool is_break(char c) {
  return c == '\n' || c == '\r';
}
bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

size_t line_end(std::string_view text, size_t at) {
  return std::min(text.find('\n', at), text.size());
}

size_t indent_of(std::string_view text, size_t line) {
  size_t at = line;
  while (at < text.size() && text[at] == ' ') ++at;
  return at - line;
}

bool is_empty_line(std::string_view text, size_t line) {
  return trim(text.substr(line, line_end(text, line) - line)).empty();
}

size_t quoted_end(std::string_view text, size_t at) {
  const char quote = text[at];
  for (size_t i = at + 1; i < text.size(); ++i) {
    const bool escape = text[i] == '\\' && quote == '"';
    const bool doubled = text[i] == quote && quote == '\'' && text.substr(i + 1).starts_with('\'');
    if (escape || doubled)
      ++i;
    else if (text[i] == quote)
      return i + 1;
  }
  return text.size();
}

struct Block {
  size_t begin = 0;   // first content line
  size_t end = 0;     // behind the last content line, without its line end
  size_t indent = 0;  // columns that are no content
};

Block find_block(std::string_view text, size_t at) {
  Block block;
  block.begin = std::min(line_end(text, at) + 1, text.size());
  block.end = line_end(text, at);
  bool known = false;
  for (size_t line = block.begin; line < text.size(); line = line_end(text, line) + 1) {
    if (is_empty_line(text, line)) continue;
    const size_t indent = indent_of(text, line);
    if (!known) block.indent = indent;
    known = true;
    if (indent < block.indent || indent == 0) break;
    block.end = line_end(text, line);
  }
  if (block.end > at && text[block.end - 1] == '\r') --block.end;
  return block;
}

size_t plain_end(std::string_view text, size_t at, std::string_view value) {
  size_t end = at;
  for (size_t i = at, v = 0; v < value.size() && i < text.size();) {
    if (text[i] == value[v]) {
      ++v;
      end = ++i;
    } else if (is_space(text[i])) {
      ++i;
    } else if (is_space(value[v])) {
      ++v;
    } else {
      break;
    }
  }
  return end;
}

// Several line breaks are breaks, a single one is a blank.
size_t fold(std::string_view masked, size_t at, size_t end, MappedText& out) {
  while (!out.text.empty() && is_blank(out.text.back())) {
    out.text.pop_back();
    out.at.pop_back();
  }
  size_t breaks = 0;
  size_t next = at;
  for (; next < end && is_space(masked[next]); ++next)
    if (masked[next] == '\n') ++breaks;
  if (breaks <= 1) {
    out.push(' ', at);
  } else {
    for (size_t i = at; i < next && breaks > 1; ++i) {
      if (masked[i] != '\n') continue;
      out.push('\n', i);
      --breaks;
    }
  }
  return next;
}

uint32_t hex_value(std::string_view digits) {
  uint32_t value = 0;
  for (const char c : digits) {
    const char l = lower(c);
    if (!is_digit(l) && (l < 'a' || l > 'f')) return 0xFFFD;
    value = value * 16 + static_cast<uint32_t>(is_digit(l) ? l - '0' : l - 'a' + 10);
  }
  return value;
}

// The escape whose backslash stands at `at`; returns the index behind it.
size_t escape(std::string_view masked, size_t at, size_t end, MappedText& out) {
  const char c = at + 1 < end ? masked[at + 1] : '\\';
  const size_t digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
  if (digits > 0 && at + 2 + digits <= end) {
    std::string bytes;
    append_utf8(bytes, hex_value(masked.substr(at + 2, digits)));
    for (const char byte : bytes) out.push(byte, at);
    return at + 2 + digits;
  }
  if (is_break(c)) {  // an escaped line end joins the lines
    size_t next = at + 1;
    while (next < end && is_space(masked[next])) ++next;
    return next;
  }
  constexpr std::string_view names = "nrt0e";
  constexpr std::string_view bytes("\n\r\t\0\x1b", 5);
  const size_t known = names.find(c);
  out.push(known == std::string_view::npos ? c : bytes[known], at);
  return at + 2;
}

MappedText decode_flow(std::string_view file, std::string_view masked, Span span, char quote) {
  MappedText out;
  const size_t begin = span.begin + (quote == '\0' ? 0U : 1U);
  const bool closed = quote != '\0' && span.size() > 1 && masked[span.end - 1] == quote;
  const size_t end = span.end - (closed ? 1U : 0U);
  for (size_t i = begin; i < end;) {
    const char c = masked[i];
    if (quote == '"' && c == '\\') {
      i = escape(masked, i, end, out);
    } else if (quote == '\'' && c == '\'' && i + 1 < end) {
      out.push(c, i);
      i += 2;
    } else if (is_break(c)) {
      i = fold(masked, i, end, out);
    } else {
      out.push(file[i], i);
      ++i;
    }
  }
  out.end = static_cast<uint32_t>(end);
  return out;
}

MappedText decode_block(std::string_view file, std::string_view masked, Span span) {
  MappedText out;
  const bool folded = masked[span.begin] == '>';
  const Block block = find_block(masked, span.begin);
  const size_t end = std::min<size_t>(block.end, span.end);
  for (size_t line = block.begin; line < end; line = line_end(masked, line) + 1) {
    const size_t stop = std::min(line_end(masked, line), end);
    for (size_t i = std::min(line + block.indent, stop); i < stop; ++i)
      if (file[i] != '\r' || i + 1 < stop) out.push(file[i], i);
    if (stop >= end) break;
    const size_t next = stop + 1;
    const bool joins = folded && next < end && !is_empty_line(masked, line) &&
                       !is_empty_line(masked, next) && indent_of(masked, next) == block.indent;
    out.push(joins ? ' ' : '\n', stop);
  }
  out.end = static_cast<uint32_t>(std::max<size_t>(end, span.begin));
  return out;
}

}  // namespace

size_t skip_properties(std::string_view masked, size_t at) {
  while (at < masked.size() && (masked[at] == '&' || masked[at] == '!')) {
    while (at < masked.size() && !is_space(masked[at])) ++at;
    while (at < masked.size() && is_space(masked[at])) ++at;
  }
  return at;
}

Span scalar_span(std::string_view masked, size_t at, std::string_view value) {
  const auto span = [at](size_t end) { return span_between(at, end); };
  if (at >= masked.size()) return span(at);
  const char first = masked[at];
  if (first == '"' || first == '\'') return span(quoted_end(masked, at));
  if (first != '|' && first != '>') return span(plain_end(masked, at, value));
  const bool empty = trim(value).empty();
  return span(empty ? line_end(masked, at) : find_block(masked, at).end);
}

MappedText decode_scalar(std::string_view file, std::string_view masked, Span span) {
  if (span.empty()) {
    MappedText out;
    out.end = span.end;
    return out;
  }
  const char first = masked[span.begin];
  if (first == '|' || first == '>') return decode_block(file, masked, span);
  return decode_flow(file, masked, span, first == '"' || first == '\'' ? first : '\0');
}

}  // namespace keyless
