#include "syntax/shell/commands.h"

#include <algorithm>

#include "base/text.h"
#include "syntax/shell/interpolate.h"

namespace keyless {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}
bool ends_word(char c) {
  return is_space(c) || c == ';' || c == '|' || c == '&' || c == '<' || c == '>' || c == '(' ||
         c == ')';
}

struct PendingDocument {
  size_t command = 0;
  std::string delimiter;
  bool expands = true;
};

class Splitter {
 public:
  Splitter(const MappedText& text, size_t begin, size_t end)
      : text_(text.text), at_(begin), end_(std::min(end, text.size())) {}

  std::vector<ShellCommand> split() {
    while (at_ < end_) step();
    finish(false);
    return std::move(commands_);
  }

 private:
  void step() {
    const char c = text_[at_];
    const char next = at_ + 1 < end_ ? text_[at_ + 1] : '\0';
    if (c == '\n') return line_break();
    if (is_blank(c)) return advance(1);
    if ((c == '\\' || c == '`') && (next == '\n' || next == '\r')) return continuation();
    if (c == '#') return skip_line();
    if (c == '>' || c == '<' || (c == '&' && next == '>')) return redirection();
    if (c == ';' || c == '&' || c == '|') return separator(c, next);
    if (c == '(' && assigns()) return bracket();
    if (c == '(' || (c == '{' && (is_space(next) || next == '\0'))) return open_group();
    if (c == ')' || (c == '}' && current_.words.empty())) return close_group();
    word();
  }

  void advance(size_t by) { at_ = std::min(at_ + by, end_); }

  void continuation() {
    advance(1);
    while (at_ < end_ && text_[at_] != '\n') ++at_;
    advance(1);
  }

  void skip_line() {
    while (at_ < end_ && text_[at_] != '\n') ++at_;
  }

  void line_break() {
    finish(false);
    advance(1);
    for (const PendingDocument& pending : pending_) read_document(pending);
    pending_.clear();
  }

  void separator(char c, char next) {
    const bool twice = next == c;
    finish(c == '|' && !twice);
    advance(twice ? 2 : 1);
  }

  // `$key = (command).field` of PowerShell: the brackets are a value.
  [[nodiscard]] bool assigns() const {
    return current_.words.size() == 2 && text_[current_.words[0].begin] == '$' &&
           text_.substr(current_.words[1].begin, current_.words[1].end - current_.words[1].begin) ==
               "=";
  }

  void bracket() {
    const size_t begin = at_;
    const size_t behind = misses_ < most_misses ? skip_construct(text_, at_, end_) : at_ + 1;
    if (behind == std::string_view::npos) ++misses_;
    at_ = behind == std::string_view::npos ? at_ + 1 : behind;
    scan_word();
    current_.words.push_back({begin, at_});
    current_.end = at_;
  }

  void open_group() {
    finish(false);
    groups_.push_back(commands_.size());
    advance(1);
  }

  // `{ ...; } >> file`: the redirection holds for every command inside.
  void close_group() {
    finish(false);
    advance(1);
    const size_t first = groups_.empty() ? commands_.size() : groups_.back();
    if (!groups_.empty()) groups_.pop_back();
    while (at_ < end_ && is_blank(text_[at_])) ++at_;
    if (at_ >= end_ || text_[at_] != '>') return;
    const size_t before = current_.targets.size();
    redirection();
    for (size_t i = first; i < commands_.size() && current_.targets.size() > before; ++i)
      if (commands_[i].targets.empty()) commands_[i].targets.push_back(current_.targets.back());
    current_.targets.resize(before);
  }

