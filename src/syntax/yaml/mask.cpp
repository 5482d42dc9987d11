#include "syntax/yaml/mask.h"

#include <algorithm>
#include <cstddef>

#include "base/text.h"

namespace keyless {
namespace {

constexpr size_t longest_action = 8192;

struct Action {
  size_t begin = 0;
  size_t end = 0;
};

void blank(std::string& text, size_t begin, size_t end) {
  for (size_t i = begin; i < end; ++i)
    if (text[i] != '\n' && text[i] != '\r') text[i] = ' ';
}

// The next `{{ ... }}` from `at` on that is no pipeline expression `${{ ... }}`.
Action next_action(std::string_view text, size_t at) {
  for (;;) {
    const size_t begin = text.find("{{", at);
    if (begin == std::string_view::npos) return {text.size(), text.size()};
    const size_t end = text.substr(begin, longest_action).find("}}");
    const bool expression = begin > 0 && text[begin - 1] == '$';
    if (!expression && end != std::string_view::npos) return {begin, begin + end + 2};
    at = begin + 2;
  }
}

// Actions that write their own lines and indentation leave nothing behind.
bool writes_lines(std::string_view action) {
  for (const std::string_view word : {"indent", "toYaml", "toJson", "tpl ", "template "})
    if (action.find(word) != std::string_view::npos) return true;
  return action.find('\n') != std::string_view::npos;
}

bool alone_on_its_lines(std::string_view masked, const Action& action) {
  size_t begin = action.begin;
  while (begin > 0 && masked[begin - 1] == ' ') --begin;
  if (begin > 0 && masked[begin - 1] != '\n') return false;
  std::string_view rest = masked.substr(action.end, longest_action);
  rest = rest.substr(0, rest.find('\n'));
  // `{{- if a }}{{ x }}{{ end }}`: every action of the line is alone when the first one is.
  while (!(rest = trim(rest)).empty()) {
    const size_t close = rest.starts_with("{{") ? rest.find("}}") : std::string_view::npos;
    if (close == std::string_view::npos) return rest.starts_with('#');
    rest.remove_prefix(close + 2);
  }
  return true;
}

void mask_actions(std::string& masked) {
  size_t line_end = 0;  // of the line that was judged last
  bool alone = false;
  for (Action action = next_action(masked, 0); action.begin < masked.size();
       action = next_action(masked, action.end)) {
    const std::string_view text =
        std::string_view(masked).substr(action.begin, action.end - action.begin);
    if (action.begin >= line_end) {
      alone = alone_on_its_lines(masked, action);
      line_end = std::min(masked.find('\n', action.end), masked.size());
    }
    if (alone || writes_lines(text))
      blank(masked, action.begin, action.end);
    else
      std::fill(masked.begin() + static_cast<std::ptrdiff_t>(action.begin),
                masked.begin() + static_cast<std::ptrdiff_t>(action.end), 'x');
  }
}

void mask_bytes(std::string& masked) {
  for (size_t i = 0; i < masked.size(); ++i) {
    const auto byte = static_cast<unsigned char>(masked[i]);
    const bool control = (byte < 0x20 && !is_space(masked[i])) || byte == 0x7F;
    if (control || masked[i] == '\v' || masked[i] == '\f') masked[i] = '?';
    const bool line_start = i == 0 || masked[i - 1] == '\n';
    if (line_start && (masked.compare(i, 5, "%YAML") == 0 || masked.compare(i, 4, "%TAG") == 0))
      blank(masked, i, std::min(masked.find('\n', i), masked.size()));
  }
}

}  // namespace

std::string mask_yaml(std::string_view text) {
  std::string masked(text);
  mask_bytes(masked);
  mask_actions(masked);
  return masked;
}

}  // namespace keyless
