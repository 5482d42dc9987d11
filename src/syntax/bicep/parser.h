// Parser: Bicep files, parameter files and ARM expressions by recursive descent, bounded in depth.
// An error costs the property or declaration it stands in; its region goes to File::broken.
#pragma once

#include <string_view>

#include "syntax/bicep/syntax.h"

namespace keyless::bicep {

class Parser {
 public:
  enum class Dialect : uint8_t { bicep, arm };  // arm: '' in strings, no interpolation

  Parser(std::string_view text, Dialect dialect) : text_(text), dialect_(dialect) {}

  // The whole text as a file.
  File file();
  // The expression in `part` of the text, appended to `pool`; no_expr when it is none.
  ExprId expression_in(Span part, File& pool);

 private:
  // scanning (scan.cpp)
  [[nodiscard]] char peek(size_t ahead = 0) const {
    return at_ + ahead < end_ ? text_[at_ + ahead] : '\0';
  }
  [[nodiscard]] bool done() const { return at_ >= end_; }
  [[nodiscard]] bool sees(std::string_view word) const {
    return text_.substr(at_, end_ - at_).starts_with(word);
  }
  bool take(std::string_view word);  // after blanks on the line
  void blanks();                     // blanks and comments, not line ends
  void gap();                        // blanks, comments, line ends
  void rest_of_line();
  void skip_token();  // a bracket with all it holds, a string, or one character
  [[nodiscard]] bool first_column() const { return at_ == 0 || text_[at_ - 1] == '\n'; }
  std::string word();  // an identifier or ""
  [[nodiscard]] std::string next_word() const;
  [[nodiscard]] uint32_t here() const { return static_cast<uint32_t>(at_); }

  // expressions (parse_expression.cpp)
  ExprId expression(int depth);
  ExprId operand(int depth);
  ExprId primary(int depth);
  ExprId postfix(ExprId base, int depth);
  bool step(Step& step, int depth);
  ExprId string(int depth);
  ExprId multi_line_string(int depth);
  void interpolation(ExprId text, int depth);
  ExprId object(int depth);
  bool property(Expr& object, int depth);
  ExprId array(int depth);
  ExprId loop(uint32_t begin, int depth);
  ExprId named(int depth);
  ExprId parenthesis(int depth);
  std::vector<ExprId> arguments(int depth);
  bool operator_ahead();

  // declarations (parse_file.cpp)
  bool declaration(bool top, int depth);
  void skip_declaration();
  void type_annotation(Declaration& declaration);
  void body(Declaration& declaration, int depth);
  [[nodiscard]] bool declaration_ahead() const;

  ExprId add(Expr expr);
  ExprId bad(uint32_t begin);
  void mark_broken(uint32_t begin);  // up to the position; joined with a region that ends there
  bool too_deep(int depth);

  std::string_view text_;
  Dialect dialect_;
  size_t at_ = 0;
  size_t end_ = 0;
  File file_;
};

}  // namespace keyless::bicep
