#include "lineage/covered.h"

#include <iterator>

namespace keyless {

void OutermostSpans::add(Span span) {
  if (any_contains(span)) return;
  auto it = ends_.insert_or_assign(span.begin, span.end).first;
  for (++it; it != ends_.end() && it->second <= span.end;) it = ends_.erase(it);
}

bool OutermostSpans::any_contains(Span span) const {
  const auto after = ends_.upper_bound(span.begin);
  return after != ends_.begin() && std::prev(after)->second >= span.end;
}

void InnermostSpans::add(Span span) {
  if (any_within(span)) return;
  auto it = ends_.insert_or_assign(span.begin, span.end).first;
  while (it != ends_.begin() && std::prev(it)->second >= span.end) ends_.erase(std::prev(it));
}

bool InnermostSpans::any_within(Span span) const {
  const auto first = ends_.lower_bound(span.begin);
  return first != ends_.end() && first->second <= span.end;
}

}  // namespace keyless
