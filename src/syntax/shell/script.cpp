#include "syntax/shell/script.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/text.h"
#include "syntax/shell/command_line.h"
#include "syntax/shell/printed.h"
#include "syntax/shell/setting_lines.h"
#include "syntax/shell/words.h"

namespace keyless {
namespace {

// table: words before the program that change nothing about what it is
constexpr std::array prefixes{"sudo",  "env",  "exec",   "command", "time", "nohup",
                              "if",    "then", "elif",   "else",    "do",   "while",
                              "until", "!",    "return", "call"};
constexpr std::array exporters{"export", "set", "setx"};
constexpr std::array declarers{"declare", "local", "readonly", "typeset"};
constexpr std::array printers{"echo",       "printf", "print", "write-output",
                              "write-host", "cat",    "tee"};
constexpr std::array silent{"[",    "[[",       "test",  "exit",    "fi",    "done", "esac",
                            "true", "false",    ":",     "break",   "for",   "case", "in",
                            "cd",   "function", "shift", "wait",    "sleep", "trap", "pwd",
                            "echo", "ls",       "mkdir", "continue"};
constexpr std::array shells{"bash", "sh", "zsh", "ssh", "pwsh", "su"};
constexpr std::array readers{"tee", "out-file", "add-content", "set-content"};

template <class Table>
bool is_in(const Table& table, std::string_view word) {
  return std::any_of(table.begin(), table.end(), [&](std::string_view row) { return row == word; });
}

ValueId lower_substitution(Builder& builder, const MappedText& text, size_t begin, size_t end,
                           const Dialect& dialect, int depth);

class ScriptLowering {
 public:
  ScriptLowering(Builder& builder, const MappedText& text, const ScriptOptions& options, int depth)
      : b_(builder), t_(text), options_(options), depth_(depth) {
    options_.dialect.command = lower_substitution;
  }

  void run(size_t begin, size_t end) {
    const std::vector<ShellCommand> commands = split_commands(t_, begin, end);
    for (size_t i = 0; i < commands.size(); ++i) {
      const ShellCommand* next = i + 1 < commands.size() ? &commands[i + 1] : nullptr;
      command(commands[i], commands[i].pipes_on ? next : nullptr);
    }
  }

  // The value that the output of the script stands for.
  ValueId run_for_value(size_t begin, size_t end) {
    const std::vector<ShellCommand> commands = split_commands(t_, begin, end);
    size_t first = commands.size();  // of the last pipeline
    for (size_t i = 0; i < commands.size(); ++i)
      if (i == 0 || !commands[i - 1].pipes_on) first = i;
    ValueId value = none;
    for (size_t i = 0; i < commands.size(); ++i) {
      command(commands[i],
              commands[i].pipes_on && i + 1 < commands.size() ? &commands[i + 1] : nullptr);
      if (i == first) value = output_;
    }
    return value == none ? b_.unknown(t_.span(begin, end)) : value;
  }

 private:
  void command(const ShellCommand& c, const ShellCommand* reader) {
    output_ = none;
    std::vector<Atoms> words;
    words.reserve(c.words.size());
    for (const ShellWord& word : c.words)
      words.push_back(read_word(b_, t_, word, options_.dialect, Quoting::shell, depth_));
    size_t first = 0;
    while (first < words.size() && is_before_program(words, first)) ++first;
    const size_t assignments = first;
    while (first < words.size() && is_assignment(c.words[first], words[first])) ++first;
    const bool whole = first == words.size();
    for (size_t i = assignments; i < first; ++i) assign(c, i, words[i], !whole);
    const std::string program_name = whole ? std::string() : to_lower(text_of(words[first]));
    std::string destination = destination_of(c, reader);
    if (destination.empty() && is_in(readers, program_name)) destination = written_by(c, first);
    documents(c, program_name, destination);
    const ValueId input = std::exchange(piped_, none);
    if (!whole) program({b_, t_, c, words, first, options_, depth_}, destination, input);
    if (!c.pipes_on) piped_ = none;
  }

  // `sudo -E`, `then`: words and their options before the program.
  static bool is_before_program(const std::vector<Atoms>& words, size_t at) {
    const std::string word = text_of(words[at]);
    return is_in(prefixes, word) || (at > 0 && word.starts_with('-'));
  }

