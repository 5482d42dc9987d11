#include <algorithm>
#include <optional>

#include "base/text.h"
#include "syntax/builder.h"
#include "syntax/dotenv/quoted.h"
#include "syntax/lowering.h"
#include "syntax/shell/interpolate.h"
#include "syntax/shell/script.h"

namespace keyless {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

bool is_key_byte(char c) {
  return is_alnum(c) || c == '_' || c == '-' || c == '.' || c == ':' || c == '[' || c == ']' ||
         c == '/';
}

bool is_key(std::string_view name) {
  return !name.empty() && (is_alnum(name.front()) || name.front() == '_') &&
         std::all_of(name.begin(), name.end(), is_key_byte) && !looks_like_key(name);
}

// A name alone on its line: an environment file passes that variable through.
bool is_lone_name(std::string_view name) {
  return is_variable_name(name) && name.find('_') != std::string_view::npos &&
         std::none_of(name.begin(), name.end(), is_lower);
}

class DotenvReader {
 public:
  explicit DotenvReader(const SourceFile& file)
      : builder_(file, "dotenv"), text_(builder_.text()), script_(file.path.ends_with(".envrc")) {}

  Document read() {
    if (script_) return script();
    group_ = builder_.named(ValueKind::map, span_between(0, text_.size()), {});
    size_t at = text_.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    while (at < text_.size()) {
      const size_t end = std::min(text_.find('\n', at), text_.size());
      at = line(at, end);
    }
    return builder_.take();
  }

 private:
  // .envrc runs in a shell: its exports are the settings.
  Document script() {
    const ValueId group = builder_.named(ValueKind::map, span_between(0, text_.size()), {});
    const MappedText whole = as_written(text_, span_between(0, text_.size()));
    ScriptOptions options;
    options.container = Container::dotenv;
    lower_script(builder_, whole, 0, whole.size(), options);
    for (ElementId id = 0; id < builder_.document().elements.size(); ++id)
      if (builder_.element(id).kind == ElementKind::setting) builder_.element(id).group = group;
    return builder_.take();
  }

  // Reads the line [at, end); returns where the next one begins, which a quoted
  // value may push on.
  size_t line(size_t at, size_t end) {
    const size_t next = std::min(end + 1, text_.size());
    size_t stop = end;
    while (stop > at && is_space(text_[stop - 1])) --stop;
    while (at < stop && is_blank(text_[at])) ++at;
    if (at == stop || text_[at] == '#') return next;
    at = skip_word(at, stop, "export");
    at = skip_word(at, stop, "set");
    const size_t sign = find_sign(at, stop);
    if (sign == stop) {
      if (is_lone_name(text_.substr(at, stop - at))) lone(at, stop);
      return next;
    }
    size_t name_end = sign;
    while (name_end > at && is_blank(text_[name_end - 1])) --name_end;
    size_t value = sign + 1;
    while (value < stop && is_blank(text_[value])) ++value;
    return assign(span_between(at, name_end), value, stop, next);
  }

  size_t skip_word(size_t at, size_t stop, std::string_view word) const {
    if (!text_.substr(at, stop - at).starts_with(word)) return at;
    size_t behind = at + word.size();
    if (behind >= stop || !is_blank(text_[behind])) return at;
    while (behind < stop && is_blank(text_[behind])) ++behind;
    // `set = x` sets a variable of that name.
    return behind < stop && text_[behind] == '=' ? at : behind;
  }

  // The `=` behind a name, else the `:` of `NAME: value`; `stop` when the line
  // has neither.
  [[nodiscard]] size_t find_sign(size_t at, size_t stop) const {
    const size_t equals = std::min(text_.find('=', at), stop);
    if (equals < stop && is_key(unquoted(trim(text_.substr(at, equals - at))))) return equals;
    for (size_t i = at; i < stop && is_key_byte(text_[i]); ++i) {
      const bool ends = text_[i] == ':' && (i + 1 == stop || is_blank(text_[i + 1]));
      if (ends && is_key(text_.substr(at, i - at))) return i;
    }
    return stop;
  }

  static std::string_view unquoted(std::string_view name) {
    const bool quoted = name.size() > 2 && (name.front() == '"' || name.front() == '\'') &&
                        name.front() == name.back();
    return quoted ? name.substr(1, name.size() - 2) : name;
  }

  size_t assign(Span name, size_t value, size_t stop, size_t next) {
    if (value < stop && is_quote(text_[value])) {
      if (const auto end = quoted_value(name, value)) return *end;
    }
    const size_t end = without_comment(value, stop);
    const Span whole = span_between(value, end);
    const MappedText raw = as_written(text_, whole);
    setting(name, interpolate(builder_, raw, 0, raw.size(), whole, Dialect{}), end);
    return next;
  }

  // Returns where the next line begins; nothing when the quotes do not enclose
  // the whole value.
  std::optional<size_t> quoted_value(Span name, size_t value) {
    const auto quoted = read_quoted(text_, value);
    if (!quoted) return std::nullopt;
    const size_t line_end = std::min(text_.find('\n', quoted->end), text_.size());
    const auto rest = trim(text_.substr(quoted->end, line_end - quoted->end));
    if (!rest.empty() && rest.front() != '#') return std::nullopt;
    const Span whole = span_between(value, quoted->end);
    const bool expands = text_[value] == '"';
    const Dialect dialect{expands, expands, false, nullptr, nullptr};
    const MappedText& inner = quoted->text;
    setting(name, interpolate(builder_, inner, 0, inner.size(), whole, dialect), quoted->end);
    return std::min(line_end + 1, text_.size());
  }

  // An unquoted value ends before a `#` that follows a blank.
  [[nodiscard]] size_t without_comment(size_t value, size_t stop) const {
    size_t end = value;
    while (end < stop && !(text_[end] == '#' && is_blank(text_[end - 1]))) ++end;
    while (end > value && is_space(text_[end - 1])) --end;
    return end;
  }

  void lone(size_t at, size_t stop) {
    const Span name = span_between(at, stop);
    setting(name, builder_.literal({name.end, name.end}, {}), stop);
  }

  void setting(Span name, ValueId value, size_t end) {
    if (is_quote(text_[name.begin]) && name.size() > 2) name = {name.begin + 1, name.end - 1};
    Element e;
    e.kind = ElementKind::setting;
    e.container = Container::dotenv;
    e.name = builder_.text(name);
    e.name_span = name;
    e.span = span_between(name.begin, end);
    e.extent = builder_.line_extent(e.span, e.name, "#");
    e.value = value;
    e.group = group_;
    builder_.add(std::move(e));
  }

  Builder builder_;
  std::string_view text_;
  bool script_;
  ValueId group_ = none;
};

}  // namespace

Document lower_dotenv(const SourceFile& file) {
  return DotenvReader(file).read();
}

}  // namespace keyless
