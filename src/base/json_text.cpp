#include "base/json_text.h"

#include <fmt/format.h>

#include <utility>

#include "base/utf_sequence.h"

namespace keyless {

std::string json_quoted(std::string_view text) {
  std::string out = "\"";
  while (!text.empty()) {
    const char c = text[0];
    size_t size = sequence_length(text, 0);
    if (size == 0) {
      out += "\xEF\xBF\xBD";
      size = 1;
    } else if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += text.substr(0, size);
    }
    text.remove_prefix(size);
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
