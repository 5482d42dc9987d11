// Help and version texts, made of the tables of commands, options and formats.
// Promises lines of at most 100 characters and a final newline.
#pragma once

#include <string>
#include <string_view>

namespace keyless {

struct Command;

std::string version_text();
std::string help_text();
std::string help_text(const Command& command);
// For the first word of commands of two words.
std::string group_help_text(std::string_view word);

}  // namespace keyless
