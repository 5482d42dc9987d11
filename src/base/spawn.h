// Starts a program without a shell, the one way that both Subprocess and Dialogue do it.
// Promises that nothing is inherited but the given environment and three open files.
#pragma once

#include <sys/types.h>

#include "base/result.h"
#include "base/subprocess.h"

namespace keyless {

// What the program has as its standard input, output and error; `discard` is /dev/null.
struct Streams {
  static constexpr int discard = -1;
  int input = discard;
  int output = discard;
  int error = discard;
};

// Of the spec: program, arguments, environment and folder. The child leads a group of its own, so
// that a kill reaches whatever it started; it is the caller's to wait for.
Result<pid_t> spawn(const ProcessSpec& spec, const Streams& streams);

}  // namespace keyless
