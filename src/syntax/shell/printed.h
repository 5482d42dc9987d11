// lower_printed: what echo, printf and their kin write: `NAME=value` lines as settings.
// printf's `%s` takes the words behind the format; `\n` ends a line however the quotes stand.
#pragma once

#include <string>

#include "syntax/shell/command_line.h"

namespace keyless {

// `first`: the first word that is text. `destination`: what is written to, "" for the log; then
// only secrets and workflow commands (`::set-output`) count. Returns what is printed, or none.
ValueId lower_printed(const CommandLine& line, size_t first, const std::string& destination);

}  // namespace keyless