  void program(const CommandLine& line, const std::string& destination, ValueId input) {
    const std::string name = to_lower(text_of(line.words[line.first]));
    if (powershell_assign(line)) return;
    if (is_in(exporters, name) || is_in(declarers, name))
      return exports(line, is_in(exporters, name));
    const bool quoted_text =
        !destination.empty() && name_end(line.words[line.first], 0).has_value();
    if (is_in(printers, name) || quoted_text) return prints(line, quoted_text, destination);
    if (!is_in(silent, name)) output_ = lower_command_line(line, input);
  }

  // `export A=x B=y`; `export A` alone says nothing new.
  void exports(const CommandLine& line, bool sets) {
    for (size_t i = line.first + 1; i < line.words.size(); ++i)
      if (name_end(line.words[i], 0)) assign(line.command, i, line.words[i], sets);
  }

  // `$env:NAME = value`, `$name = command ...`.
  bool powershell_assign(const CommandLine& line) {
    const size_t at = line.first;
    if (line.words.size() < at + 3 || text_of(line.words[at + 1]) != "=") return false;
    const Atoms& target = line.words[at];
    if (target.size() != 1 || target[0].value == none) return false;
    const Value& variable = b_.value(target[0].value);
    if (variable.kind != ValueKind::env) return false;
    const std::string name = variable.text;
    const ShellWord& value_word = line.command.words[at + 2];
    const bool sets = to_lower(t_.view(target[0].begin, target[0].end)).starts_with("$env:");
    ValueId value = none;
    const size_t behind = t_.text[value_word.begin] == '('
                              ? skip_construct(t_.text, value_word.begin, value_word.end)
                              : std::string::npos;
    if (behind != std::string::npos)
      value = run_nested(value_word.begin + 1, behind - 1);
    else if (line.words.size() == at + 3)
      value = value_of(b_, t_, line.words[at + 2], 0, line.words[at + 2].size());
    else
      value = run_nested(value_word.begin, line.command.end);
    const Span span = t_.span(target[0].begin, line.command.end);
    add_assign(name, span, value);
    if (sets || secret_in(b_, value) != none) add_setting(name, span, {}, value, {});
    return true;
  }

  ValueId run_nested(size_t begin, size_t end) {
    if (depth_ >= max_expansion_depth) return b_.unknown(t_.span(begin, end));
    return ScriptLowering(b_, t_, options_, depth_ + 1).run_for_value(begin, end);
  }

  void prints(const CommandLine& line, bool first_too, const std::string& destination) {
    const ValueId printed = lower_printed(line, line.first + (first_too ? 0U : 1U), destination);
    if (!first_too) output_ = printed;
    piped_ = output_;
  }

  // Lines of a file that is written, commands for another shell, or text that only may leak.
  void documents(const ShellCommand& c, const std::string& program,
                 const std::string& destination) {
    for (const HereDocument& document : c.documents) {
      const bool runs =
          is_in(shells, program) && destination.empty() && depth_ < max_expansion_depth;
      if (runs)
        ScriptLowering(b_, t_, options_, depth_ + 1).run(document.begin, document.end);
      else if (!destination.empty() || is_in(printers, program))
        lower_lines(b_, t_, document.begin, document.end, options_, document.expands, destination);
      else
        leaks(document);
    }
  }

  void leaks(const HereDocument& document) {
    const Quoting quoting = document.expands ? Quoting::text : Quoting::frozen;
    const Atoms atoms =
        read_word(b_, t_, {document.begin, document.end}, options_.dialect, quoting, depth_);
    SettingLines(b_, t_, options_, {}).leaked(atoms);
  }

  // Where a command writes: a file, or the variable that names it.
  std::string destination_of(const ShellCommand& c, const ShellCommand* reader) {
    if (!c.targets.empty()) return target_text(c.targets.front());
    if (reader == nullptr || reader->words.empty()) return {};
    if (!is_in(readers, to_lower(t_.view(reader->words[0].begin, reader->words[0].end)))) return {};
    return written_by(*reader, 0);
  }

  // The file that tee and its kin are told to write.
  std::string written_by(const ShellCommand& c, size_t program) {
    for (size_t i = program + 1; i < c.words.size(); ++i)
      if (t_.text[c.words[i].begin] != '-') return target_text(c.words[i]);
    return {};
  }

