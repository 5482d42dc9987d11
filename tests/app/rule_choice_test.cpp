#include "app/rule_choice.h"

#include "app/wrapper_rules.h"
#include "catch.h"
#include "output/fake_report.h"

using keyless::Configuration;
using keyless::FakeReport;
using keyless::Severity;

TEST_CASE("a rule that is off leaves nothing behind") {
  FakeReport fake;
  std::vector<Configuration> configurations(1);
  configurations[0].rules_off = {"account-keys", "setting"};
  apply_rule_choice(fake.report, configurations);
  REQUIRE(fake.report.findings.size() == 1);
  CHECK(fake.report.leads.empty());
  CHECK(fake.report.lineages[0].findings == std::vector<std::string>{"2222222222222222"});
  REQUIRE(fake.report.rules.size() == 1);
  CHECK(fake.report.rules[0]->id == "python-client");

  configurations[0].rules_off.push_back("python-client");
  apply_rule_choice(fake.report, configurations);
  CHECK(fake.report.lineages.empty());
}

TEST_CASE("the user's severity replaces the judge's, the lineage follows") {
  FakeReport fake;
  std::vector<Configuration> configurations(1);
  configurations[0].severity = {{"python-client", Severity::low},
                                {"account-keys", Severity::medium}};
  apply_rule_choice(fake.report, configurations);
  CHECK(fake.report.findings[1].severity == Severity::low);
  CHECK(fake.report.lineages[0].severity == Severity::medium);
  CHECK(fake.report.findings[2].severity == Severity::medium);
}

TEST_CASE("a wrapper becomes a rule on its credential") {
  keyless::Wrapper wrapper;
  wrapper.call = "acme.llm.client";
  wrapper.credential.position = 2;
  const keyless::Rule by_position = rule_of(wrapper);
  CHECK(by_position.id == "wrapper-acme.llm.client");
  CHECK(by_position.match.to == std::vector<std::string>{"acme.llm.client"});
  CHECK(by_position.match.positions == std::vector<int>{2});
  wrapper.credential = {"key", -1};
  CHECK(rule_of(wrapper).match.input == std::vector<std::string>{"key"});
}
