#include "fix/attributes.h"

#include "base/text.h"
#include "fix/lines.h"
#include "match/carrier.h"

namespace keyless {
namespace {

// Behind the last simple attribute that stands before the first block, its sign aligned.
Edit among_attributes(std::string_view text, const Element& e, std::string name,
                      const std::string& sign, std::string_view value) {
  const std::string end(line_end_of(text));
  const Input* last = nullptr;
  for (const Input& input : e.inputs) {
    if (input.name.find('.') != std::string::npos) break;
    last = &input;
  }
  if (last == nullptr) {
    const uint32_t line = line_after(text, e.span.end);
    return {{line, line}, indentation_unit(text, "  ") + name + sign + std::string(value) + end};
  }
  const size_t at = text.find('=', last->span.begin);
  const bool one_line =
      text.substr(last->span.begin, last->span.size()).find('\n') == std::string_view::npos;
  std::string gap;  // a longer name would move the signs of all above it
  if (sign == " = " && at < last->span.end) {
    const size_t column = at - last->span.begin;
    if (column > name.size() + 1) name += std::string(column - name.size() - 1, ' ');
    if (column < name.size() + 1 && one_line) gap = end;
  }
  const uint32_t line = line_after(text, last->span.end - 1);
  return {{line, line},
          gap + std::string(indentation_at(text, last->span.begin)) + name + sign +
              std::string(value) + end};
}

// Behind the last property of the object that ends at `close`, on a line of its own where that is.
Edit in_json(std::string_view text, uint32_t close, const std::string& name,
             std::string_view value) {
  const auto last = static_cast<uint32_t>(text.find_last_not_of(" \t\r\n", close - 1));
  const bool empty = text[last] == '{';
  const uint32_t line = line_begin(text, last);
  const bool own_line = !empty && line_begin(text, close) != line;
  const std::string gap =
      own_line ? std::string(line_end_of(text)) + std::string(indentation_at(text, last)) : " ";
  const std::string entry = "\"" + name + "\": " + std::string(value);
  return {{last + 1, last + 1}, (empty ? "" : ",") + gap + entry + (empty ? " " : "")};
}

}  // namespace

std::optional<Edit> added_attribute(std::string_view text, const Document& document,
                                    const Element& resource, std::string_view path,
                                    std::string_view value) {
  const std::string sign = document.language == "terraform" ? " = " : ": ";
  const std::string name(after_last(path, '.'));
  if (path.find('.') == std::string_view::npos)
    return among_attributes(text, resource, name, sign, value);
  const Input* parent = find_input(resource, before_last(path, '.'));
  if (parent == nullptr || parent->span.empty()) return std::nullopt;
  const size_t close = text.rfind('}', parent->span.end - 1);
  if (close == std::string_view::npos || close < parent->span.begin) return std::nullopt;
  const auto at = static_cast<uint32_t>(close);
  if (document.language == "json") return in_json(text, at, name, value);
  const uint32_t line = line_begin(text, at);
  if (trim(text.substr(line, at - line)).empty())
    return Edit{{line, line},
                std::string(indentation_at(text, at)) + indentation_unit(text, "  ") + name + sign +
                    std::string(value) + std::string(line_end_of(text))};
  const size_t last = text.find_last_not_of(" \t", close - 1);
  const bool empty = text[last] == '{';
  return Edit{{static_cast<uint32_t>(last + 1), at},
              (empty ? " " : ", ") + name + sign + std::string(value) + " "};
}

}  // namespace keyless
