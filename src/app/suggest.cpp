#include "app/suggest.h"

#include <algorithm>
#include <numeric>

namespace keyless {

namespace {

size_t distance(std::string_view from, std::string_view to) {
  std::vector<size_t> row(to.size() + 1);
  std::iota(row.begin(), row.end(), size_t{0});
  for (size_t i = 0; i < from.size(); ++i) {
    size_t diagonal = row[0];
    row[0] = i + 1;
    for (size_t j = 0; j < to.size(); ++j) {
      const size_t changed = diagonal + (from[i] == to[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
  constexpr size_t longest_word = 64;
  if (word.size() > longest_word) return {};
  std::string best;
  size_t best_distance = 0;
  for (const std::string& candidate : known) {
    if (candidate.size() > longest_word) continue;
    const size_t changes = distance(word, candidate);
    if (changes * 3 > candidate.size()) continue;
    if (best.empty() || changes < best_distance) {
      best = candidate;
      best_distance = changes;
    }
  }
  return best;
}

}  // namespace keyless
