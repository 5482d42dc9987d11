#include "rule/schema.h"

#include "catch.h"
#include "rule/embedded.h"
#include "rule/load.h"
#include "schema/validate.h"

using nlohmann::json;

namespace {

const char* const good =
    "id: x\ncategory: client-key\ntitle: t\nmessage: m\nlanguages: [python]\n"
    "match: {call: {to: a.B, input: key, position: [0]}}\n"
    "evidence: {unless: [{input_absent: url}], any: [{input: url, is: azure-endpoint}], "
    "otherwise: lead}\n"
    "examples: [{bad: 'B(key=k)'}, {ok: 'C(key=k)', file: c.py, files: {d.py: ''}}]\n";

std::string with(std::string text, const std::string& from, const std::string& to) {
  const size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("the schema of rules accepts every built-in rule") {
  const json schema = json::parse(keyless::rule_json_schema());
  for (const keyless::EmbeddedFile& file : keyless::embedded_rules()) {
    if (file.path.substr(file.path.rfind('/') + 1).starts_with("_")) continue;
    INFO(file.path);
    const auto tree = keyless::parse_yaml(file.text, file.path);
    REQUIRE(tree);
    CHECK(keyless::schema_errors(schema, json_of(*tree)).empty());
  }
}

TEST_CASE("the schema of rules refuses what the loader refuses") {
  const json schema = json::parse(keyless::rule_json_schema());
  const auto agree = [&](const std::string& text, bool expected) {
    INFO(text);
    const auto tree = keyless::parse_yaml(text, "x.yaml");
    REQUIRE(tree);
    const auto loaded = keyless::load_rule(*tree, "x.yaml");
    if (!loaded) UNSCOPED_INFO(to_text(loaded.error()));
    CHECK(loaded.has_value() == expected);
    const std::string errors = keyless::schema_errors(schema, json_of(*tree));
    UNSCOPED_INFO(errors);
    CHECK(errors.empty() == expected);
  };
  agree(good, true);
  agree(with(good, "title: t\n", ""), false);
  agree(with(good, "title: t\n", "titel: t\n"), false);
  agree(with(good, "client-key", "client-keys"), false);
  agree(with(good, "call:", "cal:"), false);
  agree(with(good, "to: a.B", "too: a.B"), false);
  agree(with(good, "input_absent:", "input_gone:"), false);
  agree(with(good, "otherwise: lead", "otherwise: never"), false);
  agree(with(good, "[{bad: 'B(key=k)'}, {ok: 'C(key=k)', file: c.py, files: {d.py: ''}}]", "[]"),
        false);
  agree(with(good, "file: c.py", "path: c.py"), false);
}
