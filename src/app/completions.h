// Completion scripts for shells, made from the tables of commands, options and formats.
// Promises that every text in them is quoted for its shell; the script runs nothing but `keyless rules list`.
#pragma once

#include <string>
#include <string_view>

namespace keyless {

// `shell` is bash, zsh or fish; "" for another one.
std::string completion_script(std::string_view shell);

}  // namespace keyless
