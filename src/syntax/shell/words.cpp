#include "syntax/shell/words.h"

#include <algorithm>

#include "base/text.h"

namespace keyless {
namespace {

constexpr int deepest_search = 12;

class WordReader {
 public:
  WordReader(Builder& builder, const MappedText& text, ShellWord word, const Dialect& dialect,
             Quoting quoting, int depth)
      : b_(builder), t_(text), word_(word), dialect_(dialect), quoting_(quoting), depth_(depth) {
    if (quoting != Quoting::frozen) return;
    dialect_.bare = dialect_.braces = false;
    dialect_.command = nullptr;
  }

  Atoms read() {
    for (size_t i = word_.begin; i < word_.end;) i = step(i);
    return std::move(atoms_);
  }

 private:
  size_t step(size_t i) {
    const char c = t_.text[i];
    if (quoting_ == Quoting::shell) {
      if (c == '\'' && quote_ != '"') return toggle(i, c);
      if (c == '"' && quote_ != '\'') return toggle(i, c);
      if (c == '\\' && quote_ != '\'' && i + 1 < word_.end) return escape(i);
    }
    if ((c == '$' || (c == '`' && quoting_ == Quoting::shell)) && misses_ < most_misses) {
      if (const auto found = expansion(i)) {
        atoms_.push_back({i, found->end, '\0', found->value});
        return found->end;
      }
      ++misses_;
    }
    atoms_.push_back({i, i + 1, c, none});
    return i + 1;
  }

  size_t toggle(size_t i, char quote) {
    quote_ = quote_ == quote ? '\0' : quote;
    return i + 1;
  }

  size_t escape(size_t i) {
    const char next = t_.text[i + 1];
    const bool special =
        quote_ == '\0' || std::string_view("\"\\$`\n").find(next) != std::string_view::npos;
    // `echo -e` and printf know `\n`; nothing else in a setting's line does.
    if (next == 'n' && quote_ != '\0') {
      atoms_.push_back({i, i + 2, '\n', none});
      return i + 2;
    }
    if (!special) {
      atoms_.push_back({i, i + 1, '\\', none});
      return i + 1;
    }
    if (next != '\n') atoms_.push_back({i, i + 2, next, none});
    return i + 2;
  }

  std::optional<Expansion> expansion(size_t i) {
    if (quote_ != '\'') return read_expansion(b_, t_, i, word_.end, dialect_, depth_);
    Dialect only_expressions = dialect_;
    only_expressions.bare = only_expressions.braces = false;
    only_expressions.command = nullptr;
    return read_expansion(b_, t_, i, word_.end, only_expressions, depth_);
  }

  Builder& b_;
  const MappedText& t_;
  ShellWord word_;
  Dialect dialect_;
  Quoting quoting_;
  int depth_;
  char quote_ = '\0';
  static constexpr int most_misses = 64;  // an unclosed construct is searched to the end
  int misses_ = 0;
  Atoms atoms_;
};

template <class Test>
ValueId find_value(const Builder& builder, ValueId id, Test test, int depth = 0) {
  if (id == none || depth > deepest_search) return none;
  const Value& value = builder.document().values[id];
  if (test(value)) return id;
  for (const ValueId part : value.parts)
    if (const ValueId found = find_value(builder, part, test, depth + 1); found != none)
      return found;
  return none;
}

}  // namespace

Atoms read_word(Builder& builder, const MappedText& text, ShellWord word, const Dialect& dialect,
                Quoting quoting, int depth) {
  return WordReader(builder, text, word, dialect, quoting, depth).read();
}

ValueId value_of(Builder& builder, const MappedText& text, const Atoms& atoms, size_t first,
                 size_t last) {
  // Words that printf puts into its format stand behind it: no span runs backwards.
  const auto place = [&](size_t from, size_t to) {
    if (from >= to) return Span{};
    const size_t end = std::max(atoms[to - 1].end, atoms[from].end);
    return text.span(std::min(atoms[from].begin, atoms[to - 1].begin), end);
  };
  std::vector<ValueId> parts;
  for (size_t i = first; i < last;) {
    if (atoms[i].value != none) {
      parts.push_back(atoms[i++].value);
      continue;
    }
    const size_t from = i;
    while (i < last && atoms[i].value == none) ++i;
    parts.push_back(builder.literal(place(from, i), plain_text(atoms, from, i)));
  }
  if (parts.empty()) {
    const Span behind = first > 0 ? place(first - 1, first) : Span{};
    return builder.literal({behind.end, behind.end}, {});
  }
  return parts.size() == 1 ? parts.front()
                           : builder.composite(place(first, last), std::move(parts));
}

std::string plain_text(const Atoms& atoms, size_t first, size_t last) {
  std::string text;
  for (size_t i = first; i < last; ++i)
    text += atoms[i].value == none ? atoms[i].character : '\x01';
  return text;
}

std::optional<size_t> name_end(const Atoms& atoms, size_t first) {
  for (size_t i = first; i < atoms.size(); ++i) {
    if (atoms[i].value != none) return std::nullopt;
    const char c = atoms[i].character;
    if (c == '=' && i > first)
      return looks_like_key(plain_text(atoms, first, i)) ? std::nullopt : std::optional(i);
    const bool inner =
        is_alnum(c) || c == '_' || c == '.' || c == ':' || c == '-' || c == '[' || c == ']';
    const bool fits = i == first ? is_alpha(c) || c == '_' : inner;
    if (!fits) return std::nullopt;
  }
  return std::nullopt;
}

bool carries(const Builder& builder, ValueId value) {
  return find_value(builder, value, [](const Value& v) {
           return v.secret || v.kind == ValueKind::env || v.kind == ValueKind::call ||
                  v.kind == ValueKind::pipeline_secret || v.kind == ValueKind::pipeline_value;
         }) != none;
}

ValueId secret_in(const Builder& builder, ValueId value) {
  return find_value(builder, value,
                    [](const Value& v) { return v.kind == ValueKind::pipeline_secret; });
}

}  // namespace keyless
