// What in a text could act on whoever shows it: a terminal, a reader's eye, a pipeline that obeys its log.
// Promises plain questions about bytes; how each is written instead is up to the writer of a format.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace keyless {

struct Character {
  uint32_t code = 0;  // the byte itself where `size` is 0
  size_t size = 0;    // in bytes; 0: not UTF-8
};

// The first character of `text`, which is not empty.
Character first_character(std::string_view text);

// True for what moves the cursor, reorders text or hides: a file name must not be able to forge
// output.
bool is_unsafe(uint32_t code);

// True when `text` begins like a command that a pipeline obeys wherever in a line it stands:
// "##[error]", "##vso[task.complete]".
bool begins_command(std::string_view text);

// True when a line that is `text` would be a command of GitHub Actions, "::error::".
bool is_command_line(std::string_view text);

}  // namespace keyless
