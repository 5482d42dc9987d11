// lower_command_line: one program with its words as a `command` element, and what it passes on.
// Options keep their dashes as input names; words without one are positional.
#pragma once

#include "syntax/shell/script.h"
#include "syntax/shell/words.h"

namespace keyless {

struct CommandLine {
  Builder& builder;
  const MappedText& text;
  const ShellCommand& command;
  const std::vector<Atoms>& words;
  size_t first;  // the word that is the program
  const ScriptOptions& options;
  int depth;
};

// Adds the command, a setting for each name it is given, a pair for each header. `input` is what
// the command before the `|` prints, or none. Returns the command's output as a Value.
ValueId lower_command_line(const CommandLine& line, ValueId input);

}  // namespace keyless
