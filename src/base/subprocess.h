// Runs one program to its end, without a shell, and hands back what it printed.
// Promises: nothing is inherited but the given environment; output and time are bounded.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace keyless {

struct ProcessSpec {
  std::string program;                   // absolute path
  std::vector<std::string> arguments;    // without the program's own name
  std::vector<std::string> environment;  // "NAME=value"
  std::string folder;                    // working folder, absolute
  size_t output_cap = 512U << 20U;       // bytes
  std::chrono::milliseconds deadline{30'000};
};

struct ProcessOutput {
  int exit_code = 0;    // 128 + signal number if a signal ended it
  std::string output;   // standard output, whole
  std::string message;  // the first 4 KB of standard error
};

// Fails when the program cannot be started, prints more than the cap, or is still running at the
// deadline (then it and its children are killed). Any exit code is a success here.
Result<ProcessOutput> run_process(const ProcessSpec& spec);

// The absolute path of program `name` in a PATH-like list; relative entries are never used, since
// they would name files of the folder that happens to be scanned.
std::optional<std::string> find_program(std::string_view name, std::string_view path_list);

}  // namespace keyless
