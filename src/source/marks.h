// Generated, vendored, test code: marks that decide how a finding in a file is judged and fixed.
// Promises to look only at the path, the attributes and the text handed in.
#pragma once

#include <string_view>

#include "source/attributes.h"

namespace keyless {

// linguist-generated; or a marker in the first 10 lines, a known name, a JSON file written by a
// compiler (metadata._generator), or JavaScript with a mean line over 500 bytes.
bool is_generated(std::string_view path, std::string_view text, const Attributes& attributes);

// linguist-vendored, or below a folder of somebody else's code or build output.
bool is_vendored(std::string_view path, const Attributes& attributes);

// Below a folder of tests, or named as a test. `path` is root-relative.
bool is_test_code(std::string_view path);

}  // namespace keyless
