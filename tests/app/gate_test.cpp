#include "app/gate.h"

#include "catch.h"
#include "output/fake_report.h"

using keyless::Baseline;
using keyless::Configuration;
using keyless::Exception;
using keyless::ExitCode;
using keyless::FakeReport;
using keyless::GateInput;
using keyless::Severity;
using keyless::Verdict;

namespace {

struct Gated : FakeReport {
  std::vector<Configuration> configurations{Configuration{}};
  std::vector<std::optional<Baseline>> baselines{std::nullopt};

  keyless::RuleSet known = *keyless::load_embedded_rules();
  std::vector<std::vector<keyless::PlacedException>> exceptions{1};

  [[nodiscard]] GateInput input(std::optional<Severity> fail_on) const {
    return {fail_on, baselines, &configurations, "2027-01-15", &known, &exceptions, {}};
  }
  // Without what an earlier call has added.
  void decide(std::optional<Severity> fail_on = Severity::medium) {
    std::erase_if(report.findings, [](const keyless::Finding& finding) {
      return finding.category == keyless::Category::governance;
    });
    decide_gate(report, input(fail_on));
  }
  keyless::Rule& known_rule(const std::string& id) {
    for (keyless::Rule& rule : known.rules)
      if (rule.id == id) return rule;
    known.rules.emplace_back().id = id;
    return known.rules.back();
  }
  [[nodiscard]] const keyless::Finding* found(const std::string& rule) const {
    for (const keyless::Finding& finding : report.findings)
      if (finding.rule == rule) return &finding;
    return nullptr;
  }
  [[nodiscard]] bool blocks(const std::string& id) const { return report.gate.blocking.at(id); }
};

const std::string high_id = "2222222222222222";
const std::string medium_id = "3333333333333333";

}  // namespace

TEST_CASE("a finding blocks from the severity of --fail-on") {
  Gated gated;
  gated.decide();
  CHECK(gated.blocks(high_id));
  CHECK(gated.blocks(medium_id));
  gated.decide(Severity::high);
  CHECK(gated.blocks(high_id));
  CHECK_FALSE(gated.blocks(medium_id));
  gated.decide(std::nullopt);
  CHECK_FALSE(gated.blocks(high_id));
  CHECK(exit_code_of(gated.report, 0) == ExitCode::clean);
}

TEST_CASE("untracked files never block, test code only with a literal") {
  Gated gated;
  gated.report.findings[1].tracked = false;
  gated.report.findings[2].test_code = true;
  gated.decide(Severity::low);
  CHECK_FALSE(gated.blocks(high_id));
  CHECK_FALSE(gated.blocks(medium_id));
  gated.report.findings[2].category = keyless::Category::key_literal;
  gated.decide(Severity::low);
  CHECK(gated.blocks(medium_id));
}

TEST_CASE("what cannot migrate blocks only at low") {
  Gated gated;
  gated.report.findings[1].verdict = Verdict::cannot_migrate;
  gated.report.findings[1].severity = Severity::low;
  gated.decide();
  CHECK_FALSE(gated.blocks(high_id));
  gated.decide(Severity::low);
  CHECK(gated.blocks(high_id));
}

TEST_CASE("an exception holds until its day; one that is over or unused is a finding") {
  Gated gated;
  const Exception good{"python-client", "api/**", "2027-01-15", "team", "T-1", "moves", 4};
  gated.configurations[0].path = ".keyless.yaml";
  gated.configurations[0].exceptions = {good};
  const size_t before = gated.report.findings.size();
  gated.decide();
  CHECK_FALSE(gated.blocks(high_id));
  CHECK(gated.report.gate.excepted.at(high_id) == "moves (team, T-1, until 2027-01-15)");
  CHECK(gated.report.findings.size() == before);

  gated.configurations[0].exceptions[0].until = "2027-01-14";
  gated.decide();
  CHECK(gated.blocks(high_id));
  REQUIRE(gated.report.findings.size() == before + 1);
  const keyless::Finding* over = gated.found("exception-expired");
  REQUIRE(over != nullptr);
  CHECK(over->path == ".keyless.yaml");
  CHECK(gated.blocks(over->id));
}

TEST_CASE("an exception that fits nothing is a finding that does not block") {
  Gated gated;
  gated.configurations[0].exceptions = {
      {"python-client", "web/**", "2027-01-15", "team", "T-1", "moves", 4}};
  gated.decide();
  CHECK(gated.blocks(high_id));
  const keyless::Finding* unused = gated.found("exception-unused");
  REQUIRE(unused != nullptr);
  CHECK_FALSE(gated.blocks(unused->id));
}

