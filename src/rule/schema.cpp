#include "rule/schema.h"

#include <array>

#include "base/json_text.h"
#include "base/text.h"
#include "rule/load_fix.h"
#include "rule/vocabulary.h"
#include "syntax/container.h"

namespace keyless {
namespace {

struct TopField {
  std::string_view name;
  FieldKind kind;
  bool required;
  std::string_view doc;
};

// table: the keys of a rule file that hold texts; those with a form of their own are written below
constexpr std::array<TopField, 11> top_fields{{
    {"id", FieldKind::text, true, "the file's name without .yaml"},
    {"title", FieldKind::text, true, "one line, for lists"},
    {"message", FieldKind::text, true, "what was found, one sentence"},
    {"help", FieldKind::text, false, "what to do about it"},
    {"references", FieldKind::texts, false, "addresses of pages that say more"},
    {"compliance", FieldKind::texts, false, "controls that ask for it"},
    {"languages", FieldKind::texts, true, "languages it applies to; any for configuration"},
    {"service", FieldKind::text, false, "service of the account that the key belongs to"},
    {"cannot_migrate", FieldKind::text, false, "reason code where the product accepts only keys"},
    {"anchors", FieldKind::texts, false, "literals that replace the derived anchors"},
    {"role", FieldKind::choice, false, "sink source carrier other"},
}};

class SchemaWriter {
 public:
  std::string write() {
    json_.begin_object();
    json_.member("$schema", "http://json-schema.org/draft-07/schema#");
    json_.member("title", "a rule of keyless");
    json_.member("type", "object");
    json_.member("additionalProperties", false);
    std::vector<std::string> needed{"category", "match", "examples"};
    for (const TopField& field : top_fields)
      if (field.required) needed.emplace_back(field.name);
    json_.member("required", needed);
    json_.key("properties");
    json_.begin_object();
    for (const TopField& field : top_fields) write_field(field.name, field.kind, field.doc);
    write_category();
    write_match();
    write_constraints("where", "hard tests on captures, all must hold");
    write_evidence();
    write_fix();
    write_examples();
    json_.end_object();
    json_.end_object();
    return json_.take();
  }

 private:
  void write_scalar() {
    json_.member("type", std::vector<std::string>{"string", "number", "boolean"});
  }

  // A scalar or a list of scalars.
  void write_texts() {
    json_.key("anyOf");
    json_.begin_array();
    json_.compact_next();
    json_.begin_object();
    write_scalar();
    json_.end_object();
    json_.compact_next();
    json_.begin_object();
    json_.member("type", "array");
    json_.key("items");
    json_.begin_object();
    write_scalar();
    json_.end_object();
    json_.end_object();
    json_.end_array();
  }

  void write_words(const std::vector<std::string>& words) { json_.member("enum", words); }

  void write_integers() {
    json_.key("anyOf");
    json_.begin_array();
    json_.compact_next();
    json_.begin_object();
    json_.member("type", "integer");
    json_.end_object();
    json_.compact_next();
    json_.begin_object();
    json_.member("type", "array");
    json_.key("items");
    json_.begin_object();
    json_.member("type", "integer");
    json_.end_object();
    json_.end_object();
    json_.end_array();
  }

  void write_pairs() {
    json_.member("type", "object");
    json_.key("additionalProperties");
    json_.begin_object();
    write_texts();
    json_.end_object();
  }

  void write_field(std::string_view name, FieldKind kind, std::string_view doc) {
    json_.key(name);
    json_.begin_object();
    if (kind != FieldKind::choice) json_.member("description", doc);
    switch (kind) {
      case FieldKind::text:
        write_scalar();
        break;
      case FieldKind::texts:
      case FieldKind::containers:
        write_texts();
        break;
      case FieldKind::integers:
        write_integers();
        break;
      case FieldKind::number:
        json_.member("type", "integer");
        break;
      case FieldKind::yes_no:
        json_.member("type", "boolean");
        break;
      case FieldKind::pairs:
        write_pairs();
        break;
      case FieldKind::choice: {
        std::vector<std::string> words;
        for (const std::string_view word : split(doc, ' ')) words.emplace_back(word);
        write_words(words);
        break;
      }
    }
    json_.end_object();
  }

  static std::vector<std::string> category_names() {
    std::vector<std::string> names;
    names.reserve(categories.size());
    for (const CategoryRow& row : categories) names.emplace_back(row.name);
    return names;
  }

  void write_category() {
    json_.key("category");
    json_.begin_object();
    json_.member("description", "what is found; for settings also a map from container to it");
    json_.key("anyOf");
    json_.begin_array();
    json_.begin_object();
    write_words(category_names());
    json_.end_object();
    json_.begin_object();
    json_.member("type", "object");
    json_.member("minProperties", 1);
    json_.key("additionalProperties");
    json_.begin_object();
    write_words(category_names());
    json_.end_object();
    json_.end_object();
    json_.end_array();
    json_.end_object();
  }

  void write_match() {
    json_.key("match");
    json_.begin_object();
    json_.member("description", "exactly one matcher");
    json_.member("type", "object");
    json_.member("minProperties", 1);
    json_.member("maxProperties", 1);
    json_.member("additionalProperties", false);
    json_.key("properties");
    json_.begin_object();
    for (const MatcherRow& row : matchers()) {
      json_.key(row.name);
      json_.begin_object();
      json_.member("description", row.doc);
      json_.member("type", "object");
      json_.member("additionalProperties", false);
      json_.key("properties");
      json_.begin_object();
      for (const FieldRow& field : row.fields) write_field(field.name, field.kind, field.doc);
      json_.end_object();
      json_.end_object();
    }
    json_.end_object();
    json_.end_object();
  }

