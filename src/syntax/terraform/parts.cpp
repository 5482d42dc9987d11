#include "syntax/terraform/parts.h"

#include <chrono>

#include "base/text.h"
#include "base/thread_clock.h"
#include "syntax/grammars.h"

namespace keyless::terraform {
namespace {

constexpr size_t max_parts = 5000;

// Top-level blocks and assignments begin with a letter in the first column.
std::vector<uint32_t> beginnings(std::string_view text) {
  std::vector<uint32_t> found;
  for (size_t line = 0; line < text.size();) {
    if (is_alpha(text[line])) found.push_back(static_cast<uint32_t>(line));
    const size_t end = text.find('\n', line);
    line = end == std::string_view::npos ? text.size() : end + 1;
  }
  return found;
}

}  // namespace

std::vector<Tree> parse_blocks(std::string_view text) {
  std::vector<uint32_t> begins = beginnings(text);
  std::vector<Tree> trees;
  if (begins.empty() || begins.size() > max_parts) return trees;
  begins.push_back(static_cast<uint32_t>(text.size()));
  // Each part has a deadline of its own; this one is for all of them together.
  const auto limit = ThreadClock::now() + std::chrono::milliseconds(500) +
                     std::chrono::milliseconds(text.size() / 1000);
  for (size_t i = 0; i + 1 < begins.size(); ++i) {
    if (ThreadClock::now() > limit) break;
    Result<Tree> tree = Tree::parse(tree_sitter_hcl(), text, {begins[i], begins[i + 1]});
    if (tree) trees.push_back(std::move(*tree));
  }
  return trees;
}

}  // namespace keyless::terraform
