// interpolate: text with `$NAME`, `${NAME:-default}`, `$(command)` or `${{
// expression }}` to a Value. Names become env values with narrow spans,
// defaults alternatives, mixed text a composite.
#pragma once

#include <optional>

#include "syntax/builder.h"
#include "syntax/shell/mapped_text.h"

namespace keyless {

struct Dialect {
  bool bare = true;     // $NAME, $env:NAME
  bool braces = true;   // ${NAME}, ${NAME:-default}, ${env:NAME}
  bool dotted = false;  // ${a.b} is a path of the configuration; ${NAME:default}
                        // has a default
  // Reads what stands between `${{` and `}}`; null when the format has no such
  // expressions.
  ValueId (*expression)(Builder&, const MappedText&, size_t begin, size_t end) = nullptr;
  // Reads what stands between `$(` and `)`; null when the format runs no
  // commands.
  ValueId (*command)(Builder&, const MappedText&, size_t begin, size_t end, const Dialect&,
                     int depth) = nullptr;
};

struct Expansion {
  ValueId value = none;
  size_t end = 0;  // index just behind it
};

// Expansions nested deeper than this (`${A:-${B:-...}}`, `$( $( ...`) are not
// read.
inline constexpr int max_expansion_depth = 6;

// The expansion that starts at `at`, if one does. Never reads at or behind
// `end`.
std::optional<Expansion> read_expansion(Builder& builder, const MappedText& text, size_t at,
                                        size_t end, const Dialect& dialect, int depth = 0);

// The value of text[begin, end). `whole` is the span of a literal or composite
// result.
ValueId interpolate(Builder& builder, const MappedText& text, size_t begin, size_t end, Span whole,
                    const Dialect& dialect, int depth = 0);

// Index just behind the quote, bracket, substitution or expression that opens at `at`,
// or npos when it is not closed before `end`. Bounded: nesting costs no
// recursion.
size_t skip_construct(std::string_view text, size_t at, size_t end);

// Letters, digits and '_', not starting with a digit.
bool is_variable_name(std::string_view name);

}  // namespace keyless
