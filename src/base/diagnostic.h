// One thing that went wrong, in words a user can act on: where, what, and the mend.
// Never holds text of a scanned file, so it can be printed anywhere.
#pragma once

#include <cstdint>
#include <string>

namespace keyless {

enum class Problem : uint8_t {
  bad_input,   // arguments, configuration, rules: exit code 2
  lost_file,   // a file that could not be analysed: exit code 3
  incomplete,  // analysed with a stated limit (open frontier, parse errors)
  note,        // worth saying, changes no exit code
  internal,    // a broken promise of ours: exit code 4
};

struct Diagnostic {
  Problem problem = Problem::bad_input;
  std::string path;   // as the user knows it; may be empty
  uint32_t line = 0;  // 1-based; 0 when there is none
  std::string message;
  std::string mend;  // what to do about it; may be empty
};

// "path:line: message (mend)", without a trailing line end.
std::string to_text(const Diagnostic& diagnostic);

}  // namespace keyless
