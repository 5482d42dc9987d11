// words: what a shell word says once quotes are gone: characters and expansions, each with its
// place. Names are looked for before the `=`, values are built from any part of a word.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "syntax/builder.h"
#include "syntax/shell/commands.h"
#include "syntax/shell/interpolate.h"

namespace keyless {

// One character, or one expansion as a Value. Indices are into MappedText::text.
struct Atom {
  size_t begin = 0;
  size_t end = 0;
  char character = '\0';
  ValueId value = none;  // none: it is a character
};

using Atoms = std::vector<Atom>;

enum class Quoting : uint8_t {
  shell,   // quotes and escapes of a command line
  text,    // of a here-document: expansions only
  frozen,  // of a quoted here-document: pipeline expressions only
};

Atoms read_word(Builder& builder, const MappedText& text, ShellWord word, const Dialect& dialect,
                Quoting quoting, int depth = 0);

// The value of atoms[first, last): a literal, one expansion, or a composite.
ValueId value_of(Builder& builder, const MappedText& text, const Atoms& atoms, size_t first,
                 size_t last);

// The characters of atoms[first, last); an expansion becomes '\x01'.
std::string plain_text(const Atoms& atoms, size_t first, size_t last);

// Index of the `=` behind a name that starts at `first`: `NAME=...`, `a.b=...`, `A:B=...`.
std::optional<size_t> name_end(const Atoms& atoms, size_t first);

// True when the value holds more than constant text: a variable, a secret, the output of a command.
bool carries(const Builder& builder, ValueId value);

// The first pipeline secret inside the value, or none.
ValueId secret_in(const Builder& builder, ValueId value);

}  // namespace keyless
