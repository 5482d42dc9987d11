// The exit codes of the program, one name each.
// Promises that scripts can rely on the numbers: they never change their meaning.
#pragma once

namespace keyless {

enum class ExitCode : int {
  clean = 0,       // nothing at the gate; commands that do not judge: done
  findings = 1,    // findings at or above the gate; baseline status: differs
  bad_input = 2,   // arguments, configuration, rules
  incomplete = 3,  // no finding at the gate, but a file was lost or coverage is too low
  internal = 4,    // a broken promise of ours
};

}  // namespace keyless
