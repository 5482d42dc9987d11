// lower_script: what a shell script names, sets, writes and passes on, as elements.
// Settings carry `container`; assignments of shell variables and commands get the current scope.
#pragma once

#include "syntax/builder.h"
#include "syntax/shell/interpolate.h"
#include "syntax/shell/mapped_text.h"

namespace keyless {

struct ScriptOptions {
  Container container = Container::gha_run;
  Dialect dialect;        // `command` is set by lower_script
  bool commands = true;   // false: text with NAME=value words that is no script
  std::string_view type;  // Element::type of the settings
};

// Lowers text[begin, end). `$X` is a symbol behind an assignment of X in the same script, else a read
// of the environment. A setting that a script writes to a file or variable has that
// destination as `member`: "GITHUB_ENV", "GITHUB_OUTPUT", ".env".
void lower_script(Builder& builder, const MappedText& text, size_t begin, size_t end,
                  const ScriptOptions& options);

// Lines `NAME=value`, of a here-document or of a multi-line input: each a setting. `NAME: value`
// lines count when the value is more than constant text.
void lower_lines(Builder& builder, const MappedText& text, size_t begin, size_t end,
                 const ScriptOptions& options, bool expands, std::string_view destination);

}  // namespace keyless
