// load_match: the `match`, `where` and `evidence` parts of a rule file.
// Used by load only; the tables of rule/vocabulary decide what may be written.
#pragma once

#include "base/result.h"
#include "base/yaml.h"
#include "rule/rule.h"

namespace keyless {

// `compile_patterns`: whether RE2 is asked if the patterns are any.
Result<Match> load_match(const YamlNode& node, std::string_view path, bool compile_patterns);
Result<std::vector<Constraint>> load_constraints(const YamlNode& list, std::string_view path);
Result<Evidence> load_evidence(const YamlNode& node, std::string_view path);

}  // namespace keyless
