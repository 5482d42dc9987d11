#include "syntax/comments.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace keyless {
namespace {

struct Style {
  std::string_view language;
  bool hash = false;         // # to the end of the line
  bool slashes = false;      // // to the end of the line, /* */
  bool tags = false;         // <!-- -->
  bool hash_apart = false;   // # only at the start of a line or behind a blank
  bool values_only = false;  // a quote opens a string only where a value can begin
  std::string_view quotes;   // one character each
  std::string_view across;   // those of them whose strings go over lines
  bool triple = false;       // three of a quote open a string over lines
  bool line_start = false;   // comments only at the start of a line
};

// table: one row per reader
constexpr std::array<Style, 13> styles{{
    {"python", true, false, false, false, false, "'\"", "", true, false},
    {"javascript", false, true, false, false, false, "'\"`", "`", false, false},
    {"typescript", false, true, false, false, false, "'\"`", "`", false, false},
    {"tsx", false, true, false, false, false, "'\"`", "`", false, false},
    {"markup", false, true, true, false, true, "'\"`", "`", false, false},
    {"terraform", true, true, false, false, false, "\"", "", false, false},
    {"bicep", false, true, false, false, false, "'", "", true, false},
    {"bicepparam", false, true, false, false, false, "'", "", true, false},
    {"dotenv", true, false, false, true, true, "'\"`", "", false, false},
    {"terraform-json", false, true, false, false, false, "\"", "", false, false},
    {"json", false, true, false, false, false, "\"", "", false, false},
    {"yaml", true, false, false, true, true, "'\"", "", false, false},
    {"", true, true, true, false, false, "", "", false, true},
}};

const Style& style_of(std::string_view language) {
  for (const Style& style : styles)
    if (style.language == language) return style;
  return styles.back();
}

class CommentReader {
 public:
  CommentReader(std::string_view text, const Style& style) : text_(text), style_(style) {}

  std::vector<Comment> run() {
    while (at_ < text_.size()) {
      const std::string_view rest = text_.substr(at_);
      if (rest.front() == '\n')
        line_ = ++at_;
      else if (style_.line_start && !at_start())
        ++at_;
      else if (style_.tags && rest.starts_with("<!--"))
        block(4, "-->");
      else if (style_.slashes && rest.starts_with("/*"))
        block(2, "*/");
      else if (style_.slashes && rest.starts_with("//"))
        to_line_end(2);
      else if (style_.hash && rest.front() == '#' && (!style_.hash_apart || behind_blank()))
        to_line_end(1);
      else if (style_.line_start && (rest.starts_with("--") || rest.starts_with(";")))
        to_line_end(rest.front() == ';' ? 1 : 2);
      else if (opens_string(rest.front()))
        skip_string(rest.front());
      else
        ++at_;
    }
    return std::move(found_);
  }

 private:
  [[nodiscard]] bool at_start() const { return trim(text_.substr(line_, at_ - line_)).empty(); }
  [[nodiscard]] bool behind_blank() const { return at_ == line_ || is_space(text_[at_ - 1]); }

  [[nodiscard]] bool opens_string(char c) const {
    if (style_.quotes.find(c) == std::string_view::npos) return false;
    if (!style_.values_only || at_ == line_) return true;
    constexpr std::string_view before_value = " \t=:,[{(";
    return before_value.find(text_[at_ - 1]) != std::string_view::npos;
  }

  void skip_string(char quote) {
    const std::string three(3, quote);
    if (style_.triple && text_.substr(at_).starts_with(three)) {
      go_to(std::min(text_.find(three, at_ + 3), text_.size()));
      at_ = std::min(at_ + 3, text_.size());
      return;
    }
    const bool across = style_.across.find(quote) != std::string_view::npos;
    size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != quote && (across || text_[end] != '\n'))
      end += text_[end] == '\\' && end + 1 < text_.size() && text_[end + 1] != '\n' ? 2 : 1;
    end = std::min(end, text_.size());
    go_to(end);
    if (end < text_.size() && text_[end] == quote) ++at_;
  }

  // Moves on, keeping the start of the line.
  void go_to(size_t end) {
    const size_t newline = end == 0 ? std::string_view::npos : text_.rfind('\n', end - 1);
    if (newline != std::string_view::npos && newline >= at_) line_ = newline + 1;
    at_ = end;
  }

  void to_line_end(size_t mark) {
    const size_t end = std::min(text_.find('\n', at_), text_.size());
    add(at_ + mark, end);
    at_ = end;
  }

  void block(size_t mark, std::string_view closer) {
    const size_t close = text_.find(closer, at_ + mark);
    const size_t end = std::min(close, text_.size());
    add(at_ + mark, end);
    go_to(end);
    if (close != std::string_view::npos) at_ += closer.size();
  }

  void add(size_t begin, size_t end) {
    const bool alone = at_start();
    while (begin < end && (is_space(text_[begin]) || text_[begin] == '*')) ++begin;
    while (end > begin && is_space(text_[end - 1])) --end;
    found_.push_back({{static_cast<uint32_t>(begin), static_cast<uint32_t>(end)}, alone});
  }

  std::string_view text_;
  const Style& style_;
  size_t at_ = 0;
  size_t line_ = 0;  // where the line of `at_` starts
  std::vector<Comment> found_;
};

}  // namespace

std::vector<Comment> comments_of(std::string_view text, std::string_view language) {
  return CommentReader(text, style_of(language)).run();
}

}  // namespace keyless
