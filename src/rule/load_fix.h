// load_fix: the `fix` part of a rule file.
// Used by load only; an error names file, line and the mend.
#pragma once

#include <span>

#include "base/result.h"
#include "base/yaml.h"
#include "rule/fix_spec.h"

namespace keyless {

// One row per edit: the key that says which it is, and what it does.
struct EditRow {
  std::string_view name;
  EditKind kind = EditKind::replace_input;
  std::string_view doc;
};
std::span<const EditRow> edit_rows();

Result<FixSpec> load_fix(const YamlNode& node, std::string_view path);

}  // namespace keyless
