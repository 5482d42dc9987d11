#include "fix/manifest/place.h"

#include <algorithm>

#include "base/text.h"

namespace keyless::manifest {
namespace {

std::string order_key(std::string_view name, Dialect dialect) {
  return dialect == Dialect::npm ? to_lower(name) : normalised(name);
}

class Placer {
 public:
  Placer(std::string_view text, const Group& group) : text_(text), group_(group) {
    for (size_t i = 0; i < group.items.size(); ++i)
      if (!group.items[i].apart) own_.push_back(i);
    // Poetry lists the language first, whatever the order of the rest.
    if (group.form == Form::table && own_.size() > 1 && group.items[own_[0]].name == "python")
      own_.erase(own_.begin());
  }

  std::optional<Place> place(std::string_view name, std::optional<size_t> beside) const {
    if (own_.empty()) return std::nullopt;
    if (const auto found = in_order(0, own_.size(), name)) return found;
    const auto at = std::find(own_.begin(), own_.end(), beside.value_or(own_.back()));
    if (at == own_.end()) return Place{own_.back(), false};
    if (group_.form == Form::lines) {
      const auto [first, last] = block(static_cast<size_t>(at - own_.begin()));
      if (last - first > 1)
        if (const auto found = in_order(first, last, name)) return found;
    }
    return Place{*at, false};
  }

 private:
  [[nodiscard]] std::string key(size_t index) const {
    return order_key(group_.items[own_[index]].name, group_.dialect);
  }

  // The place among own_[first, last) when these are in order.
  [[nodiscard]] std::optional<Place> in_order(size_t first, size_t last,
                                              std::string_view name) const {
    for (size_t i = first + 1; i < last; ++i)
      if (key(i) < key(i - 1)) return std::nullopt;
    const std::string wanted = order_key(name, group_.dialect);
    size_t at = first;
    while (at < last && key(at) <= wanted) ++at;
    if (at == first) return Place{own_[first], true};
    return Place{own_[at - 1], false};
  }

  // Whether the entry stands on the line right behind the one before it.
  [[nodiscard]] bool follows(size_t index) const {
    const size_t behind = begin_of_next(text_, group_.items[own_[index - 1]].entry.end);
    return behind == begin_of_line(text_, group_.items[own_[index]].entry.begin);
  }

  // The run of lines without a comment or empty line between them.
  [[nodiscard]] std::pair<size_t, size_t> block(size_t index) const {
    size_t first = index;
    size_t last = index + 1;
    while (first > 0 && follows(first)) --first;
    while (last < own_.size() && follows(last)) ++last;
    return {first, last};
  }

  std::string_view text_;
  const Group& group_;
  std::vector<size_t> own_;
};

}  // namespace

std::optional<Place> place_in(std::string_view text, const Group& group, std::string_view name,
                              std::optional<size_t> beside) {
  return Placer(text, group).place(name, beside);
}

size_t end_of_line(std::string_view text, size_t at) {
  const size_t end = std::min(text.find('\n', at), text.size());
  return end > at && text[end - 1] == '\r' ? end - 1 : end;
}

size_t begin_of_next(std::string_view text, size_t at) {
  const size_t end = text.find('\n', at);
  return end == std::string_view::npos ? text.size() : end + 1;
}

size_t begin_of_line(std::string_view text, size_t at) {
  if (at == 0) return 0;
  const size_t end = text.rfind('\n', at - 1);
  return end == std::string_view::npos ? (text.starts_with("\xEF\xBB\xBF") ? 3 : 0) : end + 1;
}

std::optional<std::string> indent_of(std::string_view text, size_t at) {
  const size_t begin = begin_of_line(text, at);
  const std::string_view blanks = text.substr(begin, at - std::min(begin, at));
  if (!trim(blanks).empty()) return std::nullopt;
  return std::string(blanks);
}

std::string_view eol_near(std::string_view text, size_t at) {
  size_t end = text.find('\n', at);
  if (end == std::string_view::npos) end = text.rfind('\n');
  if (end == std::string_view::npos) return "\n";
  return end > 0 && text[end - 1] == '\r' ? "\r\n" : "\n";
}

}  // namespace keyless::manifest
