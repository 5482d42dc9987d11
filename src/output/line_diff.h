// The lines that differ between two texts, and the unified form of them.
// Promises that patching `before` with the result gives `after`, byte for byte; small, not minimal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace keyless {

// Half-open ranges of 0-based lines; what is between two of these is equal in both texts.
struct LineRange {
  size_t before_begin = 0, before_end = 0;
  size_t after_begin = 0, after_end = 0;
  bool operator==(const LineRange&) const = default;
};

// The lines of `bytes`, each with its line feed; the last may lack it. Views into `bytes`.
std::vector<std::string_view> lines_with_ends(std::string_view bytes);

// Time and memory are bounded: very different texts come out as one large range.
std::vector<LineRange> changed_lines(const std::vector<std::string_view>& before,
                                     const std::vector<std::string_view>& after);

// Hunks with three lines of context, as `diff -u` and Git write them; "" for equal texts.
std::string unified_hunks(std::string_view before, std::string_view after);

}  // namespace keyless
