#include "syntax/shell/command_line.h"

#include <algorithm>

#include "base/text.h"
#include "syntax/shell/setting_lines.h"

namespace keyless {
namespace {

class CommandLowering {
 public:
  CommandLowering(const CommandLine& line, ValueId input)
      : l_(line), b_(line.builder), input_(input), settings_(b_, l_.text, l_.options, {}) {}

  ValueId run() {
    for (at_ = l_.first + 1; at_ < l_.words.size();) word();
    if (!set_name())
      for (const size_t at : nameless_) settings_.leaked(l_.words[at]);
    const Span span = l_.text.span(l_.command.words[l_.first].begin, l_.command.end);
    if (!l_.options.commands) return none;
    e_.kind = ElementKind::command;
    e_.name = program();
    e_.span = span;
    e_.extent = b_.line_extent(l_.text.span(l_.command.begin, l_.command.end), {}, "#");
    if (input_ != none) input({}, -1, input_, b_.value(input_).span);
    const ElementId id = b_.add(std::move(e_));
    Value result;
    result.kind = ValueKind::call;
    result.span = span;
    result.element = id;
    return b_.add(std::move(result));
  }

 private:
  [[nodiscard]] std::string text(size_t i) const {
    return plain_text(l_.words[i], 0, l_.words[i].size());
  }
  [[nodiscard]] bool is_option(size_t i) const {
    const Atoms& word = l_.words[i];
    return word.size() > 1 && word[0].value == none && word[0].character == '-' &&
           word[1].value == none && (is_alpha(word[1].character) || word[1].character == '-');
  }
  [[nodiscard]] Span place(size_t from, size_t to) const {
    return l_.text.span(l_.command.words[from].begin, l_.command.words[to].end);
  }

  // The program without its folder; a variable in its place has no name.
  [[nodiscard]] std::string program() const {
    const std::string whole = text(l_.first);
    return mask_keys(after_last(after_last(whole, '/'), '\\'));
  }

  void word() {
    if (is_option(at_)) return option();
    const ValueId value = value_of(b_, l_.text, l_.words[at_], 0, l_.words[at_].size());
    positionals_.push_back(at_);
    input({}, static_cast<int32_t>(positionals_.size() - 1), value, place(at_, at_));
    if (!assignment(at_, 0, at_)) nameless_.push_back(at_);
    ++at_;
  }

  void option() {
    const Atoms& word = l_.words[at_];
    const auto equals = std::find_if(word.begin(), word.end(), [](const Atom& a) {
      return a.value != none || a.character == '=';
    });
    if (equals != word.end() && equals->value == none)
      return joined_option(static_cast<size_t>(equals - word.begin()));
    const size_t option = at_++;
    const std::string name = text(option);
    if (at_ >= l_.words.size() || is_option(at_)) {
      input(name, -1, none, place(option, option));
      settings_.leaked(word);
      return;
    }
    const Atoms& next = l_.words[at_];
    const ValueId value = value_of(b_, l_.text, next, 0, next.size());
    input(name, -1, value, place(option, at_));
    option_value(option, name, value);
    ++at_;
  }

  void option_value(size_t option, const std::string& name, ValueId value) {
    const size_t at = at_;
    const bool only = at + 1 >= l_.words.size() || is_option(at + 1);
    if (header(name, at) || assignment(at, 0, only ? option : at)) return;
    // A single letter names nothing.
    if (bare_name(name).size() < 2) return settings_.leaked(l_.words[at]);
    if (carries(b_, value))
      setting(bare_name(name), place(option, at), place(option, option), value, option, at);
  }

  // `--name=value`, `--from-literal=NAME=value`, `-var=name=value`.
  void joined_option(size_t equals) {
    const size_t at = at_++;
    const Atoms& word = l_.words[at];
    const std::string name = plain_text(word, 0, equals);
    const ValueId value = value_of(b_, l_.text, word, equals + 1, word.size());
    input(name, -1, value, place(at, at));
    if (assignment(at, equals + 1, at)) return;
    if (carries(b_, value)) setting(bare_name(name), place(at, at), {}, value, at, at);
  }

