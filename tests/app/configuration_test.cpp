#include "app/configuration.h"

#include "app/configuration_shape.h"
#include "base/yaml.h"
#include "catch.h"
#include "schema/validate.h"

using keyless::Configuration;
using keyless::parse_configuration;
using keyless::Severity;
using nlohmann::json;

namespace {

bool schema_accepts(const json& document) {
  const json schema = json::parse(keyless::configuration_json_schema());
  return keyless::schema_errors(schema, document).empty();
}

struct Case {
  const char* text;
  bool good;
  uint32_t line = 0;      // of the error
  const char* says = "";  // in the error
  const char* mend = "";  // in its mend
};

const Case cases[] = {
    {"version: 1\n", true},
    {"version: 1\nroot: true\n", true},
    {"version: 1\npaths: {exclude: ['docs/**', build]}\n", true},
    {"version: 1\nrules:\n  off: [a-rule]\n  severity: {b-rule: low}\n  folders: [own/rules]\n",
     true},
    {"version: 1\nnames: {key: [ACME_KEY], endpoint: [ACME_URL]}\n", true},
    {"version: 1\nwrappers:\n  - {call: acme.llm.client, credential: 0, endpoint: url}\n", true},
    {"version: 1\nhosts:\n  - {host: '*.ai.acme.example', azure: yes, service: openai, entra: "
     "subdomain}\n",
     true},
    {"version: 1\nlineage:\n  separate: [['env:u:A', 'env:u:B']]\n  same: [[a:b:c, d:e:f]]\n",
     true},
    {"version: 1\nexceptions:\n  - {rule: r, path: 'old/**', until: 2027-03-31, owner: team, "
     "ticket: 12, "
     "reason: moves}\n",
     true},
    {"version: 1\nconsumers:\n  - {account: a, name: n, owner: o, reason: r, until: 2028-02-29}\n",
     true},

    {"root: true\n", false, 1, "lacks the key 'version'", "add version"},
    {"version: 2\n", false, 1, "'version' must be 1", "write version: 1"},
    {"version: '1'\n", false, 1, "'version' must be 1", ""},
    {"version: 1\nroot: yes\n", false, 2, "must be true or false", ""},
    {"version: 1\nroots: true\n", false, 2, "unknown key 'roots'", "did you mean 'root'?"},
    {"version: 1\npaths:\n  exclude: docs\n", false, 3, "must be a list", ""},
    {"version: 1\npaths:\n  include: [docs]\n", false, 3, "unknown key 'include' in 'paths'",
     "exclude"},
    {"version: 1\nrules: [a]\n", false, 2, "'rules' must be a map", "off, severity, folders"},
    {"version: 1\nrules:\n  severity: {b-rule: fatal}\n", false, 3, "must be one of its words",
     "high, medium, low"},
    {"version: 1\nwrappers:\n  - {credential: 0}\n", false, 3, "lacks the key 'call'", ""},
    {"version: 1\nwrappers:\n  - {call: '', credential: 0}\n", false, 3, "'call' must be a text",
     ""},
    {"version: 1\nhosts:\n  - {host: x.example, azure: perhaps}\n", false, 3,
     "must be one of its words", "yes, no"},
    {"version: 1\nlineage:\n  separate:\n    - [only-one]\n", false, 4, "two nodes",
     "keyless lineage"},
    {"version: 1\nexceptions:\n  - {rule: r, path: p, until: soon, owner: o, ticket: t, reason: "
     "x}\n",
     false, 3, "must be a date", "2027-03-31"},
    {"version: 1\nexceptions:\n  - rule: r\n    path: p\n    owner: o\n    ticket: t\n    reason: "
     "x\n",
     false, 3, "lacks the key 'until'", "the last day"},
    {"- version: 1\n", false, 1, "must be a map", "version"},
};

}  // namespace

