// split_commands: a shell script as a flat list of simple commands with words and redirections.
// Heuristic by design (sh, bash and what PowerShell shares with them); linear, and never fails.
#pragma once

#include <string_view>
#include <vector>

#include "syntax/shell/mapped_text.h"

namespace keyless {

// A range of indices in MappedText::text, quotes included.
struct ShellWord {
  size_t begin = 0;
  size_t end = 0;
};

struct HereDocument {
  size_t begin = 0;     // first byte of the first line
  size_t end = 0;       // behind the last line's end
  bool expands = true;  // `<<EOF`, not `<<'EOF'`
};

struct ShellCommand {
  size_t begin = 0;
  size_t end = 0;
  std::vector<ShellWord> words;
  std::vector<ShellWord> targets;  // what `>` and `>>` write to, of a group around it too
  std::vector<HereDocument> documents;
  bool pipes_on = false;  // the next command reads its output
};

std::vector<ShellCommand> split_commands(const MappedText& text, size_t begin, size_t end);

}  // namespace keyless
