#include <nlohmann/json.hpp>

#include "catch.h"
#include "output/fake_report.h"
#include "output/writers.h"

using keyless::FakeReport;
using nlohmann::json;

namespace {

json issues_of(const FakeReport& fake) {
  return json::parse(keyless::write_code_quality(fake.report, {}));
}

}  // namespace

TEST_CASE("code quality has one issue a place, with what GitLab needs of it") {
  const json issues = issues_of(FakeReport());
  REQUIRE(issues.size() == 3);
  CHECK(issues[0] == json{{"description", "message of account-keys"},
                          {"check_name", "account-keys"},
                          {"fingerprint", "1111111111111111"},
                          {"severity", "critical"},
                          {"location", {{"path", "infra/main.tf"}, {"lines", {{"begin", 1}}}}}});
}

TEST_CASE("code quality leaves out what is excepted; a key itself is the worst") {
  FakeReport fake;
  fake.report.gate.excepted[keyless::gate_key(fake.report.findings[0])] = "why";
  fake.report.findings[1].category = keyless::Category::key_literal;
  fake.report.findings[2].verdict = keyless::Verdict::cannot_migrate;
  const json issues = issues_of(fake);
  REQUIRE(issues.size() == 2);
  CHECK(issues[0]["severity"] == "blocker");
  CHECK(issues[1]["severity"] == "info");
}

TEST_CASE(
    "no logging command of a pipeline survives in code quality, and the path is what it was") {
  FakeReport fake;
  const std::string path = "##vso[task.setvariable]a\n::error::b\x1b[2J.py";
  fake.add_file(path, "key\n");
  fake.add_finding("5555555555555555", "setting", path, "key").message = "##vso[x] ::error::";
  const std::string text = keyless::write_code_quality(fake.report, {});
  for (const char* command : {"##vso", "##[", "\n::", "\x1b"})
    CHECK(text.find(command) == std::string::npos);
  CHECK(json::parse(text).back()["location"]["path"] == path);
}
