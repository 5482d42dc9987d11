#include "output/line_diff.h"

#include <algorithm>
#include <unordered_map>

namespace keyless {

namespace {

constexpr size_t context = 3;  // lines
// Beyond so many differing lines the search, which grows with the square, is given up.
constexpr ptrdiff_t most_differences = 1000;

using Numbers = std::vector<size_t>;  // one per line; equal lines have equal numbers

// How far each diagonal (line of `before` minus line of `after`) has come, for the diagonals from
// -reach to reach.
class Front {
 public:
  explicit Front(ptrdiff_t reach) : reach_(reach), at_(static_cast<size_t>(2 * reach + 1), 0) {}
  ptrdiff_t& operator[](ptrdiff_t diagonal) { return at_[static_cast<size_t>(diagonal + reach_)]; }
  ptrdiff_t operator[](ptrdiff_t diagonal) const {
    return at_[static_cast<size_t>(diagonal + reach_)];
  }
  // Whether step `d` comes onto `diagonal` from the one above it (a line added), or from the one
  // below (a line removed).
  [[nodiscard]] bool adds(ptrdiff_t diagonal, ptrdiff_t d) const {
    if (diagonal == -d) return true;
    return diagonal != d && (*this)[diagonal - 1] < (*this)[diagonal + 1];
  }

 private:
  ptrdiff_t reach_;
  std::vector<ptrdiff_t> at_;
};

// Myers' greedy search: the front before each step until both texts are used up; empty when that
// takes too many steps.
std::vector<Front> search(const Numbers& before, const Numbers& after) {
  const auto n = static_cast<ptrdiff_t>(before.size());
  const auto m = static_cast<ptrdiff_t>(after.size());
  std::vector<Front> fronts;
  Front front(1);
  for (ptrdiff_t d = 0; d <= most_differences; ++d) {
    fronts.push_back(front);
    Front next(d + 2);
    for (ptrdiff_t k = -d - 1; k <= d + 1; ++k) next[k] = front[k];
    for (ptrdiff_t k = -d; k <= d; k += 2) {
      ptrdiff_t line = next.adds(k, d) ? next[k + 1] : next[k - 1] + 1;
      while (line < n && line - k < m &&
             before[static_cast<size_t>(line)] == after[static_cast<size_t>(line - k)])
        ++line;
      next[k] = line;
      if (line >= n && line - k >= m) return fronts;
    }
    front = std::move(next);
  }
  return {};
}

// The way the search took, as ranges; texts without a common first or last line.
std::vector<LineRange> ranges_between(const Numbers& before, const Numbers& after) {
  const std::vector<Front> fronts = search(before, after);
  if (fronts.empty()) return {{0, before.size(), 0, after.size()}};
  auto line = static_cast<ptrdiff_t>(before.size());
  auto other = static_cast<ptrdiff_t>(after.size());
  std::vector<LineRange> ranges;  // from the end
  for (auto d = static_cast<ptrdiff_t>(fronts.size()) - 1; d > 0; --d) {
    const Front& front = fronts[static_cast<size_t>(d)];
    const ptrdiff_t diagonal = line - other;
    const ptrdiff_t from = front.adds(diagonal, d) ? diagonal + 1 : diagonal - 1;
    const bool adds = from > diagonal;
    const ptrdiff_t came = front[from];
    const LineRange step{static_cast<size_t>(came), static_cast<size_t>(adds ? came : came + 1),
                         static_cast<size_t>(came - from),
                         static_cast<size_t>(adds ? came - from + 1 : came - from)};
    if (!ranges.empty() && ranges.back().before_begin == step.before_end &&
        ranges.back().after_begin == step.after_end) {
      ranges.back().before_begin = step.before_begin;
      ranges.back().after_begin = step.after_begin;
    } else {
      ranges.push_back(step);
    }
    line = came;
    other = came - from;
  }
  std::ranges::reverse(ranges);
  return ranges;
}

std::string range_text(size_t begin, size_t count) {
  // Lines are counted from 1, but an empty range is named by the line before it.
  const std::string start = std::to_string(count == 0 ? begin : begin + 1);
  return count == 1 ? start : start + "," + std::to_string(count);
}

void add_lines(std::string& out, char mark, const std::vector<std::string_view>& lines,
               size_t begin, size_t end) {
  for (size_t i = begin; i < end; ++i) {
    out += mark;
    out += lines[i];
    if (!lines[i].ends_with('\n')) out += "\n\\ No newline at end of file\n";
  }
}

// One hunk of the ranges from `first` to before `last`.
void add_hunk(std::string& out, const std::vector<std::string_view>& before,
              const std::vector<std::string_view>& after, const LineRange* first,
              const LineRange* last) {
  const LineRange& end = *(last - 1);
  const size_t lead = std::min(context, first->before_begin);
  const size_t tail = std::min(context, before.size() - end.before_end);
  const size_t before_begin = first->before_begin - lead;
  const size_t after_begin = first->after_begin - lead;
  out += "@@ -" + range_text(before_begin, end.before_end + tail - before_begin) + " +" +
         range_text(after_begin, end.after_end + tail - after_begin) + " @@\n";
  size_t at = before_begin;
  for (const LineRange* range = first; range != last; ++range) {
    add_lines(out, ' ', before, at, range->before_begin);
    add_lines(out, '-', before, range->before_begin, range->before_end);
    add_lines(out, '+', after, range->after_begin, range->after_end);
    at = range->before_end;
  }
  add_lines(out, ' ', before, at, end.before_end + tail);
}

}  // namespace

std::vector<std::string_view> lines_with_ends(std::string_view bytes) {
  std::vector<std::string_view> lines;
  while (!bytes.empty()) {
    const size_t feed = bytes.find('\n');
    const size_t size = feed == std::string_view::npos ? bytes.size() : feed + 1;
    lines.push_back(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  return lines;
}

std::vector<LineRange> changed_lines(const std::vector<std::string_view>& before,
                                     const std::vector<std::string_view>& after) {
  size_t begin = 0;
  const size_t shorter = std::min(before.size(), after.size());
  while (begin < shorter && before[begin] == after[begin]) ++begin;
  size_t same = 0;  // lines at the end
  while (same < shorter - begin &&
         before[before.size() - 1 - same] == after[after.size() - 1 - same])
    ++same;
  if (begin + same == before.size() && begin + same == after.size()) return {};

  std::unordered_map<std::string_view, size_t> known;
  const auto numbers = [&](const std::vector<std::string_view>& lines) {
    Numbers all;
    for (size_t i = begin; i < lines.size() - same; ++i)
      all.push_back(known.try_emplace(lines[i], known.size()).first->second);
    return all;
  };
  std::vector<LineRange> ranges = ranges_between(numbers(before), numbers(after));
  for (LineRange& range : ranges) {
    range.before_begin += begin;
    range.before_end += begin;
    range.after_begin += begin;
    range.after_end += begin;
  }
  return ranges;
}

std::string unified_hunks(std::string_view before, std::string_view after) {
  const std::vector<std::string_view> old_lines = lines_with_ends(before);
  const std::vector<std::string_view> new_lines = lines_with_ends(after);
  const std::vector<LineRange> ranges = changed_lines(old_lines, new_lines);
  std::string out;
  for (size_t first = 0; first < ranges.size();) {
    size_t last = first + 1;
    while (last < ranges.size() &&
           ranges[last].before_begin - ranges[last - 1].before_end <= 2 * context)
      ++last;
    add_hunk(out, old_lines, new_lines, ranges.data() + first, ranges.data() + last);
    first = last;
  }
  return out;
}

}  // namespace keyless
