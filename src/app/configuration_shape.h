// The keys of `.keyless.yaml` as one table: the loader checks by it, the JSON schema is made of it.
// Promises that what check_shape accepts has the right kinds everywhere, so readers need no checks.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/yaml.h"

namespace keyless {

enum class ShapeKind : uint8_t {
  version,  // the number 1
  boolean,  // true or false
  text,     // not empty
  date,     // YYYY-MM-DD
  choice,   // one of `words`
  input,    // 0-based position, or a name
  texts,    // list of text
  choices,  // map of text to one of `words`
  pairs,    // list of [node, node]
  object,   // map with `fields`
  objects,  // list of them
};

struct ShapeField {
  std::string_view name;
  ShapeKind kind = ShapeKind::text;
  bool required = false;
  std::string_view doc;
  std::string_view words;              // for choice and choices, separated by blanks
  std::span<const ShapeField> fields;  // for object and objects
};

std::span<const ShapeField> configuration_fields();

// The first thing in `file` that the table does not allow, with path, line and mend.
Result<void> check_shape(const YamlNode& file, const std::string& path);

// The table as a JSON schema (draft 7), with a final newline.
std::string configuration_json_schema();

// True for a day of the calendar written YYYY-MM-DD.
bool is_date(std::string_view text);

}  // namespace keyless
