// The one test of what a character in UTF-8 is, for code that walks over text.
// Promises Unicode's own rule: no overlong form, no surrogate, nothing beyond U+10FFFF.
#pragma once

#include <cstddef>
#include <string_view>

namespace keyless {

// Bytes of the valid UTF-8 sequence that starts at `at`, which is inside; 0 when there is none.
size_t sequence_length(std::string_view bytes, size_t at);

}  // namespace keyless