TEST_CASE("every key of a configuration is read") {
  const auto read = parse_configuration(
      "version: 1\n"
      "root: true\n"
      "paths: {exclude: ['docs/**']}\n"
      "rules: {off: [a], severity: {b: low, c: high}, folders: [own]}\n"
      "names: {key: [K], endpoint: [E]}\n"
      "wrappers:\n"
      "  - {call: acme.client, credential: 2, endpoint: url}\n"
      "  - {call: acme.other, credential: key}\n"
      "hosts: [{host: '*.AI.acme.example', azure: yes, service: openai, entra: subdomain}]\n"
      "lineage: {separate: [[a:b:c, d:e:f]], same: [[g:h:i, j:k:l]]}\n"
      "exceptions:\n"
      "  - {rule: d, path: 'old/**', until: 2027-03-31, owner: o, ticket: t, reason: r}\n"
      "consumers: [{account: acc, name: n, owner: o, reason: r, until: 2027-01-01}]\n",
      ".keyless.yaml");
  REQUIRE(read);
  const Configuration& configuration = *read;
  CHECK(configuration.root);
  CHECK(configuration.exclude == std::vector<std::string>{"docs/**"});
  CHECK(configuration.rules_off == std::vector<std::string>{"a"});
  CHECK(configuration.severity.at("b") == Severity::low);
  CHECK(configuration.severity.at("c") == Severity::high);
  CHECK(configuration.rule_folders == std::vector<std::string>{"own"});
  CHECK(configuration.key_names == std::vector<std::string>{"K"});
  CHECK(configuration.endpoint_names == std::vector<std::string>{"E"});
  REQUIRE(configuration.wrappers.size() == 2);
  CHECK(configuration.wrappers[0].credential.position == 2);
  CHECK(configuration.wrappers[0].endpoint.name == "url");
  CHECK(configuration.wrappers[1].credential.name == "key");
  CHECK(configuration.wrappers[1].endpoint.empty());
  REQUIRE(configuration.hosts.size() == 1);
  CHECK(configuration.hosts[0].host == "*.ai.acme.example");
  CHECK(configuration.hosts[0].entra == keyless::Entra::subdomain);
  CHECK(configuration.separate[0].second == "d:e:f");
  CHECK(configuration.same[0].first == "g:h:i");
  REQUIRE(configuration.exceptions.size() == 1);
  CHECK(configuration.exceptions[0].until == "2027-03-31");
  CHECK(configuration.exceptions[0].line == 12);
  CHECK(configuration.consumers[0].account == "acc");
  CHECK(configuration.rule_ids.size() == 4);
}

TEST_CASE("a bad configuration names file, line and the mend") {
  for (const Case& example : cases) {
    INFO(example.text);
    const auto read = parse_configuration(example.text, "conf.yaml");
    CHECK(read.has_value() == example.good);
    if (read || example.good) {
      if (!read) UNSCOPED_INFO(to_text(read.error()));
      continue;
    }
    const keyless::Diagnostic& error = read.error();
    INFO(to_text(error));
    CHECK(error.problem == keyless::Problem::bad_input);
    CHECK(error.path == "conf.yaml");
    CHECK(error.line == example.line);
    CHECK(error.message.find(example.says) != std::string::npos);
    CHECK(error.mend.find(example.mend) != std::string::npos);
    CHECK_FALSE(error.mend.empty());
  }
}

TEST_CASE("the JSON schema accepts and refuses what the loader does") {
  for (const Case& example : cases) {
    INFO(example.text);
    const auto node = keyless::parse_yaml(example.text, "x");
    REQUIRE(node);
    CHECK(schema_accepts(json_of(*node)) == example.good);
  }
}

TEST_CASE("malformed YAML, bad globs and impossible dates are errors with a line") {
  for (const char* text :
       {"version: 1\npaths: {exclude: ['[a']}\n", "version: [\n", "version: 1\nversion: 1\n",
        "version: 1\nconsumers: [{account: a, name: n, owner: o, reason: r, until: "
        "2027-02-29}]\n"}) {
    INFO(text);
    const auto read = parse_configuration(text, "conf.yaml");
    REQUIRE_FALSE(read);
    CHECK(read.error().line > 0);
    CHECK(read.error().path == "conf.yaml");
  }
}

TEST_CASE("an unknown rule id is an error with its line") {
  const auto read = parse_configuration(
      "version: 1\nrules:\n  off:\n    - python-client\n    - pyton-setting\n", "conf.yaml");
  REQUIRE(read);
  CHECK(keyless::check_rule_ids(*read, {"python-client", "pyton-setting"}));
  const auto checked = keyless::check_rule_ids(*read, {"python-client", "python-setting"});
  REQUIRE_FALSE(checked);
  CHECK(checked.error().line == 5);
  CHECK(checked.error().mend == "did you mean 'python-setting'?");
}
