#include "syntax/shell/printed.h"

#include "base/text.h"
#include "syntax/shell/setting_lines.h"

namespace keyless {
namespace {

bool is_character(const Atoms& atoms, size_t i, char c) {
  return i < atoms.size() && atoms[i].value == none && atoms[i].character == c;
}

// `\n` as two characters, as single quotes keep it.
Atoms with_line_ends(const Atoms& atoms) {
  Atoms result;
  for (size_t i = 0; i < atoms.size(); ++i) {
    const bool escape = is_character(atoms, i, '\\') && is_character(atoms, i + 1, 'n');
    result.push_back(atoms[i]);
    if (!escape) continue;
    result.back().character = '\n';
    result.back().end = atoms[++i].end;
  }
  return result;
}

// The format with each `%s` replaced by the next word; without any the words follow.
Atoms formatted(const Atoms& format, const std::vector<Atoms>& words, size_t next) {
  Atoms result;
  for (size_t i = 0; i < format.size(); ++i) {
    const bool place = is_character(format, i, '%') && is_character(format, i + 1, 's');
    if (!place || next >= words.size()) {
      result.push_back(format[i]);
      continue;
    }
    result.insert(result.end(), words[next].begin(), words[next].end());
    ++next;
    ++i;
  }
  return result;
}

}  // namespace

ValueId lower_printed(const CommandLine& line, size_t first, const std::string& destination) {
  SettingLines lines(line.builder, line.text, line.options, destination);
  const bool formats =
      to_lower(plain_text(line.words[line.first], 0, line.words[line.first].size())) == "printf";
  ValueId output = none;
  for (size_t i = first; i < line.words.size(); ++i) {
    if (line.words[i].empty() || is_character(line.words[i], 0, '-')) continue;
    Atoms text = with_line_ends(line.words[i]);
    if (formats) text = formatted(text, line.words, i + 1);
    if (output == none) output = value_of(line.builder, line.text, text, 0, text.size());
    if (destination.empty() && !plain_text(text, 0, text.size()).starts_with("::set-"))
      lines.leaked(text);
    else
      lines.read(text);
    if (formats) break;
  }
  return output;
}

}  // namespace keyless
