#include "syntax/shell/interpolate.h"

#include <algorithm>

#include "base/text.h"

namespace keyless {
namespace {

bool is_name_byte(char c) {
  return is_alnum(c) || c == '_';
}
bool is_path_byte(char c) {
  return is_name_byte(c) || c == '.' || c == '-';
}

std::optional<Expansion> env_of(Builder& b, const MappedText& t, size_t begin, size_t end,
                                std::string_view name) {
  // A `$` inside a key must not carry the rest of that key into a name.
  if (name.empty() || looks_like_key(name)) return std::nullopt;
  return Expansion{b.named(ValueKind::env, t.span(begin, end), name), end};
}

struct Braces {
  size_t begin = 0;  // of `$`
  size_t end = 0;    // behind `}`
  std::string_view name;
  size_t operation = 0;  // index of the first byte behind the name
};

// `${NAME...}` with what follows the name: a default, an error message, a
// pattern.
std::optional<Expansion> read_operation(Builder& b, const MappedText& t, const Braces& braces,
                                        const Dialect& dialect, int depth) {
  const Span whole = t.span(braces.begin, braces.end);
  const bool path = dialect.dotted && braces.name.find_first_of(".-") != std::string_view::npos;
  if (looks_like_key(braces.name)) return std::nullopt;
  const ValueId name = b.named(path ? ValueKind::config : ValueKind::env, whole, braces.name);
  const std::string_view rest = t.view(braces.operation, braces.end - 1);
  const bool colon = rest.starts_with(':');
  const char sign = rest.size() > (colon ? 1U : 0U) ? rest[colon ? 1 : 0] : '\0';
  size_t text_begin = braces.operation + (colon ? 2 : 1);
  const bool has_default = sign == '-' || sign == '=';
  const bool has_other = sign == '+';
  if (colon && dialect.dotted && !has_default && !has_other && sign != '?')
    text_begin = braces.operation + 1;
  else if (!has_default && !has_other)
    return Expansion{name, braces.end};
  const Span part = t.span(text_begin, braces.end - 1);
  const ValueId other = interpolate(b, t, text_begin, braces.end - 1, part, dialect, depth + 1);
  if (has_other) return Expansion{other, braces.end};
  return Expansion{b.alternative(whole, {name, other}), braces.end};
}

std::optional<Expansion> read_braces(Builder& b, const MappedText& t, size_t at, size_t end,
                                     const Dialect& dialect, int depth) {
  const size_t behind = skip_construct(t.text, at, end);
  if (behind == std::string_view::npos) return std::nullopt;
  size_t name = at + 2;
  if (t.view(name, behind).starts_with("env:") || t.view(name, behind).starts_with("ENV:"))
    name += 4;
  size_t stop = name;
  const auto fits = dialect.dotted ? is_path_byte : is_name_byte;
  while (stop < behind - 1 && fits(t.text[stop])) ++stop;
  if (stop == name) return Expansion{b.unknown(t.span(at, behind)), behind};
  return read_operation(b, t, {at, behind, t.view(name, stop), stop}, dialect, depth);
}

std::optional<Expansion> read_bare(Builder& b, const MappedText& t, size_t at, size_t end,
                                   const Dialect& dialect) {
  size_t name = at + 1;
  if (to_lower(t.view(name, std::min(name + 4, end))) == "env:") name += 4;
  size_t stop = name;
  while (stop < end && is_name_byte(t.text[stop])) ++stop;
  if (is_variable_name(t.view(name, stop))) return env_of(b, t, at, stop, t.view(name, stop));
  const bool shell = dialect.command != nullptr;
  if (shell && at + 1 < end &&
      std::string_view("@*#?!0123456789").find(t.text[at + 1]) != std::string_view::npos)
    return Expansion{b.unknown(t.span(at, at + 2)), at + 2};
  return std::nullopt;
}

std::optional<Expansion> read_command(Builder& b, const MappedText& t, size_t at, size_t end,
                                      const Dialect& dialect, int depth) {
  const size_t behind = skip_construct(t.text, at, end);
  if (behind == std::string_view::npos) return std::nullopt;
  const size_t begin = at + (t.text[at] == '`' ? 1 : 2);
  if (t.text[at] == '$' && t.text[begin] == '(')  // arithmetic
    return Expansion{b.unknown(t.span(at, behind)), behind};
  return Expansion{dialect.command(b, t, begin, behind - 1, dialect, depth + 1), behind};
}

}  // namespace

bool is_variable_name(std::string_view name) {
  return !name.empty() && !is_digit(name.front()) &&
         std::all_of(name.begin(), name.end(), is_name_byte);
}

size_t skip_construct(std::string_view text, size_t at, size_t end) {
  std::string open;  // what must close, innermost last; 'e' is an expression
  end = std::min(end, text.size());
  for (size_t i = at; i < end; ++i) {
    const char c = text[i];
    const char top = open.empty() ? '\0' : open.back();
    const auto rest = text.substr(i, std::min<size_t>(3, end - i));
    if (top == '\'') {
      if (c == '\'') open.pop_back();
    } else if (top == 'e') {
      if (rest.starts_with("}}")) {
        open.pop_back();
        ++i;
      }
    } else if (rest == "${{") {
      open += 'e';
      i += 2;
    } else if (c == '\\') {
      ++i;
    } else if (rest.starts_with("$(")) {
      open += ')';
      ++i;
    } else if (rest.starts_with("${")) {
      open += '}';
      ++i;
    } else if (c == top && c != '\0') {
      open.pop_back();
    } else if (c == '"' || c == '`' || (c == '\'' && top != '"' && top != '}')) {
      open += c;
    } else if (c == '(' && (top == ')' || i == at)) {
      open += ')';
    }
    if (open.empty()) return i + 1;
  }
  return std::string_view::npos;
}

std::optional<Expansion> read_expansion(Builder& b, const MappedText& t, size_t at, size_t end,
                                        const Dialect& dialect, int depth) {
  if (depth > max_expansion_depth) return std::nullopt;
  const std::string_view rest = t.view(at, std::min(at + 3, end));
  if (rest == "${{") {
    const size_t behind = skip_construct(t.text, at, end);
    if (dialect.expression == nullptr || behind == std::string_view::npos) return std::nullopt;
    return Expansion{dialect.expression(b, t, at + 3, behind - 2), behind};
  }
  if (dialect.command != nullptr && (rest.starts_with("$(") || rest.starts_with("`")))
    return read_command(b, t, at, end, dialect, depth);
  if (rest.starts_with("${") && dialect.braces) return read_braces(b, t, at, end, dialect, depth);
  if (rest.starts_with("$") && dialect.bare) return read_bare(b, t, at, end, dialect);
  return std::nullopt;
}

ValueId interpolate(Builder& b, const MappedText& t, size_t begin, size_t end, Span whole,
                    const Dialect& dialect, int depth) {
  std::vector<ValueId> parts;
  std::string run;
  size_t run_begin = begin;
  int misses = 0;  // each unclosed construct is searched to the end: not for ever
  constexpr int most_misses = 16;
  const auto flush = [&](size_t stop) {
    if (!run.empty()) parts.push_back(b.literal(t.span(run_begin, stop), run));
    run.clear();
  };
  for (size_t i = begin; i < end;) {
    const char c = t.text[i];
    const char next = i + 1 < end ? t.text[i + 1] : '\0';
    if (c == '\\' && next == '$') {
      run += '$';
      i += 2;
      continue;
    }
    if ((c == '$' || c == '`') && misses < most_misses) {
      if (const auto found = read_expansion(b, t, i, end, dialect, depth)) {
        flush(i);
        parts.push_back(found->value);
        i = run_begin = found->end;
        continue;
      }
      if (next == '{' || next == '(' || c == '`') ++misses;
    }
    run += c;
    ++i;
    if (c == '$' && next == '$') ++i;  // `$$` is how a format writes one `$`
  }
  if (parts.empty()) return b.literal(whole, run);
  flush(end);
  return parts.size() == 1 ? parts.front() : b.composite(whole, std::move(parts));
}

}  // namespace keyless
