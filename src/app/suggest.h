// The nearest of some known words, for "did you mean".
// Promises one of the words handed in, unchanged, or nothing.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace keyless {

// Empty when none is near: more than a third of its letters would have to change.
std::string nearest(std::string_view word, const std::vector<std::string>& known);

}  // namespace keyless
