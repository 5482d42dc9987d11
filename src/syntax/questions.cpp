#include "syntax/questions.h"

#include <algorithm>

namespace keyless {
namespace {

constexpr int most_levels = 40;  // from a return to its function

bool is_one_of(std::string_view kind, std::initializer_list<std::string_view> kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

bool is_question(const Node& node, int depth) {
  if (depth > 20) return false;
  if (node.is("boolean_operator"))
    return is_question(node.field("left"), depth + 1) &&
           is_question(node.field("right"), depth + 1);
  if (node.is("parenthesized_expression")) return is_question(node.named_child(0), depth + 1);
  return is_one_of(node.kind(), {"comparison_operator", "not_operator", "true", "false"}) ||
         (node.is("call") && node.field("function").text() == "bool");
}

}  // namespace

Node without_parentheses(const Node& node) {
  Node inner = node;
  for (int depth = 0; depth < 8 && inner.is("parenthesized_expression"); ++depth)
    inner = inner.named_child(0);
  return inner;
}

Node branch_behind(const Node& condition) {
  Node inner = condition;
  for (int depth = 0; depth < 4 && inner.parent().is("parenthesized_expression"); ++depth)
    inner = inner.parent();
  const Node parent = inner.parent();
  const bool asked = is_one_of(parent.kind(), {"if_statement", "elif_clause"}) &&
                     parent.field("condition").span() == inner.span();
  return asked ? parent.field("consequence") : Node();
}

bool only_truth_matters(const Node& node) {
  Node around = node.parent();
  if (around.is("argument_list"))
    return around.named_count() == 1 && around.parent().field("function").text() == "bool";
  if (is_question(node, 0)) return true;
  if (around.is("parenthesized_expression")) around = around.parent();
  if (!around.is("return_statement")) return false;
  for (int depth = 0; around && depth < most_levels; ++depth, around = around.parent())
    if (around.is("function_definition")) return around.field("return_type").text() == "bool";
  return false;
}

void split_tests(const Node& test, std::string_view joiner, std::vector<Span>& tests, int depth) {
  const bool joined = is_one_of(test.kind(), {"boolean_operator", "binary_expression"});
  const std::string_view word = test.field("operator").text();
  if (joined && depth < 20 &&
      (word == joiner || (joiner == "or" && word == "||") || (joiner == "and" && word == "&&"))) {
    split_tests(test.field("left"), joiner, tests, depth + 1);
    split_tests(test.field("right"), joiner, tests, depth + 1);
  } else {
    tests.push_back(test.span());
  }
}

}  // namespace keyless