TEST_CASE("an exception in a comment excuses the finding on its line") {
  Gated gated;
  keyless::InlineException good;
  good.rule = "python-client";
  good.until = "2027-01-15";
  good.owner = "team";
  good.ticket = "T-1";
  good.reason = "moves";
  good.line = 1;
  good.target = 2;
  gated.exceptions[0] = {{"api/app.py", good}};
  gated.known_rule("python-client");
  gated.decide();
  CHECK_FALSE(gated.blocks(high_id));
  CHECK(gated.found("exception-unused") == nullptr);

  SECTION("not on another") {
    gated.exceptions[0][0].exception.target = 1;
    gated.decide();
    CHECK(gated.blocks(high_id));
    CHECK(gated.found("exception-unused") != nullptr);
  }
  SECTION("not a rule that nobody knows") {
    gated.exceptions[0][0].exception.rule = "python-clients";
    gated.decide();
    CHECK(gated.blocks(high_id));
    CHECK(gated.found("exception-invalid") != nullptr);
  }
  SECTION("not when something is missing") {
    gated.exceptions[0][0].exception.problem = "lacks owner=";
    gated.decide();
    CHECK(gated.blocks(high_id));
    CHECK(gated.found("exception-invalid") != nullptr);
  }
  SECTION("not after its day") {
    gated.exceptions[0][0].exception.until = "2027-01-14";
    gated.decide();
    CHECK(gated.blocks(high_id));
    CHECK(gated.found("exception-expired") != nullptr);
  }
  SECTION("never a key whose checksum holds") {
    keyless::Rule& rule = gated.known_rule("python-client");
    rule.category = keyless::Category::key_literal;
    rule.match.check = "azure-key-checksum";
    gated.decide();
    CHECK(gated.blocks(high_id));
    CHECK(gated.found("exception-refused") != nullptr);
  }
}

TEST_CASE("in a comparison only what the base lacks is new, also under another path") {
  Gated gated;
  FakeReport before;
  const std::vector<std::vector<keyless::Change>> changes{
      {{"rule-off", ".keyless.yaml", 0, {}, "python-client", "python-client"}}};
  const auto decide = [&] {
    GateInput input = gated.input(Severity::medium);
    input.before = keyless::GateBase{&before.report, nullptr, &changes, "1a2b3c4d"};
    decide_gate(gated.report, input);
  };
  before.report.findings[1].path = "old/app.py";
  before.report.findings[1].id = "8888888888888888";
  before.report.findings.pop_back();
  decide();
  CHECK_FALSE(gated.blocks(high_id));
  CHECK(gated.blocks(medium_id));
  const keyless::Finding* weakened = gated.found("governance-rule-off");
  REQUIRE(weakened != nullptr);
  CHECK(gated.blocks(weakened->id));
  CHECK(gated.report.gate.compared_with == "1a2b3c4d");
}

TEST_CASE("what the baseline knows does not block") {
  Gated gated;
  gated.baselines[0] = baseline_of(gated.report, 0);
  gated.decide();
  CHECK_FALSE(gated.blocks(high_id));
  CHECK(gated.report.gate.old_findings == 3);
  CHECK(gated.report.gate.fixed_findings == 0);
  CHECK(exit_code_of(gated.report, 0) == ExitCode::clean);

  gated.add_finding("6666666666666666", "setting", "api/app.py", "client");
  gated.decide();
  CHECK(gated.blocks("6666666666666666"));
  CHECK(exit_code_of(gated.report, 0) == ExitCode::findings);
}

TEST_CASE("a lost file is exit code 3, and a finding wins over it") {
  Gated gated;
  gated.decide(std::nullopt);
  CHECK(exit_code_of(gated.report, 100) == ExitCode::clean);
  gated.report.coverage.languages[0].lost = 1;
  CHECK(exit_code_of(gated.report, 0) == ExitCode::clean);
  CHECK(exit_code_of(gated.report, 90) == ExitCode::incomplete);
  gated.report.diagnostics.push_back({keyless::Problem::lost_file, "a", 0, "too large", ""});
  CHECK(exit_code_of(gated.report, 0) == ExitCode::incomplete);
  gated.decide();
  CHECK(exit_code_of(gated.report, 0) == ExitCode::findings);
}
