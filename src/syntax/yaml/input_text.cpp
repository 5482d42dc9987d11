#include "syntax/yaml/input_text.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "syntax/shell/json_pairs.h"
#include "syntax/shell/script.h"
#include "syntax/shell/setting_lines.h"
#include "syntax/yaml/expression.h"
#include "syntax/yaml/settings.h"

namespace keyless {
namespace {

// table: what only text in JavaScript or Python says
constexpr std::array code_marks{"const ", "await ", "require(", "=>", "import ", "let ", "def "};
// table: parts of input names whose text runs in a shell
constexpr std::array script_names{"script", "command"};
// table: whole names of inputs with words of a command line
constexpr std::array word_names{"run", "args", "arguments", "options", "additional-args"};

bool is_code(std::string_view text) {
  return std::any_of(code_marks.begin(), code_marks.end(), [&](std::string_view mark) {
    return text.find(mark) != std::string_view::npos;
  });
}

bool is_script_name(std::string_view name) {
  return std::any_of(script_names.begin(), script_names.end(),
                     [&](std::string_view part) { return contains_ignoring_case(name, part); }) ||
         std::any_of(word_names.begin(), word_names.end(),
                     [&](std::string_view word) { return to_lower(name) == word; });
}

// Every line that is not empty is `NAME=value`.
bool is_list_of_lines(std::string_view text) {
  size_t lines = 0;
  for (std::string_view line : split(text, '\n')) {
    line = trim(line);
    if (line.empty() || line.starts_with('#')) continue;
    const size_t sign = line.find('=');
    if (sign == 0 || sign == std::string_view::npos) return false;
    const auto inner = [](char c) {
      return is_alnum(c) || c == '_' || c == '.' || c == ':' || c == '-';
    };
    const std::string_view name = line.substr(0, sign);
    if (!is_alpha(name.front()) && name.front() != '_') return false;
    if (!std::all_of(name.begin(), name.end(), inner)) return false;
    ++lines;
  }
  return lines > 0;
}

// One line of several words, or a second `NAME=` in it: `a=b c=d`.
bool has_words(std::string_view text) {
  const std::string_view line = trim(text);
  return line.find('\n') == std::string_view::npos && line.find(' ') != std::string_view::npos;
}

}  // namespace

void lower_input_text(Builder& builder, const MappedText& text, std::string_view name,
                      std::string_view type) {
  const std::string_view said = trim(text.text);
  ScriptOptions options;
  options.container = Container::gha_with;
  options.dialect = expressions_only();
  options.type = type;
  options.commands = is_script_name(name);
  if (said.starts_with('{') || said.starts_with('['))
    return lower_json_pairs(builder, text, options);
  if (is_code(said)) return lower_leaks(builder, text, options.container, type);
  const bool lines = is_list_of_lines(said);
  if (options.commands || (lines && has_words(said))) {
    options.dialect.bare = options.dialect.braces = options.commands;
    return lower_script(builder, text, 0, text.size(), options);
  }
  if (lines) return lower_lines(builder, text, 0, text.size(), options, true, {});
  if (said.find('=') != std::string_view::npos || said.find('\n') != std::string_view::npos)
    lower_script(builder, text, 0, text.size(), options);
}

void lower_leaks(Builder& builder, const MappedText& text, Container container,
                 std::string_view type) {
  ScriptOptions options;
  options.container = container;
  options.dialect = expressions_only();
  options.type = type;
  const Atoms atoms = read_word(builder, text, {0, text.size()}, options.dialect, Quoting::frozen);
  SettingLines(builder, text, options, {}).leaked(atoms);
}

}  // namespace keyless
