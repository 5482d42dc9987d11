// line_hashes: GitHub's primaryLocationLineHash of every line, so that our alerts keep their
// identity there. Promises the same values as GitHub's own upload action for the same bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace keyless {

// "<hex>:<n>" by 0-based line; n counts equal hashes from the top. `text` is UTF-8; bytes that are
// not count as U+FFFD. A text that ends in a newline has one more, empty line.
std::vector<std::string> line_hashes(std::string_view text);

}  // namespace keyless
