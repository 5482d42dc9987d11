// Expressions of Bicep and of ARM templates.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "syntax/bicep/parser.h"

namespace keyless::bicep {

// `a ? b : c`, `a ?? b`, and operators whose result no key passes through.
ExprId Parser::expression(int depth) {
  gap();
  const uint32_t begin = here();
  if (too_deep(depth)) return bad(begin);
  ExprId left = operand(depth + 1);
  Expr whole;
  whole.span = {begin, here()};
  while (operator_ahead()) {
    if (take("??")) {
      gap();
      if (whole.kind != ExprKind::choice) whole.parts = {left};
      whole.kind = ExprKind::choice;
      whole.parts.push_back(operand(depth + 1));
    } else if (peek() == '?') {
      ++at_;
      const ExprId yes = expression(depth + 1);
      gap();
      if (!take(":")) return bad(begin);
      const ExprId no = expression(depth + 1);
      whole.kind = ExprKind::choice;
      whole.parts = {yes, no};
      whole.span = {begin, here()};
      return add(std::move(whole));
    } else {
      while (!done() && std::string_view("=!<>&|+-*/%~").find(peek()) != std::string_view::npos)
        ++at_;
      gap();
      operand(depth + 1);
      whole.kind = ExprKind::bad;
      whole.parts = {left};
      left = no_expr;
    }
    whole.span.end = here();
  }
  if (whole.parts.empty()) return left;
  if (whole.kind == ExprKind::bad) whole.parts.clear();
  return add(std::move(whole));
}

// True with the position on an operator: on this line, or leading the next one.
bool Parser::operator_ahead() {
  blanks();
  const size_t line_end = at_;
  const bool wrapped = peek() == '\n';
  if (wrapped) gap();
  static constexpr std::array<std::string_view, 14> operators{
      "??", "?", "==", "!=", "=~", "!~", "<", ">", "&&", "||", "+", "-", "*", "%"};
  const bool found = std::any_of(operators.begin(), operators.end(),
                                 [this](std::string_view token) { return sees(token); });
  const bool divides = peek() == '/' && peek(1) != '/' && peek(1) != '*';
  const bool may_wrap = peek() == '?' || sees("&&") || sees("||") || sees("==");
  if ((found || divides) && !sees(".?") && (!wrapped || may_wrap) && dialect_ == Dialect::bicep)
    return true;
  at_ = line_end;
  return false;
}

ExprId Parser::operand(int depth) {
  blanks();
  const uint32_t begin = here();
  if (too_deep(depth)) return bad(begin);
  if (peek() == '!' || peek() == '-') {
    const bool number = peek() == '-' && is_digit(peek(1));
    ++at_;
    const ExprId inner = operand(depth + 1);
    if (!number) return bad(begin);
    file_.expressions[inner].text.insert(0, "-");
    return inner;
  }
  return postfix(primary(depth), depth);
}

ExprId Parser::primary(int depth) {
  const uint32_t begin = here();
  if (too_deep(depth)) return bad(begin);
  const char c = peek();
  if (c == '\'' || c == '$')
    return sees("'''") || c == '$' ? multi_line_string(depth) : string(depth);
  if (c == '{' && dialect_ == Dialect::bicep) return object(depth);
  if (c == '[' && dialect_ == Dialect::bicep) return array(depth);
  if (c == '(') return parenthesis(depth);
  if (is_digit(c)) {
    while (is_alnum(peek()) || (peek() == '.' && is_digit(peek(1)))) ++at_;
    Expr expr;
    expr.kind = ExprKind::literal;
    expr.span.begin = begin;
    expr.text = text_.substr(begin, at_ - begin);
    return add(std::move(expr));
  }
  return named(depth);
}

// A name, a call, a lambda with one parameter, `if (condition) value`, true, false, null.
ExprId Parser::named(int depth) {
  const uint32_t begin = here();
  Expr expr;
  expr.span.begin = begin;
  expr.text = word();
  if (expr.text.empty()) return bad(begin);
  if (expr.text == "if" && dialect_ == Dialect::bicep) {
    blanks();
    if (peek() == '(') parenthesis(depth + 1);
    return expression(depth + 1);
  }
  if (expr.text == "null") {
    expr.kind = ExprKind::null;
    return add(std::move(expr));
  }
  if (expr.text == "true" || expr.text == "false") {
    expr.kind = ExprKind::literal;
    return add(std::move(expr));
  }
  const size_t after = at_;
  if (take("=>")) {
    expr.kind = ExprKind::lambda;
    expr.names = {expr.text};
    expr.parts = {expression(depth + 1)};
    expr.span.end = here();
    return add(std::move(expr));
  }
  at_ = after;
  // ARM expressions may have blanks before the bracket, Bicep has none.
  if (dialect_ == Dialect::arm) blanks();
  expr.kind = ExprKind::name;
  if (peek() == '(') {
    expr.kind = ExprKind::call;
    expr.parts = arguments(depth + 1);
    expr.span.end = here();
  }
  return add(std::move(expr));
}

std::vector<ExprId> Parser::arguments(int depth) {
  std::vector<ExprId> found;
  ++at_;  // (
  while (!done()) {
    gap();
    if (peek() == ')') break;
    const size_t before = at_;
    found.push_back(expression(depth));
    gap();
    if (peek() == ',') ++at_;
    if (at_ == before) break;
  }
  if (peek() == ')') ++at_;
  return found;
}

// `(a)`, or a lambda `(a, b) => c`.
ExprId Parser::parenthesis(int depth) {
  const uint32_t begin = here();
  if (too_deep(depth)) return bad(begin);
  const size_t open = at_;
  std::vector<std::string> names;
  ++at_;
  for (gap(); !next_word().empty(); gap()) {
    names.push_back(word());
    gap();
    if (peek() != ',') break;
    ++at_;
  }
  if (peek() == ')') {
    ++at_;
    if (take("=>")) {
      Expr expr;
      expr.kind = ExprKind::lambda;
      expr.names = std::move(names);
      expr.parts = {expression(depth + 1)};
      expr.span = {begin, here()};
      return add(std::move(expr));
    }
  }
  at_ = open + 1;
  const ExprId inner = expression(depth + 1);
  gap();
  if (peek() == ')') ++at_;
  return inner;
}

ExprId Parser::postfix(ExprId base, int depth) {
  Expr expr;
  expr.kind = ExprKind::access;
  expr.span.begin = file_.expressions[base].span.begin;
  expr.parts = {base};
  for (Step next; step(next, depth); next = {}) expr.steps.push_back(std::move(next));
  if (expr.steps.empty()) return base;
  expr.span.end = here();
  return add(std::move(expr));
}

// One step: `.a`, `.?a`, `.f(x)`, `::a`, `[x]`, `[?x]`, `[^x]`. A non-null mark `!` is passed over.
bool Parser::step(Step& step, int depth) {
  const size_t before = at_;
  if (peek() == '!' && peek(1) != '=' && peek(1) != '~') ++at_;
  // A chain may go on at the start of the next line.
  const size_t line_end = at_;
  gap();
  if (at_ != line_end && (peek() != '.' || peek(1) == '.')) at_ = line_end;
  if (sees("::") || (peek() == '.' && peek(1) != '.')) {
    step.kind = peek() == ':' ? Step::Kind::nested : Step::Kind::member;
    at_ += peek() == ':' ? 2 : 1;
    if (peek() == '?') ++at_;
    step.name = word();
    if (step.name.empty()) {
      at_ = before;
      return false;
    }
    if (peek() == '(') {
      step.kind = Step::Kind::call;
      step.arguments = arguments(depth + 1);
    }
    return true;
  }
  if (peek() == '[') {
    ++at_;
    if (peek() == '?' || peek() == '^') ++at_;
    step.kind = Step::Kind::index;
    step.index = expression(depth + 1);
    gap();
    if (peek() == ']') ++at_;
    return true;
  }
  return false;
}

ExprId Parser::object(int depth) {
  Expr expr;
  expr.kind = ExprKind::object;
  expr.span.begin = here();
  if (too_deep(depth)) return bad(here());
  ++at_;  // {
  while (!done()) {
    gap();
    if (peek() == '}' || done()) break;
    // A closing brace is missing: the next declaration begins.
    if (first_column() && declaration_ahead()) break;
    if (peek() == ',') {
      ++at_;
      continue;
    }
    const uint32_t before = here();
    if (declaration_ahead() && (peek() == '@' || next_word() == "resource")) {
      if (declaration(false, depth + 1))
        expr.nested.push_back(static_cast<uint32_t>(file_.declarations.size() - 1));
      continue;
    }
    if (!property(expr, depth + 1)) {
      rest_of_line();
      mark_broken(before);
    }
  }
  if (peek() == '}') ++at_;
  expr.span.end = here();
  return add(std::move(expr));
}

bool Parser::property(Expr& object, int depth) {
  Property property;
  property.span.begin = here();
  if (sees("...")) {
    at_ += 3;
    property.spread = true;
    property.value = expression(depth);
  } else {
    property.name_span.begin = here();
    if (peek() == '\'') {
      property.key = string(depth);
      if (file_.expressions[property.key].kind == ExprKind::literal) {
        property.name = file_.expressions[property.key].text;
        property.key = no_expr;
      }
    } else {
      property.name = word();
      if (property.name.empty()) return false;
    }
    property.name_span.end = here();
    if (!take(":")) return false;
    property.value = expression(depth);
  }
  property.span.end = here();
  object.properties.push_back(std::move(property));
  blanks();
  return done() || peek() == '\n' || peek() == ',' || peek() == '}';
}

ExprId Parser::array(int depth) {
  Expr expr;
  expr.kind = ExprKind::array;
  expr.span.begin = here();
  if (too_deep(depth)) return bad(here());
  ++at_;  // [
  gap();
  if (next_word() == "for") return loop(expr.span.begin, depth);
  while (!done()) {
    gap();
    if (peek() == ']' || done() || (first_column() && declaration_ahead())) break;
    const uint32_t before = here();
    Expr spread;
    spread.span.begin = before;
    if (sees("...")) {
      at_ += 3;
      spread.kind = ExprKind::spread;
      spread.parts = {expression(depth + 1)};
      spread.span.end = here();
      expr.parts.push_back(add(std::move(spread)));
    } else {
      expr.parts.push_back(expression(depth + 1));
    }
    blanks();
    if (peek() == ',') ++at_;
    if (here() != before) continue;
    rest_of_line();
    mark_broken(before);
  }
  if (peek() == ']') ++at_;
  expr.span.end = here();
  return add(std::move(expr));
}

// `[for x in c: body]`, `[for (x, i) in c: if (..) body]`; the position is on `for`.
ExprId Parser::loop(uint32_t begin, int depth) {
  Expr expr;
  expr.kind = ExprKind::loop;
  word();
  gap();
  const bool pair = peek() == '(';
  if (pair) ++at_;
  gap();
  expr.names.push_back(word());
  gap();
  if (pair && peek() == ',') {
    ++at_;
    gap();
    expr.names.push_back(word());
    gap();
  }
  if (pair && peek() == ')') ++at_;
  gap();
  if (word() != "in") {
    rest_of_line();
    mark_broken(begin);
    return bad(begin);
  }
  expr.parts.push_back(expression(depth + 1));
  gap();
  if (peek() == ':') ++at_;
  expr.parts.push_back(expression(depth + 1));
  gap();
  if (peek() == ']') ++at_;
  expr.span = {begin, here()};
  return add(std::move(expr));
}

}  // namespace keyless::bicep
