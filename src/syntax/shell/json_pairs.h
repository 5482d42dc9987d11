// lower_json_pairs: JSON inside other text as settings: `"NAME": "value"`, and objects
// `{"name": NAME, "value": value}`. Lenient: expressions may stand without quotes; linear.
#pragma once

#include "syntax/shell/script.h"

namespace keyless {

void lower_json_pairs(Builder& builder, const MappedText& text, const ScriptOptions& options);

}  // namespace keyless
