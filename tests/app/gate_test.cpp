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

  void decide(std::optional<Severity> fail_on = Severity::medium) {
    decide_gate(report, GateInput{fail_on, baselines, &configurations, "2027-01-15"});
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

TEST_CASE("an exception holds until its day, and says so when it is over or unused") {
  Gated gated;
  const Exception good{"python-client", "api/**", "2027-01-15", "team", "T-1", "moves", 4};
  gated.configurations[0].path = ".keyless.yaml";
  gated.configurations[0].exceptions = {good};
  const size_t before = gated.report.diagnostics.size();
  gated.decide();
  CHECK_FALSE(gated.blocks(high_id));
  CHECK(gated.report.gate.excepted.at(high_id) == "moves (team, T-1, until 2027-01-15)");
  CHECK(gated.report.diagnostics.size() == before);

  gated.configurations[0].exceptions[0].until = "2027-01-14";
  gated.decide();
  CHECK(gated.blocks(high_id));
  REQUIRE(gated.report.diagnostics.size() == before + 1);
  CHECK(gated.report.diagnostics.back().line == 4);
  CHECK(gated.report.diagnostics.back().message.find("expired") != std::string::npos);

  gated.configurations[0].exceptions = {good};
  gated.configurations[0].exceptions[0].path = "web/**";
  gated.decide();
  CHECK(gated.blocks(high_id));
  CHECK(gated.report.diagnostics.back().message.find("fits no finding") != std::string::npos);
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
