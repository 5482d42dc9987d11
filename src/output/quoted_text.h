// quoted_text: text of a scanned repository inside a shell command or a KQL query, where it stays text.
// Promises one line without control characters that means the text and nothing else.
#pragma once

#include <string>
#include <string_view>

namespace keyless {

// For a POSIX shell, always in single quotes: nothing in them is expanded.
std::string shell_quoted(std::string_view text);

// For the Kusto query language, in double quotes.
std::string kusto_quoted(std::string_view text);

}  // namespace keyless