  // NAME=value inside word `at` from atom `begin`; removal starts at word `from`.
  bool assignment(size_t at, size_t begin, size_t from) {
    const Atoms& word = l_.words[at];
    const auto equals = name_end(word, begin);
    if (!equals) return false;
    const ValueId value = value_of(b_, l_.text, word, *equals + 1, word.size());
    // A word of several lines is a list of settings.
    const std::string whole = plain_text(word, *equals, word.size());
    if (whole.find('\n') != std::string::npos) {
      settings_.read(Atoms(word.begin() + static_cast<ptrdiff_t>(begin), word.end()));
      return true;
    }
    const Span span =
        begin == 0 ? place(at, at) : l_.text.span(word[begin].begin, l_.command.words[at].end);
    setting(plain_text(word, begin, *equals), span,
            l_.text.span(word[begin].begin, word[*equals].begin), value, from, at);
    return true;
  }

  // `-H "api-key: $KEY"`.
  bool header(const std::string& option, size_t at) {
    if (option != "-H" && option != "--header" && to_lower(option) != "-headers") return false;
    const Atoms& word = l_.words[at];
    const std::string whole = text(at);
    const size_t colon = whole.find(':');
    if (colon == std::string::npos || whole.substr(0, colon).find('\x01') != std::string::npos)
      return false;
    size_t begin = colon + 1;
    while (begin < word.size() && word[begin].value == none && word[begin].character == ' ')
      ++begin;
    Element e;
    e.kind = ElementKind::pair;
    e.name = mask_keys(trim(whole.substr(0, colon)));
    e.type = program();
    e.span = place(at - 1, at);
    e.extent = {removal(at - 1, at), {}};
    e.value = value_of(b_, l_.text, word, begin, word.size());
    b_.add(std::move(e));
    return true;
  }

  // `... set NAME VALUE`, `... set NAME --body VALUE`, `VALUE | ... set NAME`.
  bool set_name() {
    for (size_t i = 0; i + 1 < positionals_.size(); ++i) {
      if (to_lower(text(positionals_[i])) != "set") continue;
      const size_t name = positionals_[i + 1];
      const std::string spelled = text(name);
      if (spelled.find('\x01') != std::string::npos || name_end(l_.words[name], 0)) return false;
      if (spelled.empty() || looks_like_key(spelled)) return false;
      const size_t rest = positionals_.size() - i - 2;
      if (rest > 1) return false;
      size_t last = l_.words.size() - 1;
      ValueId value = body();
      if (rest == 1) {
        last = positionals_.back();
        value = value_of(b_, l_.text, l_.words[last], 0, l_.words[last].size());
      }
      if (value == none) return false;
      setting(spelled, place(name, last), place(name, name), value, l_.first, last);
      return true;
    }
    return false;
  }

  // What is handed over by option or on standard input.
  [[nodiscard]] ValueId body() const {
    for (const Input& in : e_.inputs)
      if (in.name == "--body" || in.name == "-b") return in.value;
    return input_;
  }

  static std::string bare_name(std::string_view option) {
    return std::string(option.substr(std::min(option.find_first_not_of('-'), option.size())));
  }

  // Words [from, to] with the blanks before them; a command that would lose all goes as lines.
  [[nodiscard]] Span removal(size_t from, size_t to) const {
    if (from == 0)
      return b_.line_extent(l_.text.span(l_.command.begin, l_.command.end), {}, "#").span;
    return {l_.text.span(l_.command.words[from - 1].begin, l_.command.words[from - 1].end).end,
            place(to, to).end};
  }

  void setting(std::string_view name, Span span, Span name_span, ValueId value, size_t from,
               size_t to) {
    const bool all = from == l_.first;
    const Extent extent =
        all ? b_.line_extent(l_.text.span(l_.command.begin, l_.command.end), {}, "#")
            : Extent{removal(from, to), {}};
    settings_.add(mask_keys(name), name_span, span, value, extent);
  }

  void input(std::string_view name, int32_t position, ValueId value, Span span) {
    Input in;
    in.name = mask_keys(name);
    in.position = position;
    in.value = value;
    in.via = position >= 0 ? Via::positional : Via::keyword;
    in.span = span;
    in.extent = {span, {}};
    e_.inputs.push_back(std::move(in));
  }

  const CommandLine& l_;
  Builder& b_;
  ValueId input_;
  SettingLines settings_;
  Element e_;
  size_t at_ = 0;
  std::vector<size_t> positionals_;
  std::vector<size_t> nameless_;  // words that hold no NAME=value
};

}  // namespace

ValueId lower_command_line(const CommandLine& line, ValueId input) {
  return CommandLowering(line, input).run();
}

}  // namespace keyless
