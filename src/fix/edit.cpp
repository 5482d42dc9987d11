#include "fix/edit.h"

#include <algorithm>

namespace keyless {
namespace {

// A removal inside a larger removal says nothing new.
void drop_contained(std::vector<Edit>& edits) {
  std::vector<Edit> kept;
  for (size_t i = 0; i < edits.size(); ++i) {
    const auto swallows = [&](size_t k) {
      const Edit& other = edits[k];
      return k != i && other.text.empty() && !other.span.empty() && !edits[i].span.empty() &&
             other.span.contains(edits[i].span) && (other.span != edits[i].span || k < i);
    };
    bool swallowed = false;
    for (size_t k = 0; k < edits.size() && !swallowed; ++k) swallowed = swallows(k);
    if (!swallowed) kept.push_back(edits[i]);
  }
  edits = std::move(kept);
}

}  // namespace

Composed compose(std::string_view text, std::vector<Edit> edits) {
  Composed result;
  std::vector<Edit> unique;
  for (Edit& e : edits)
    if (std::find(unique.begin(), unique.end(), e) == unique.end()) unique.push_back(std::move(e));
  drop_contained(unique);
  // Stable: insertions at one offset keep their order.
  std::stable_sort(unique.begin(), unique.end(), [](const Edit& a, const Edit& b) {
    return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end < b.span.end;
  });
  uint32_t at = 0;
  // A byte order mark is no part of the first line: it stays first whatever goes or comes.
  if (text.starts_with("\xEF\xBB\xBF")) {
    at = 3;
    result.text = text.substr(0, at);
    for (Edit& e : unique) e.span = {std::max(e.span.begin, at), std::max(e.span.end, at)};
  }
  for (Edit& e : unique) {
    if (e.span.begin < at || e.span.end > text.size() || e.span.end < e.span.begin) {
      result.dropped.push_back(std::move(e));
      continue;
    }
    result.text += text.substr(at, e.span.begin - at);
    result.text += e.text;
    at = e.span.end;
  }
  result.text += text.substr(at);
  return result;
}

}  // namespace keyless
