#include "app/completions.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "app/commands.h"
#include "base/text.h"

namespace keyless {

namespace {

constexpr std::string_view shells = "bash zsh fish";
constexpr std::string_view rule_ids =
    "keyless rules list --color never 2>/dev/null | cut -d ' ' -f 1";

// A word that can be completed, and what it means.
struct Word {
  std::string text;
  std::string doc;
};

std::string for_sh(std::string_view text) {
  return "'" + replaced(std::string(text), "'", "'\\''") + "'";
}

std::string for_fish(std::string_view text) {
  return "'" + replaced(replaced(std::string(text), "\\", "\\\\"), "'", "\\'") + "'";
}

// An item of _describe: a colon ends the word.
std::string for_zsh(const Word& word) {
  return for_sh(replaced(word.text, ":", "\\:") + ":" + word.doc);
}

std::string texts(const std::vector<Word>& words) {
  std::vector<std::string> all;
  for (const Word& word : words) all.push_back(word.text);
  return join(all, " ");
}

std::vector<std::string_view> groups() {
  std::vector<std::string_view> found;
  for (const Command& command : commands())
    if (const auto words = split(command.name, ' '); words.size() == 2)
      if (std::ranges::find(found, words[0]) == found.end()) found.push_back(words[0]);
  return found;
}

// What can stand first ("" as `group`), or after the first word of a command of two.
std::vector<Word> next_words(std::string_view group) {
  std::vector<Word> found;
  for (const Command& command : commands()) {
    const auto words = split(command.name, ' ');
    const bool of_group = words.size() == 2 && words[0] == group;
    if (of_group || (group.empty() && words.size() == 1))
      found.push_back({std::string(words.back()), std::string(command.doc)});
  }
  if (!group.empty()) return found;
  for (const std::string_view word : groups())
    found.push_back({std::string(word), words_of_group(word)});
  return found;
}

std::vector<Word> options_of(const Command& command) {
  std::vector<Word> found;
  for (const OptionRow& row : option_rows())
    if (command.takes(row.id))
      found.push_back({"--" + std::string(row.name), std::string(row.doc)});
  found.push_back({"--help", "explains the command"});
  return found;
}

// The values that an option can have; none where any text will do.
std::vector<Word> values_of(const Command& command, const OptionRow& row) {
  std::vector<Word> found;
  if (row.id == option::format)
    for (const Writer& writer : command.writers())
      found.push_back({std::string(writer.name), std::string(writer.doc)});
  if (row.choices.empty()) return found;
  for (const std::string_view choice : split(row.choices, ' '))
    found.push_back({std::string(choice), std::string(row.value)});
  return found;
}

std::string bash_script() {
  std::string text =
      "# Completion of keyless for bash: source <(keyless completions bash)\n"
      "_keyless() {\n"
      "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}\n"
      "  local command=${COMP_WORDS[1]-} words=\n"
      "  # bash takes --format=json for three words.\n"
      "  [ \"$current\" != '=' ] || current=\n"
      "  [ \"$previous\" != '=' ] || previous=${COMP_WORDS[COMP_CWORD-2]}\n"
      "  COMPREPLY=()\n";
  text += fmt::format(
      "  if ((COMP_CWORD == 1)); then\n"
      "    COMPREPLY=($(compgen -W {} -- \"$current\"))\n    return\n  fi\n",
      for_sh(texts(next_words("")) + " --help --version"));
  text += "  case $command in\n";
  for (const std::string_view group : groups())
    text += fmt::format(
        "    {})\n      if ((COMP_CWORD == 2)); then\n"
        "        COMPREPLY=($(compgen -W {} -- \"$current\"))\n        return\n      fi\n"
        "      command=\"$command ${{COMP_WORDS[2]}}\" ;;\n",
        group, for_sh(texts(next_words(group))));
  text += "  esac\n  case \"$command $previous\" in\n";
  for (const Command& command : commands())
    for (const OptionRow& row : option_rows()) {
      if (!command.takes(row.id) || row.value.empty()) continue;
      const auto values = values_of(command, row);
      const std::string what =
          values.empty() ? "return"
                         : fmt::format("COMPREPLY=($(compgen -W {} -- \"$current\")); return",
                                       for_sh(texts(values)));
      text += fmt::format("    '{} --{}') {} ;;\n", command.name, row.name, what);
    }
  text += "  esac\n  case $command in\n";
  for (const Command& command : commands())
    text +=
        fmt::format("    '{}') words={} ;;\n", command.name, for_sh(texts(options_of(command))));
  text += "  esac\n  if [[ $current != -* ]]; then\n    case $command in\n";
  for (const Command& command : commands()) {
    if (command.operands == Operands::rule)
      text += fmt::format("      '{}') words=$({}) ;;\n", command.name, rule_ids);
    else if (command.operands == Operands::shell)
      text += fmt::format("      '{}') words='{}' ;;\n", command.name, shells);
  }
  return text +
         "      *) return ;;\n    esac\n  fi\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n}\n"
         "complete -o default -F _keyless keyless\n";
}

std::string zsh_list(const std::vector<Word>& words, std::string_view indent) {
  std::string text = "rows=(\n";
  for (const Word& word : words) text += fmt::format("{}  {}\n", indent, for_zsh(word));
  return text + std::string(indent) + ")";
}

std::string zsh_script() {
  std::string text =
      "#compdef keyless\n"
      "# Completion of keyless for zsh: source <(keyless completions zsh), or as _keyless in "
      "fpath\n"
      "_keyless() {\n"
      "  local command=$words[2] previous=$words[CURRENT-1]\n"
      "  local -a rows\n"
      "  if ((CURRENT == 2)); then\n";
  text += fmt::format("    {}\n    _describe command rows\n    return\n  fi\n  case $command in\n",
                      zsh_list(next_words(""), "    "));
  for (const std::string_view group : groups())
    text += fmt::format(
        "    {})\n      if ((CURRENT == 3)); then\n        {}\n        _describe command rows\n"
        "        return\n      fi\n      command=\"$command $words[3]\" ;;\n",
        group, zsh_list(next_words(group), "        "));
  text += "  esac\n  case \"$command $previous\" in\n";
  for (const Command& command : commands())
    for (const OptionRow& row : option_rows()) {
      if (!command.takes(row.id) || row.value.empty()) continue;
      const auto values = values_of(command, row);
      const std::string what =
          values.empty() ? "_files" : zsh_list(values, "      ") + "\n      _describe value rows";
      text +=
          fmt::format("    '{} --{}')\n      {}\n      return ;;\n", command.name, row.name, what);
    }
  text += "  esac\n  if [[ $words[CURRENT] == -* ]]; then\n    case $command in\n";
  for (const Command& command : commands())
    text +=
        fmt::format("      '{}') {} ;;\n", command.name, zsh_list(options_of(command), "        "));
  text += "    esac\n    _describe -o option rows\n    return\n  fi\n  case $command in\n";
  for (const Command& command : commands()) {
    if (command.operands == Operands::rule)
      text += fmt::format("    '{}') rows=(${{(f)\"$({})\"}}); compadd -a rows ;;\n", command.name,
                          rule_ids);
    else if (command.operands == Operands::shell)
      text += fmt::format("    '{}') compadd {} ;;\n", command.name, shells);
  }
  return text +
         "    *) _files ;;\n  esac\n}\n"
         "if [ \"$funcstack[1]\" = _keyless ]; then _keyless \"$@\"; else compdef _keyless "
         "keyless; "
         "fi\n";
}

std::string fish_script() {
  std::vector<std::string> names;
  for (const std::string_view group : groups()) names.emplace_back(group);
  std::string text = fmt::format(
      "# Completion of keyless for fish: keyless completions fish | source\n"
      "function __keyless_at\n"
      "  set -l words (commandline -opc)\n"
      "  set -e words[1]\n"
      "  set -l command \"$words[1]\"\n"
      "  if contains -- \"$command\" {}; and set -q words[2]\n"
      "    set command \"$words[1] $words[2]\"\n"
      "  end\n"
      "  test \"$command\" = \"$argv\"\n"
      "end\n",
      join(names, " "));
  const auto add = [&](std::string_view at, const std::string& rest, std::string_view doc) {
    text +=
        fmt::format("complete -c keyless -n {} {}{}\n", for_fish("__keyless_at " + std::string(at)),
                    rest, doc.empty() ? "" : " -d " + for_fish(doc));
  };
  for (const Word& word : next_words("")) add("", "-f -a " + word.text, word.doc);
  for (const std::string_view group : groups())
    for (const Word& word : next_words(group)) add(group, "-f -a " + word.text, word.doc);
  for (const Command& command : commands()) {
    for (const OptionRow& row : option_rows()) {
      if (!command.takes(row.id)) continue;
      const auto values = values_of(command, row);
      std::string how = "-l " + std::string(row.name);
      if (!values.empty())
        how += " -x -a " + for_fish(texts(values));
      else if (!row.value.empty())
        how += " -r -F";
      add(command.name, how, row.doc);
    }
    if (command.operands == Operands::rule)
      add(command.name, fmt::format("-f -a \"({})\"", rule_ids), "");
    else if (command.operands == Operands::shell)
      add(command.name, fmt::format("-f -a '{}'", shells), "");
    else if (command.operands == Operands::none)
      add(command.name, "-f", "");
  }
  return text;
}

}  // namespace

std::string completion_script(std::string_view shell) {
  if (shell == "bash") return bash_script();
  if (shell == "zsh") return zsh_script();
  if (shell == "fish") return fish_script();
  return {};
}

}  // namespace keyless
