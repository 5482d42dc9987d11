// Fuzz targets: one entry per reader, loader and rewriter, in one visible table.
// An entry checks what its subject promises, and ends the process where a promise does not hold.
#pragma once

#include <span>
#include <string_view>

namespace keyless::fuzz {

struct Target {
  std::string_view name;  // also the folder of its corpus
  void (*run)(std::string_view input);
};

// The table of this program: one file, and one program, for each kind of target.
std::span<const Target> targets();

// nullptr for a name that no target has.
const Target* find_target(std::string_view name);
// Ends the process with the words when `holds` is false.
void demand(bool holds, const char* promise);

// The first line of the input, which is taken off it.
std::string_view take_line(std::string_view& input);

}  // namespace keyless::fuzz
