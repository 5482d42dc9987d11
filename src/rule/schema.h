// The JSON schema of rule files, for editors; made of the vocabulary, so it cannot fall behind.
// Promises to accept every file that the loader accepts.
#pragma once

#include <string>

namespace keyless {

// JSON schema, draft 7, with a final newline.
std::string rule_json_schema();

}  // namespace keyless
