#include "fix/lines.h"

#include <algorithm>

#include "base/text.h"

namespace keyless {
namespace {

std::string_view line_at(std::string_view text, uint32_t begin) {
  return text.substr(begin, line_after(text, begin) - begin);
}

uint32_t line_above(std::string_view text, uint32_t begin) {
  return line_begin(text, begin - 1);
}

}  // namespace

std::string_view line_end_of(std::string_view text) {
  const auto all = std::count(text.begin(), text.end(), '\n');
  std::ptrdiff_t pairs = 0;
  for (size_t at = text.find("\r\n"); at != std::string_view::npos; at = text.find("\r\n", at + 2))
    ++pairs;
  return pairs * 2 > all ? "\r\n" : "\n";
}

uint32_t line_begin(std::string_view text, uint32_t offset) {
  if (offset == 0) return 0;
  const size_t at = text.rfind('\n', offset - 1);
  if (at != std::string_view::npos) return static_cast<uint32_t>(at + 1);
  // A byte order mark is no part of the first line.
  return text.starts_with("\xEF\xBB\xBF") ? std::min<uint32_t>(3, offset) : 0;
}

uint32_t line_after(std::string_view text, uint32_t offset) {
  const size_t at = text.find('\n', offset);
  return static_cast<uint32_t>(at == std::string_view::npos ? text.size() : at + 1);
}

std::string_view indentation_at(std::string_view text, uint32_t offset) {
  const uint32_t begin = line_begin(text, offset);
  const size_t end = std::min(text.find_first_not_of(" \t", begin), text.size());
  return text.substr(begin, end - begin);
}

std::string indentation_unit(std::string_view text, std::string_view usual) {
  // A line that opens a block, and the first one in it: texts and comments are indented as they like.
  constexpr std::string_view openers = ":{([";
  bool opened = false;
  for (const std::string_view line : split(text, '\n')) {
    const std::string_view said = trim(line);
    if (said.empty()) continue;
    const std::string_view own = line.substr(0, line.find_first_not_of(" \t"));
    if (opened && !own.empty() && own.size() <= 8)
      return own.front() == '\t' ? "\t" : std::string(own);
    opened = own.empty() && openers.find(said.back()) != std::string_view::npos;
  }
  return std::string(usual);
}

bool in_comment_line(std::string_view text, uint32_t offset) {
  const uint32_t line = line_begin(text, offset);
  const std::string_view before = trim(text.substr(line, offset - line));
  return before.starts_with('#') || before.starts_with("//");
}

bool owns_lines(std::string_view text, Span span, std::string_view comment) {
  const uint32_t begin = line_begin(text, span.begin);
  const uint32_t end = line_after(text, std::max(span.begin, span.end == 0 ? 0 : span.end - 1));
  const std::string_view before = trim(text.substr(begin, span.begin - begin));
  std::string_view after = trim(text.substr(span.end, std::max(end, span.end) - span.end));
  if (after == ";" || after == ",") after = {};
  return before.empty() && (after.empty() || after.starts_with(comment));
}

Span whole_lines(std::string_view text, Span span, std::string_view comment) {
  if (span.empty() || !owns_lines(text, span, comment)) return span;
  return {line_begin(text, span.begin), line_after(text, span.end - 1)};
}

Span without_blanks_in_braces(std::string_view text, Span span) {
  constexpr std::string_view blanks = " \t\r\n";
  const size_t open = span.begin == 0 ? text.npos : text.find_last_not_of(blanks, span.begin - 1);
  const size_t close = text.find_first_not_of(blanks, span.end);
  if (open == text.npos || close == text.npos || text[open] != '{' || text[close] != '}')
    return span;
  return {static_cast<uint32_t>(open + 1), static_cast<uint32_t>(close)};
}

uint32_t blank_lines_above(std::string_view text, uint32_t offset) {
  uint32_t count = 0;
  while (offset > 0) {
    const uint32_t above = line_above(text, offset);
    if (!trim(line_at(text, above)).empty()) break;
    offset = above;
    ++count;
  }
  return count;
}

uint32_t blank_lines_from(std::string_view text, uint32_t offset) {
  uint32_t count = 0;
  while (offset < text.size() && trim(line_at(text, offset)).empty()) {
    offset = line_after(text, offset);
    ++count;
  }
  return count;
}

Span with_gap(std::string_view text, Span lines, std::string_view name, std::string_view comment) {
  const bool whole = lines.begin == line_begin(text, lines.begin) &&
                     (lines.end == text.size() || text[lines.end - 1] == '\n');
  if (!whole) return lines;
  const std::string wanted = squash(name);
  while (lines.begin > 0 && !wanted.empty()) {
    const uint32_t above = line_above(text, lines.begin);
    const std::string_view line = trim(line_at(text, above));
    if (!line.starts_with(comment) || squash(line).find(wanted) == std::string::npos) break;
    lines.begin = above;
  }
  const uint32_t above = blank_lines_above(text, lines.begin);
  const uint32_t below = blank_lines_from(text, lines.end);
  const uint32_t first_line = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
  // The larger gap stays.
  if (above > 0 && below >= above) {
    for (uint32_t i = 0; i < above; ++i) lines.begin = line_above(text, lines.begin);
  } else if (below > 0 && (above > below || lines.begin == first_line)) {
    for (uint32_t i = 0; i < below; ++i) lines.end = line_after(text, lines.end);
  }
  return lines;
}

}  // namespace keyless
