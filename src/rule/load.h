// load: YAML rule files into Rules, checked so that engines need no checks of their own.
// Every error names file, line and the mend; nothing of a bad file is used.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"
#include "rule/hosts.h"
#include "rule/infrastructure.h"
#include "rule/names.h"
#include "rule/resources.h"
#include "rule/rule.h"
#include "rule/templates.h"

namespace keyless {

struct RuleSet {
  std::vector<Rule> rules;  // sorted by id
  Names names;
  Hosts hosts;
  Resources resources;
  Templates templates;
  Infrastructure infrastructure;
};

struct RuleFile {
  std::string path;  // as shown in errors
  std::string text;
};

// Packed rules have no examples, and their patterns were compiled once by the build's tests: every
// start of the program would pay for doing that again.
enum class RuleOrigin : uint8_t { file, packed };

// One rule from one file; the id must be the file's stem.
Result<Rule> load_rule(const YamlNode& file, std::string_view path,
                       RuleOrigin origin = RuleOrigin::file);

// Rules and the tables `_names`, `_hosts`, `_resources`,
// `_templates`, `_infrastructure`. All errors are returned.
tl::expected<RuleSet, std::vector<Diagnostic>> load_rules(const std::vector<RuleFile>& files);

// The rules compiled into the binary; examples only on demand, since they are most of the text.
tl::expected<RuleSet, std::vector<Diagnostic>> load_embedded_rules(bool with_examples = false);

// Adds the rules of user files to a set; a duplicate id is an error.
std::vector<Diagnostic> add_rules(RuleSet& set, const std::vector<RuleFile>& files);

// Literals in lower case of which every file holds one that `rule` can match; empty for rules that
// see only files which others have opened.
std::vector<std::string> anchors_of(const Rule& rule, const RuleSet& set);

}  // namespace keyless
