// Declarations of Bicep files and parameter files.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "syntax/bicep/parser.h"

namespace keyless::bicep {
namespace {

constexpr std::array<std::string_view, 17> keywords{
    "param",  "var",      "resource",    "module",   "output",    "type",
    "func",   "metadata", "targetScope", "using",    "extension", "import",
    "assert", "test",     "extends",     "provider", "identity"};

bool is_keyword(std::string_view word) {
  return std::find(keywords.begin(), keywords.end(), word) != keywords.end();
}

}  // namespace

// A declaration's keyword with a name or path behind it, or a decorator.
bool Parser::declaration_ahead() const {
  if (peek() == '@') return true;
  const std::string found = next_word();
  if (!is_keyword(found)) return false;
  size_t after = at_ + found.size();
  const size_t blank = after;
  while (after < end_ && (text_[after] == ' ' || text_[after] == '\t')) ++after;
  if (after >= end_) return false;
  const char c = text_[after];
  return (after > blank && (is_alpha(c) || c == '_' || c == '\'' || c == '{' || c == '*')) ||
         (found == "targetScope" && c == '=');
}

File Parser::file() {
  at_ = 0;
  end_ = text_.size();
  if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  while (true) {
    gap();
    if (done()) break;
    const uint32_t begin = here();
    const bool understood = declaration_ahead() && declaration(true, 0);
    blanks();
    if (understood && (done() || peek() == '\n' || first_column())) continue;
    // To the next line that begins a declaration in the first column.
    do {
      rest_of_line();
      if (!done()) ++at_;
    } while (!done() && !declaration_ahead());
    mark_broken(begin);
  }
  return std::move(file_);
}

bool Parser::declaration(bool top, int depth) {
  Declaration declaration;
  declaration.top = top;
  declaration.whole.begin = here();
  for (gap(); peek() == '@'; gap()) {
    ++at_;
    const ExprId decorator = expression(depth + 1);
    const Expr& expr = file_.expressions[decorator];
    const std::string_view name = text_.substr(expr.span.begin, expr.span.size());
    declaration.secure =
        declaration.secure || name.starts_with("secure(") || name.starts_with("sys.secure(");
  }
  declaration.span.begin = here();
  declaration.keyword = word();
  if (!is_keyword(declaration.keyword)) return false;
  blanks();
  declaration.name_span.begin = here();
  declaration.name = word();
  declaration.name_span.end = here();
  const std::string& keyword = declaration.keyword;
  if (keyword == "using" || keyword == "extends") {
    declaration.value = expression(depth + 1);
  } else if (keyword == "param" || keyword == "var" || keyword == "output" ||
             keyword == "resource" || keyword == "module") {
    if (declaration.name.empty()) return false;
    type_annotation(declaration);
    body(declaration, depth);
  } else {
    skip_declaration();
  }
  declaration.span.end = here();
  declaration.whole.end = here();
  file_.declarations.push_back(std::move(declaration));
  return true;
}

// Types, functions and imports say nothing about keys; a union and the body of a function may go on
// at the next line.
void Parser::skip_declaration() {
  char last = '\0';
  while (!done()) {
    if (peek() == '\n') {
      const size_t line_end = at_;
      gap();
      if (last != '=' && last != '>' && peek() != '|' && peek() != '?' && peek() != ':') {
        at_ = line_end;
        return;
      }
    } else {
      last = peek();
      skip_token();
    }
    blanks();
  }
}

// `string`, `'a' | 'b'`, `{ a: string }[]?`, `'Microsoft.X/y@v' existing`, `resourceInput<'..'>`.
void Parser::type_annotation(Declaration& declaration) {
  blanks();
  const uint32_t begin = here();
  const bool typed_by_path = declaration.keyword == "resource" || declaration.keyword == "module";
  if (peek() == '\'' && typed_by_path) {
    const Expr& path = file_.expressions[string(0)];
    if (path.kind == ExprKind::literal) declaration.type = path.text;
  }
  int angles = 0;
  while (!done() && (peek() != '=' || peek(1) == '=')) {
    if (peek() == '\n' && angles == 0) {
      // A union type may go on at the next line.
      const size_t line_end = at_;
      gap();
      if (peek() == '|') continue;
      at_ = line_end;
      break;
    }
    if (next_word() == "existing") {
      declaration.existing = true;
      word();
    } else {
      angles += peek() == '<' ? 1 : peek() == '>' ? -1 : 0;
      skip_token();
    }
    blanks();
  }
  if (!typed_by_path) declaration.type = trim(text_.substr(begin, here() - begin));
}

void Parser::body(Declaration& declaration, int depth) {
  if (!take("=")) return;
  declaration.value = expression(depth + 1);
}

ExprId Parser::expression_in(Span part, File& pool) {
  file_ = std::move(pool);
  at_ = part.begin;
  end_ = part.end;
  const ExprId found = expression(0);
  gap();
  const bool whole = done();
  pool = std::move(file_);
  return whole ? found : no_expr;
}

}  // namespace keyless::bicep
