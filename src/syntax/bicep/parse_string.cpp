// Strings of Bicep ('...', '''...''', $'''...''') and of ARM expressions ('it''s').
#include <algorithm>

#include "base/text.h"
#include "syntax/bicep/parser.h"

namespace keyless::bicep {
namespace {

void append_utf8(std::string& out, uint32_t code) {
  const auto put = [&out](uint32_t byte) { out += static_cast<char>(byte); };
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | (code >> 6));
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | (code >> 12));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  } else if (code < 0x110000) {
    put(0xF0 | (code >> 18));
    put(0x80 | ((code >> 12) & 0x3F));
    put(0x80 | ((code >> 6) & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

// The escape at raw[i] ('\'); moves i to its last character.
void unescape(std::string_view raw, size_t& i, std::string& out) {
  if (i + 1 >= raw.size()) {
    out += raw[i];
    return;
  }
  const char c = raw[++i];
  if (c != 'u' || i + 1 >= raw.size() || raw[i + 1] != '{') {
    out += c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
    return;
  }
  uint32_t code = 0;
  for (i += 2; i < raw.size() && raw[i] != '}'; ++i) {
    const char l = lower(raw[i]);
    if (code > 0xFFFFF) continue;
    code = code * 16 + static_cast<uint32_t>(is_digit(l)   ? l - '0'
                                             : is_alpha(l) ? l - 'a' + 10
                                                           : 0);
  }
  append_utf8(out, code);
}

}  // namespace

ExprId Parser::string(int depth) {
  Expr whole;
  whole.kind = ExprKind::text;
  whole.span.begin = here();
  ++at_;  // '
  std::string literal;
  uint32_t literal_begin = here();
  const auto flush = [&] {
    if (literal.empty()) return;
    Expr piece;
    piece.kind = ExprKind::literal;
    piece.span = {literal_begin, here()};
    piece.text = literal;
    whole.parts.push_back(add(std::move(piece)));
    literal.clear();
  };
  // A string ends with its line; an ARM expression may hold a raw line end.
  while (!done() && (peek() != '\n' || dialect_ == Dialect::arm)) {
    if (peek() == '\'') {
      if (dialect_ != Dialect::arm || peek(1) != '\'') break;
      literal += '\'';
      at_ += 2;
    } else if (peek() == '\\') {
      unescape(text_.substr(0, end_), at_, literal);
      ++at_;
    } else if (sees("${") && dialect_ == Dialect::bicep) {
      flush();
      at_ += 2;
      whole.parts.push_back(expression(depth + 1));
      gap();
      if (peek() == '}') ++at_;
      literal_begin = here();
    } else {
      literal += text_[at_++];
    }
    at_ = std::min(at_, end_);
  }
  flush();
  if (peek() == '\'') ++at_;
  whole.span.end = here();
  const bool plain =
      whole.parts.empty() ||
      (whole.parts.size() == 1 && file_.expressions[whole.parts[0]].kind == ExprKind::literal);
  if (!plain) return add(std::move(whole));
  Expr expr;
  expr.kind = ExprKind::literal;
  expr.span = whole.span;
  if (!whole.parts.empty()) expr.text = file_.expressions[whole.parts[0]].text;
  return add(std::move(expr));
}

// `$'''` interpolates with `${x}`, `$$'''` with `$${x}`, and so on.
ExprId Parser::multi_line_string(int depth) {
  Expr whole;
  whole.kind = ExprKind::text;
  whole.span.begin = here();
  size_t dollars = 0;
  while (peek(dollars) == '$') ++dollars;
  at_ += dollars;
  if (!sees("'''")) return bad(whole.span.begin);
  at_ += 3;
  if (peek() == '\r') ++at_;
  if (peek() == '\n') ++at_;
  const std::string opening = std::string(dollars, '$') + "{";
  while (!done()) {
    const size_t close = std::min(text_.find("'''", at_), end_);
    const size_t hole = dollars == 0 ? end_ : std::min(text_.find(opening, at_), end_);
    Expr piece;
    piece.kind = ExprKind::literal;
    piece.span = {here(), static_cast<uint32_t>(std::min(close, hole))};
    piece.text = text_.substr(at_, piece.span.size());
    if (!piece.text.empty()) whole.parts.push_back(add(std::move(piece)));
    at_ = std::min(close, hole);
    if (hole >= close) break;
    at_ += opening.size();
    whole.parts.push_back(expression(depth + 1));
    gap();
    if (peek() == '}') ++at_;
  }
  if (sees("'''")) at_ += 3;
  while (peek() == '\'') ++at_;
  whole.span.end = here();
  return add(std::move(whole));
}

}  // namespace keyless::bicep
