// Questions: the tests of branches and guards, in the trees of Python and JavaScript.
// All are asked of a node and look at what stands around it; depth is bounded.
#pragma once

#include <string_view>
#include <vector>

#include "syntax/tree.h"

namespace keyless {

Node without_parentheses(const Node& node);

// What `if condition:` of Python runs, also where the condition stands in parentheses; an empty node
// for anything else.
Node branch_behind(const Node& condition);

// Python: in bool(), what a function that returns a bool returns, or nothing but questions.
bool only_truth_matters(const Node& node);

// The parts of `a and b and c`: `joiner` is "and" or "or", of a script also && and ||. Spans of text.
void split_tests(const Node& test, std::string_view joiner, std::vector<Span>& tests, int depth);

}  // namespace keyless
