// markdown_text: text of a scanned repository in a Markdown table, where it stays text.
// Promises that no link, markup, HTML, further cell or command to a pipeline comes of it.
#pragma once

#include <string>
#include <string_view>

namespace keyless {

// Prose: every character that Markdown could read is written as a character reference.
std::string markdown_text(std::string_view text);

// The text as code, for names and paths; "" gives nothing.
std::string markdown_code(std::string_view text);

}  // namespace keyless