  void write_constraints(std::string_view name, std::string_view doc) {
    json_.key(name);
    json_.begin_object();
    json_.member("description", doc);
    json_.member("type", "array");
    json_.key("items");
    json_.begin_object();
    json_.key("anyOf");
    json_.begin_array();
    for (const ConstraintRow& row : constraints()) {
      json_.begin_object();
      json_.member("description", row.doc);
      json_.member("type", "object");
      json_.member("additionalProperties", false);
      std::vector<std::string> keys{std::string(row.values)};
      if (!row.subject.empty()) keys.emplace_back(row.subject);
      json_.member("required", keys);
      json_.key("properties");
      json_.begin_object();
      for (const std::string& key : keys) {
        json_.key(key);
        json_.begin_object();
        write_texts();
        json_.end_object();
      }
      json_.end_object();
      json_.end_object();
    }
    json_.end_array();
    json_.end_object();
    json_.end_object();
  }

  void write_evidence() {
    json_.key("evidence");
    json_.begin_object();
    json_.member("description", "is this Azure? `unless` drops, `any` makes it certain");
    json_.member("type", "object");
    json_.member("additionalProperties", false);
    json_.key("properties");
    json_.begin_object();
    write_constraints("unless", "a hit drops the match");
    write_constraints("any", "a hit makes it certain");
    write_field("otherwise", FieldKind::choice, "lineage drop lead");
    json_.end_object();
    json_.end_object();
  }

  void write_fix() {
    json_.key("fix");
    json_.begin_object();
    json_.member("description", "what the rewrite does; without it the finding is only reported");
    json_.member("type", "object");
    json_.member("additionalProperties", false);
    json_.member("required", std::vector<std::string>{"safety"});
    json_.key("properties");
    json_.begin_object();
    write_field("safety", FieldKind::choice, "safe review manual");
    write_field("stage", FieldKind::choice, "prepare callers cleanup lock");
    write_field("reason", FieldKind::text, "why it is manual, or what a person looks at");
    write_field("scope", FieldKind::text, "a token scope other than that of the account's host");
    write_field("scopes", FieldKind::pairs, "glob on a text of the call: the scope it needs");
    write_field("leftover_key", FieldKind::choice, "ignored both-sent wins throws");
    write_field("leftover_names", FieldKind::texts, "variables that the SDK reads by itself");
    write_field("transition", FieldKind::pairs, "inputs that make a left-over variable harmless");
    write_field("not_with", FieldKind::texts, "globs on a text of the call: not there");
    write_field("not_used", FieldKind::texts, "globs on what the file calls or sets: not there");
    write_field("async_when", FieldKind::texts, "callees that need a provider they can await");
    json_.key("edits");
    json_.begin_object();
    json_.member("type", "array");
    json_.key("items");
    json_.begin_object();
    json_.member("type", "object");
    json_.member("additionalProperties", false);
    json_.key("properties");
    json_.begin_object();
    for (const EditRow& row : edit_rows()) {
      json_.key(row.name);
      json_.begin_object();
      json_.member("description", row.doc);
      json_.end_object();
    }
    write_field("with", FieldKind::pairs,
                "name, code; $token_provider, $credential, $scope, $value");
    write_field("for", FieldKind::texts, "globs on the callee: the edit is made only there");
    write_field("not_for", FieldKind::texts, "globs on the callee: the edit is not made there");
    write_field("versions", FieldKind::texts, "[package, from, below]: only there");
    write_field("not_versions", FieldKind::texts, "[package, from, below]: not there");
    write_field("not_beside", FieldKind::texts, "lower-case entries that rule the edit out");
    write_field("within", FieldKind::texts, "entries: only in these map entries or calls");
    write_field("promises", FieldKind::texts, "callees whose result is a promise");
    json_.end_object();
    json_.end_object();
    json_.end_object();
    json_.key("needs");
    json_.begin_object();
    json_.member("type", "array");
    json_.key("items");
    json_.begin_object();
    json_.member("type", "object");
    json_.member("additionalProperties", false);
    json_.key("properties");
    json_.begin_object();
    write_field("dependency", FieldKind::text, "package, as the registry spells it");
    write_field("at_least", FieldKind::text, "lowest version that will do");
    json_.end_object();
    json_.end_object();
    json_.end_object();
    json_.end_object();
    json_.end_object();
  }

  void write_examples() {
    json_.key("examples");
    json_.begin_object();
    json_.member("description", "at least one bad and one ok");
    json_.member("type", "array");
    json_.member("minItems", 1);
    json_.key("items");
    json_.begin_object();
    json_.member("type", "object");
    json_.member("additionalProperties", false);
    json_.key("properties");
    json_.begin_object();
    write_field("bad", FieldKind::text, "the rule finds something here");
    write_field("good", FieldKind::text, "what the fix makes of `bad`, byte for byte");
    write_field("ok", FieldKind::text, "no rule finds anything here");
    write_field("besides", FieldKind::texts, "other rules that may speak in the ok example");
    write_field("file", FieldKind::text, "name of the file; default per language");
    write_field("files", FieldKind::pairs, "further files: path, text");
    json_.end_object();
    json_.end_object();
    json_.end_object();
  }

  JsonText json_;
};

}  // namespace

std::string rule_json_schema() {
  return SchemaWriter().write();
}

}  // namespace keyless
