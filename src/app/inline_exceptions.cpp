#include "app/inline_exceptions.h"

#include <algorithm>
#include <array>

#include "app/configuration_shape.h"
#include "base/line_index.h"
#include "base/text.h"
#include "syntax/comments.h"

namespace keyless {
namespace {

constexpr size_t longest_words = 400;  // bytes of an exception that are read

// `name=value` at the front fills its member; the rest is the reason.
void read_words(std::string_view words, InlineException& exception) {
  const std::array<std::pair<std::string_view, std::string*>, 3> members{
      {{"until=", &exception.until}, {"owner=", &exception.owner}, {"ticket=", &exception.ticket}}};
  while (true) {
    words = trim(words);
    const std::string_view word = words.substr(0, words.find_first_of(" \t"));
    const auto member =
        std::ranges::find_if(members, [&](const auto& row) { return word.starts_with(row.first); });
    if (member == members.end()) break;
    *member->second = std::string(word.substr(member->first.size()));
    words.remove_prefix(word.size());
  }
  exception.reason = std::string(trim(words));
}

std::string problem_of(const InlineException& exception) {
  if (exception.rule.empty()) return "names no rule";
  if (exception.until.empty()) return "lacks until=";
  if (!is_date(exception.until)) return "has no date of the form 2027-03-31 in until=";
  if (exception.owner.empty()) return "lacks owner=";
  if (exception.ticket.empty()) return "lacks ticket=";
  if (exception.reason.empty()) return "lacks a reason";
  return {};
}

InlineException read_one(std::string_view words) {
  InlineException exception;
  words.remove_prefix(exception_mark.size());
  const size_t close = words.find(']');
  if (close == std::string_view::npos) {
    exception.problem = "lacks the closing bracket";
    return exception;
  }
  exception.rule = std::string(trim(words.substr(0, close)));
  read_words(words.substr(close + 1), exception);
  exception.problem = problem_of(exception);
  return exception;
}

}  // namespace

std::vector<InlineException> inline_exceptions(const SourceFile& file, std::string_view language) {
  std::vector<InlineException> found;
  const std::string_view text = file.text;
  if (text.find(exception_mark) == std::string_view::npos) return found;
  const std::vector<Comment> comments = comments_of(text, language);
  const LineIndex lines(text);
  std::vector<uint32_t> taken;  // lines that hold a comment and nothing else
  for (const Comment& comment : comments)
    if (comment.alone)
      for (uint32_t line = lines.line(comment.words.begin); line <= lines.line(comment.words.end);
           ++line)
        taken.push_back(line);
  for (const Comment& comment : comments) {
    const std::string_view whole =
        text.substr(comment.words.begin, comment.words.end - comment.words.begin);
    if (!whole.starts_with(exception_mark)) continue;
    const std::string_view words = whole.substr(0, std::min(whole.find('\n'), longest_words));
    InlineException exception = read_one(words);
    const auto end = static_cast<uint32_t>(comment.words.begin + words.size());
    exception.span = file.map.to_bytes(Span{comment.words.begin, end});
    exception.line = lines.line(comment.words.begin);
    exception.target = exception.line;
    if (comment.alone) {
      exception.target = lines.line(comment.words.end) + 1;
      while (std::ranges::binary_search(taken, exception.target)) ++exception.target;
    }
    found.push_back(std::move(exception));
  }
  return found;
}

}  // namespace keyless
