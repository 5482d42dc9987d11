// Scanning of Bicep text: blanks, comments, words.
#include "base/text.h"
#include "syntax/bicep/parser.h"

namespace keyless::bicep {

void Parser::blanks() {
  while (!done()) {
    if (peek() == ' ' || peek() == '\t' || peek() == '\r') {
      ++at_;
    } else if ((sees("//") || peek() == '#') && dialect_ == Dialect::bicep) {
      const size_t end = text_.find('\n', at_);
      at_ = end == std::string_view::npos || end > end_ ? end_ : end;
    } else if (sees("/*") && dialect_ == Dialect::bicep) {
      const size_t end = text_.find("*/", at_ + 2);
      at_ = end == std::string_view::npos || end + 2 > end_ ? end_ : end + 2;
    } else {
      return;
    }
  }
}

void Parser::gap() {
  for (blanks(); peek() == '\n'; blanks()) ++at_;
}

bool Parser::take(std::string_view token) {
  blanks();
  if (!sees(token)) return false;
  at_ += token.size();
  return true;
}

void Parser::rest_of_line() {
  const size_t end = text_.find('\n', at_);
  at_ = end == std::string_view::npos || end > end_ ? end_ : end;
}

void Parser::skip_token() {
  int open = 0;
  do {
    const char c = peek();
    if (c == '\'') {
      sees("'''") ? multi_line_string(0) : string(0);
    } else {
      open += c == '{' || c == '[' || c == '(' ? 1 : c == '}' || c == ']' || c == ')' ? -1 : 0;
      ++at_;
    }
    if (open > 0) gap();
    if (open > 0 && first_column() && declaration_ahead() && peek() != '@') return;
  } while (open > 0 && !done());
}

std::string Parser::next_word() const {
  size_t end = at_;
  while (end < end_ && (is_alnum(text_[end]) || text_[end] == '_')) ++end;
  if (end == at_ || is_digit(text_[at_])) return {};
  return std::string(text_.substr(at_, end - at_));
}

std::string Parser::word() {
  blanks();
  std::string found = next_word();
  at_ += found.size();
  return found;
}

ExprId Parser::add(Expr expr) {
  if (expr.span.end == 0) expr.span.end = here();
  file_.expressions.push_back(std::move(expr));
  return static_cast<ExprId>(file_.expressions.size() - 1);
}

ExprId Parser::bad(uint32_t begin) {
  Expr expr;
  expr.span = {begin, here()};
  return add(std::move(expr));
}

void Parser::mark_broken(uint32_t begin) {
  if (!file_.broken.empty() && begin <= file_.broken.back().end + 1)
    file_.broken.back().end = here();
  else
    file_.broken.push_back({begin, here()});
}

bool Parser::too_deep(int depth) {
  constexpr int deepest = 200;
  if (depth <= deepest) return false;
  file_.too_deep = true;
  return true;
}

}  // namespace keyless::bicep
