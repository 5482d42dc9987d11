// command: what a command line of a script means by the table of commands, and what it is told.
// Looks at one Document; a name that is no literal is followed within the same script only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rule/resources.h"
#include "syntax/document.h"

namespace keyless {

// True when the words stand in the command in this order, others between them.
bool words_in_order(const Document& document, const Element& command,
                    const std::vector<std::string>& words);

// The row that the command fits, or nullptr.
const CommandRow* command_row(const Document& document, const Element& command,
                              const Resources& resources);

// What names the account or secret: the literal text; "$NAME" of a variable whose value is not
// known; "" when there is nothing to name it.
std::string named_by(const Document& document, const Element& command, const CommandRow& row);

}  // namespace keyless