  std::string target_text(const ShellWord& word) {
    std::string name(t_.view(word.begin, word.end));
    std::erase_if(name,
                  [](char c) { return c == '"' || c == '\'' || c == '{' || c == '}' || c == '$'; });
    if (to_lower(name).starts_with("env:")) name.erase(0, 4);
    return mask_keys(name);
  }

  bool is_assignment(const ShellWord& word, const Atoms& atoms) const {
    const bool quoted = t_.text[word.begin] == '"' || t_.text[word.begin] == '\'';
    return name_end(atoms, 0).has_value() && (!quoted || !options_.commands);
  }

  void assign(const ShellCommand& c, size_t index, const Atoms& word, bool sets) {
    const size_t equals = *name_end(word, 0);
    std::string name = plain_text(word, 0, equals);
    const ValueId value = value_of(b_, t_, word, equals + 1, word.size());
    const Span span = t_.span(c.words[index].begin, c.words[index].end);
    if (options_.commands) add_assign(name, span, value);
    if (sets || !options_.commands || secret_in(b_, value) != none || b_.value(value).secret)
      add_setting(
          name, span, t_.span(word[0].begin, word[equals - 1].end), value,
          c.words.size() == 1 + index ? std::optional(t_.span(c.begin, c.end)) : std::nullopt);
  }

  void add_assign(const std::string& name, Span span, ValueId value) {
    Element e;
    e.kind = ElementKind::assign;
    e.name = name;
    e.span = span;
    e.extent = b_.line_extent(span, name, "#");
    e.value = value;
    b_.add(std::move(e));
  }

  void add_setting(const std::string& name, Span span, Span name_span, ValueId value,
                   std::optional<Span> whole) {
    SettingLines(b_, t_, options_, {})
        .add(name, name_span, span, value,
             whole ? b_.line_extent(*whole, name, "#") : Extent{span, {}});
  }

  static std::string text_of(const Atoms& word) { return plain_text(word, 0, word.size()); }

  Builder& b_;
  const MappedText& t_;
  ScriptOptions options_;
  int depth_;
  ValueId output_ = none;  // what the last command prints
  ValueId piped_ = none;   // what the command before the `|` printed
};

ValueId lower_substitution(Builder& builder, const MappedText& text, size_t begin, size_t end,
                           const Dialect& dialect, int depth) {
  ScriptOptions options;
  options.dialect = dialect;
  return ScriptLowering(builder, text, options, depth).run_for_value(begin, end);
}

// `$X` behind `X=...` of the same script is that variable; before it, or without it, `$X` comes from
// the environment.
void name_variables(Builder& builder, size_t first_element, size_t first_value) {
  std::map<std::string, uint32_t> assigned;  // where the first assignment ends
  for (size_t i = first_element; i < builder.document().elements.size(); ++i) {
    const Element& e = builder.document().elements[i];
    if (e.kind != ElementKind::assign) continue;
    const auto [known, fresh] = assigned.emplace(e.name, e.span.end);
    if (!fresh) known->second = std::min(known->second, e.span.end);
  }
  const auto last = static_cast<ValueId>(builder.document().values.size());
  for (auto id = static_cast<ValueId>(first_value); id < last; ++id) {
    Value& value = builder.value(id);
    if (value.kind != ValueKind::env) continue;
    const auto known = assigned.find(value.text);
    if (known != assigned.end() && value.span.begin >= known->second)
      value.kind = ValueKind::symbol;
  }
}

}  // namespace

void lower_script(Builder& builder, const MappedText& text, size_t begin, size_t end,
                  const ScriptOptions& options) {
  const size_t first_element = builder.document().elements.size();
  const size_t first_value = builder.document().values.size();
  ScriptLowering(builder, text, options, 0).run(begin, end);
  name_variables(builder, first_element, first_value);
}

void lower_lines(Builder& builder, const MappedText& text, size_t begin, size_t end,
                 const ScriptOptions& options, bool expands, std::string_view destination) {
  ScriptOptions inner = options;
  inner.dialect.command = lower_substitution;
  const Quoting quoting = expands ? Quoting::text : Quoting::frozen;
  SettingLines lines(builder, text, inner, std::string(destination));
  for (size_t at = begin; at < end;) {
    const size_t stop = std::min(text.text.find('\n', at), end);
    const Atoms line = read_word(builder, text, {at, stop}, inner.dialect, quoting);
    lines.read(line);
    at = stop + 1;
  }
}

}  // namespace keyless