  void redirection() {
    size_t at = at_;
    while (at < end_ && (text_[at] == '>' || text_[at] == '<' || text_[at] == '&')) ++at;
    const std::string_view sign = text_.substr(at_, at - at_);
    // The `2` of `2>` is no word.
    if (!current_.words.empty() && current_.words.back().end == at_ &&
        is_number(current_.words.back()))
      current_.words.pop_back();
    begin_command();
    at_ = at;
    if (sign == "<<" && at_ < end_ && text_[at_] == '-') advance(1);
    while (at_ < end_ && is_blank(text_[at_])) ++at_;
    const ShellWord target = scan_word();
    if (target.begin == target.end)
      return advance(at_ == at && at_ < end_ && !ends_word(text_[at_]));
    current_.end = target.end;
    if (sign == "<<")
      expect_document(target);
    else if (sign == "<<<")
      current_.words.push_back(target);
    else if (sign.starts_with('>') && !sign.ends_with('&'))
      current_.targets.push_back(target);
  }

  [[nodiscard]] bool is_number(const ShellWord& word) const {
    return std::all_of(text_.begin() + static_cast<ptrdiff_t>(word.begin),
                       text_.begin() + static_cast<ptrdiff_t>(word.end), is_digit);
  }

  void expect_document(const ShellWord& word) {
    PendingDocument pending{commands_.size(), {}, true};
    for (size_t i = word.begin; i < word.end; ++i) {
      const bool quote = text_[i] == '\'' || text_[i] == '"' || text_[i] == '\\';
      if (quote)
        pending.expands = false;
      else
        pending.delimiter += text_[i];
    }
    pending_.push_back(std::move(pending));
  }

  void read_document(const PendingDocument& pending) {
    HereDocument document{at_, at_, pending.expands};
    while (at_ < end_) {
      const size_t stop = std::min(text_.find('\n', at_), end_);
      const bool last = trim(text_.substr(at_, stop - at_)) == pending.delimiter;
      document.end = last ? at_ : stop;
      at_ = std::min(stop + 1, end_);
      if (last) break;
    }
    if (pending.command < commands_.size())
      commands_[pending.command].documents.push_back(document);
  }

  void begin_command() {
    if (current_.words.empty() && current_.targets.empty()) current_.begin = at_;
  }

  void word() {
    begin_command();
    const ShellWord found = scan_word();
    if (found.begin == found.end) return advance(1);
    current_.words.push_back(found);
    current_.end = found.end;
  }

  ShellWord scan_word() {
    const size_t begin = at_;
    while (at_ < end_ && !ends_word(text_[at_])) {
      const char c = text_[at_];
      const char next = at_ + 1 < end_ ? text_[at_ + 1] : '\0';
      if ((c == '\\' || c == '`') && (next == '\n' || next == '\r')) break;
      const bool opens =
          c == '"' || c == '\'' || c == '`' || (c == '$' && (next == '(' || next == '{'));
      const size_t behind = opens && misses_ < most_misses ? skip_construct(text_, at_, end_) : at_;
      if (behind == std::string_view::npos) ++misses_;
      if (c == '\\')
        advance(2);
      else
        at_ = behind == std::string_view::npos || behind == at_ ? at_ + 1 : behind;
    }
    return {begin, at_};
  }

  void finish(bool pipes_on) {
    if (!current_.words.empty() || !current_.targets.empty() || waits_for_document()) {
      current_.pipes_on = pipes_on;
      commands_.push_back(std::move(current_));
    }
    current_ = {};
  }

  [[nodiscard]] bool waits_for_document() const {
    return !pending_.empty() && pending_.back().command == commands_.size();
  }

  static constexpr int most_misses = 16;  // quotes that never close are searched to the end

  std::string_view text_;
  size_t at_;
  size_t end_;
  int misses_ = 0;
  ShellCommand current_;
  std::vector<ShellCommand> commands_;
  std::vector<PendingDocument> pending_;
  std::vector<size_t> groups_;
};

}  // namespace

std::vector<ShellCommand> split_commands(const MappedText& text, size_t begin, size_t end) {
  return Splitter(text, begin, end).split();
}

}  // namespace keyless
