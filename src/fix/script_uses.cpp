#include "fix/script_uses.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "fix/lines.h"

namespace keyless {
namespace {

// table: what stands before a name where its value is asked for
constexpr std::array<std::string_view, 9> before_use{
    "$", "${", "${#", "$env:", "${env:", "env.", "[\"", "['", "%"};
// table: the same, but only for calls that ask the environment
constexpr std::array<std::string_view, 2> before_argument{"(\"", "('"};

bool is_word(char c) {
  return is_alnum(c) || c == '_';
}

bool asks(std::string_view before) {
  const std::string lowered =
      to_lower(before.substr(before.size() - std::min<size_t>(24, before.size())));
  const std::string_view near = lowered;
  const auto ends = [&](std::string_view end) { return near.ends_with(end); };
  if (std::any_of(before_use.begin(), before_use.end(), ends)) return true;
  return std::any_of(before_argument.begin(), before_argument.end(), ends) &&
         near.find("env") != std::string_view::npos;
}

}  // namespace

bool script_uses(std::string_view text, std::string_view name, const std::vector<Span>& gone) {
  if (name.empty()) return false;
  for (size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const Span hit{static_cast<uint32_t>(at), static_cast<uint32_t>(at + name.size())};
    if (hit.end < text.size() && is_word(text[hit.end])) continue;
    if (!asks(text.substr(0, at)) || in_comment_line(text, hit.begin)) continue;
    if (std::none_of(gone.begin(), gone.end(), [&](const Span& s) { return s.contains(hit); }))
      return true;
  }
  return false;
}

}  // namespace keyless
