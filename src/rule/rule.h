// Rule: all that one rule file can say, as plain data; what the names mean is in rule/vocabulary.h.
// A Rule comes only from rule/load, which has checked it; engines trust it.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "rule/category.h"
#include "rule/fix_spec.h"
#include "syntax/container.h"

namespace keyless {

enum class MatchKind : uint8_t {
  call,
  implicit,
  assign,
  map,
  header,
  read,
  setting,
  resource,
  module,
  command,
  text,
  change  // found by a comparison, not in a document
};
inline constexpr size_t matchers_count = static_cast<size_t>(MatchKind::change) + 1;

// Which fields a kind uses: rule/vocabulary.cpp, one row per matcher.
struct Match {
  MatchKind kind = MatchKind::call;
  std::vector<std::string> to;       // globs: symbols, targets, resource types, module sources
  std::string member;                // call: method name, with `import`
  std::vector<std::string> import;   // globs on modules that the file must import
  std::vector<std::string> input;    // names, tried in order
  std::vector<int> positions;        // 0-based, tried only when no name is there
  std::vector<std::string> with;     // other inputs that must be there
  std::vector<std::string> without;  // inputs that must not be there
  std::vector<std::pair<std::string, std::string>> inputs;  // name, glob on its literal
  std::vector<std::string> reads;  // implicit: environment names in the order of the SDK
  std::vector<std::string> keys;   // map: entry names; header: names in lower case
  std::vector<std::pair<std::string, std::string>> has;  // map, resource: sibling, glob
  std::string space;                                     // read: env, config, secret, any
  std::string key;                                       // read, setting: a name class
  std::vector<Container> in;                             // setting
  std::string value;                                     // setting: RE2 on the literal
  std::string attribute;                                 // resource, module: dotted attribute
  std::string secure;                                    // literal that makes it secure
  bool absent_is_insecure = false;
  bool existing = false;         // resource: data sources and references count too
  std::vector<std::string> run;  // command: words in order
  std::string re2;               // text: group 1 is the secret
  std::string near;              // text: name class within `within` bytes before
  int within = 0;
  bool decode_base64 = false;
  std::string check;     // "azure-key-checksum"
  std::string change;    // change: what was done, a word of the vocabulary
  std::string severity;  // change: "high", "medium" or "low"
};

enum class ConstraintKind : uint8_t {
  origin,
  origin_not,
  origin_name,
  input_is,
  has_input,
  input_absent,
  passed_to,
  assigned,
  sibling,
  sibling_header,
  scope_is,
  attribute_one_of,
  attribute_none_of,
  imports
};

struct Constraint {
  ConstraintKind kind = ConstraintKind::origin;
  std::string subject;              // capture, input, target or scope
  std::vector<std::string> values;  // symbols, kinds, classes or literals: any of
};

enum class Otherwise : uint8_t { lineage, drop, lead };

struct Evidence {
  std::vector<Constraint> unless;
  std::vector<Constraint> any;
  Otherwise otherwise = Otherwise::lineage;
};

enum class Role : uint8_t { sink, source, carrier, other_sink };

struct Example {
  bool bad = false;  // the rule must match once or more; otherwise no rule may give a finding
  std::string file;  // default per language
  std::string text;
  std::string good;  // what the fix makes of it; "" when the example does not say
  std::vector<std::pair<std::string, std::string>> files;  // further files: path, text
  std::vector<std::string> besides;  // other rules that may speak in an ok example
};

struct Rule {
  std::string id;
  Category category = Category::client_key;
  std::vector<std::pair<Container, Category>> category_by_container;
  std::string title;
  std::string message;
  std::string help;
  std::vector<std::string> references;
  std::vector<std::string> compliance;
  std::vector<std::string> languages;
  Match match;
  std::vector<Constraint> where;
  std::optional<Evidence> evidence;  // without: the symbol alone is certain
  Role role = Role::sink;
  std::string service;         // of the account that the key belongs to; "" = openai or unknown
  std::string cannot_migrate;  // reason code when the product accepts only keys
  std::optional<FixSpec> fix;  // without: reported, not rewritten
  std::vector<std::string> anchors;  // replaces the derived ones
  std::vector<Example> examples;
  std::string source;  // file name, for diagnostics
};

}  // namespace keyless
