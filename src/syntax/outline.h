// Outline: what a rewrite needs to know of one code file beyond its Document: statements, every
// mention of a name, guards, lists of names, imports. Made anew after each round of edits.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/value.h"

namespace keyless {

struct Mention {
  enum class Role : uint8_t {
    use,            // the value of a variable is read
    target,         // declared or assigned: variable, parameter, local name of an import
    member,         // read after a dot
    member_target,  // assigned after a dot, or declared as a field
    taken,          // read by a pattern: `const { key } = settings`
    label,          // name of a keyword argument, key of a literal object, member of an import
  };
  std::string_view name;
  Span span;
  Span whole;  // of a member: the dotted expression that ends with it
  Role role = Role::use;
};

struct Statement {
  Span span;
  Span block;                    // of the statements beside it
  uint32_t parent = none;        // index of the statement around it
  uint32_t siblings = 0;         // statements in the same block, itself included
  bool declares = false;         // a function or class
  bool around_function = false;  // the same, or `const f = () => ...`, `app.get("/", () => ...)`
  bool imports = false;
  bool field = false;      // stands directly in a class
  bool has_value = false;  // assignments: there is a right side
  Span value;              // its right side
};

// `if not key or not url: raise ...`: leaves the block when a test holds.
struct Guard {
  uint32_t statement = none;
  std::vector<Span> tests;  // joined by `or`, or items of the list in `not all([...])`
  bool list = false;        // tests are items of a list
};

// `if test: yes else: no` and `yes if test else no`; no `elif`, but the last `else if` of a script.
struct Choice {
  uint32_t statement = none;  // the `if`; `none` for an expression
  Span whole;
  Span test;
  Span yes;
  Span no;               // empty when there is no `else`
  bool chained = false;  // stands behind an `else`: its branch keeps its braces
};

// `a and b and c` where only its truth matters: the test of a branch, in bool(), or only questions.
struct Conjunction {
  Span whole;
  std::vector<Span> parts;
  Span branch;  // what runs when it holds; empty where it is a value
};

struct ListedText {
  std::string_view text;  // as written, without quotes
  Span span;              // with quotes
  Extent extent;
};

struct ImportedName {
  uint32_t statement = none;
  std::string_view local;
  std::string_view member;  // "" when the module itself
  std::string_view module;
  Extent extent;        // of the name in its list
  uint32_t beside = 1;  // names in the statement
};

struct Outline {
  std::vector<Mention> mentions;      // in source order
  std::vector<Statement> statements;  // outer before inner, in source order
  std::vector<Guard> guards;
  std::vector<Choice> choices;
  std::vector<Conjunction> conjunctions;
  std::vector<ListedText> listed;  // texts in lists that hold nothing but texts
  std::vector<ImportedName> imports;
  bool required = false;  // JavaScript: modules come by require()
  char quote = '"';       // that most texts have
  bool semicolons = true;
  bool broken = false;  // there are syntax errors

  // Innermost statement around the span; `none` outside all.
  [[nodiscard]] uint32_t statement_at(Span span) const;
  // The outermost one.
  [[nodiscard]] uint32_t top_statement_at(Span span) const;
};

// Views point into `text`. Nothing for a language that has no outline, or after the deadline.
std::optional<Outline> outline_of(std::string_view text, std::string_view language);

}  // namespace keyless
