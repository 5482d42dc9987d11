#include "base/json_text.h"

#include <fmt/format.h>

#include <utility>

#include "base/unsafe_text.h"

namespace keyless {

std::string json_quoted(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const auto [code, size] = first_character(text);
    if (size == 0) {
      out += "\xEF\xBF\xBD";
    } else if (code == '"' || code == '\\') {
      out += '\\';
      out += text[0];
    } else if (code == '\n') {
      out += "\\n";
    } else if (code > 0xFFFF && is_unsafe(code)) {
      out += fmt::format("\\u{:04x}\\u{:04x}", 0xD7C0U + (code >> 10U), 0xDC00U + (code & 0x3FFU));
    } else if (is_unsafe(code) || begins_command(text)) {
      // A reader gets the same character; who looks at the text, or prints it in a pipeline, does not.
      out += fmt::format("\\u{:04x}", code);
    } else {
      out += text.substr(0, size);
    }
    text.remove_prefix(size == 0 ? 1 : size);
  }
  return out + '"';
}

void JsonText::before_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (levels_.empty()) return;
  Level& level = levels_.back();
  if (!level.empty) out_ += level.compact ? ", " : ",";
  if (!level.compact) out_ += '\n' + std::string(levels_.size(), ' ');
  level.empty = false;
}

void JsonText::key(std::string_view name) {
  before_value();
  out_ += json_quoted(name) + ": ";
  after_key_ = true;
}

void JsonText::open(char bracket) {
  before_value();
  out_ += bracket;
  const bool inside_compact = !levels_.empty() && levels_.back().compact;
  levels_.push_back({compact_next_ || inside_compact, true});
  compact_next_ = false;
}

void JsonText::close(char bracket) {
  const Level level = levels_.back();
  levels_.pop_back();
  if (!level.compact && !level.empty) out_ += '\n' + std::string(levels_.size(), ' ');
  out_ += bracket;
}

void JsonText::value(std::string_view text) {
  scalar(json_quoted(text));
}

void JsonText::scalar(std::string_view text) {
  before_value();
  out_ += text;
}

void JsonText::member(std::string_view name, const std::vector<std::string>& texts) {
  key(name);
  compact_next();
  begin_array();
  for (const std::string& text : texts) value(text);
  end_array();
}

std::string JsonText::take() {
  out_ += '\n';
  return std::exchange(out_, {});
}

}  // namespace keyless
