// html_text: the one way by which text gets into the HTML of a report, as content or in an attribute.
// Promises that no tag, attribute, character reference or control character comes of it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace keyless {

// For content and for attributes in double quotes; line ends and tabs become spaces.
std::string html_text(std::string_view text);

// At most `most` code points (at least 2), an ellipsis where the rest was; not yet escaped.
std::string shortened(std::string_view text, size_t most);
// The same from the end of the text, which tells paths apart better.
std::string shortened_front(std::string_view text, size_t most);

}  // namespace keyless
