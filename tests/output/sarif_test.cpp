#include <fstream>

#include "catch.h"
#include "output/fake_report.h"
#include "output/writers.h"
#include "schema/validate.h"

using keyless::FakeReport;
using keyless::Report;
using keyless::Verdict;
using nlohmann::json;

namespace {

json external_schema() {
  std::ifstream file(KEYLESS_SOURCE_DIR "/tests/schema/sarif-2.1.0.schema.json");
  REQUIRE(file);
  return json::parse(file);
}

std::string schema_errors(const json& document) {
  static const json schema = external_schema();
  return keyless::schema_errors(schema, document);
}

json sarif_of(const Report& report, bool leads = true) {
  return json::parse(keyless::write_sarif(report, {false, leads}));
}

const json& result_of(const json& sarif, const std::string& id) {
  for (const json& result : sarif["runs"][0]["results"])
    if (result["partialFingerprints"]["keyless/v1"] == id) return result;
  FAIL("no result " << id);
  return sarif;
}

}  // namespace

TEST_CASE("the schema refuses what is not SARIF") {
  json bad = sarif_of(Report{});
  CHECK(schema_errors(bad).empty());
  bad["version"] = "9.9.9";
  CHECK_FALSE(schema_errors(bad).empty());
  bad = sarif_of(FakeReport().report);
  bad["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0;
  CHECK_FALSE(schema_errors(bad).empty());
}

TEST_CASE("SARIF is valid against the external schema") {
  CHECK(schema_errors(sarif_of(Report{})).empty());
  FakeReport fake;
  CHECK(schema_errors(sarif_of(fake.report)).empty());

  SECTION("with a baseline and an exception") {
    fake.report.gate.has_baseline = true;
    fake.report.gate.is_new["1111111111111111"] = false;
    fake.report.gate.excepted["2222222222222222"] = "until spring (team, T-1, until 2027-03-31)";
    CHECK(schema_errors(sarif_of(fake.report)).empty());
  }
  SECTION("with empty texts everywhere") {
    for (keyless::Finding& finding : fake.report.findings) {
      finding.message.clear();
      finding.path = "not in the report";
    }
    for (auto& rule : fake.rules) {
      rule->title.clear();
      rule->message.clear();
      rule->help.clear();
    }
    CHECK(schema_errors(sarif_of(fake.report)).empty());
  }
  SECTION("with names of every kind") {
    const std::string name = "caf\xC3\xA9 #1 50%/a:b?.py\xFF";
    fake.add_file(name, "x = 1\n");
    fake.add_finding("5555555555555555", "setting", name, "x");
    const json sarif = sarif_of(fake.report);
    CHECK(schema_errors(sarif).empty());
    CHECK(result_of(
              sarif,
              "5555555555555555")["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] ==
          "caf%C3%A9%20%231%2050%25/a%3Ab%3F.py%FF");
  }
}

TEST_CASE("a SARIF result has its place in UTF-16 columns") {
  FakeReport fake;
  fake.add_finding("5555555555555555", "setting", "api/app.py", "= k");
  const json sarif = sarif_of(fake.report);
  CHECK(sarif["runs"][0]["columnKind"] == "utf16CodeUnits");
  const auto region = [&](const std::string& id) {
    return result_of(sarif, id)["locations"][0]["physicalLocation"]["region"];
  };
  CHECK(region("1111111111111111") ==
        json{{"startLine", 1}, {"startColumn", 1}, {"endLine", 1}, {"endColumn", 46}});
  // "# café 😀 = k": the emoji takes two units.
  CHECK(region("5555555555555555") ==
        json{{"startLine", 1}, {"startColumn", 11}, {"endLine", 1}, {"endColumn", 14}});
  // A span that takes the line end along ends on its own line.
  CHECK(region("3333333333333333") ==
        json{{"startLine", 2}, {"startColumn", 1}, {"endLine", 2}, {"endColumn", 23}});
}

TEST_CASE("a SARIF result says what it is") {
  const FakeReport fake;
  const json sarif = sarif_of(fake.report);
  const json& client = result_of(sarif, "2222222222222222");
  CHECK(client["ruleId"] == "python-client");
  CHECK(client["level"] == "error");
  CHECK(client["properties"]["category"] == "client-key");
  CHECK(client["properties"]["lineage"] == "00000000000000aa");
  CHECK(client["properties"]["confidence"] == "high");
  CHECK(client["properties"]["lead"] == false);
  CHECK(client["partialFingerprints"]["primaryLocationLineHash"] ==
        fake.report.files[0].at("api/app.py").line_hashes[1]);
  const json& steps = client["codeFlows"][0]["threadFlows"][0]["locations"];
  REQUIRE(steps.size() == 3);
  CHECK(steps[0]["location"]["physicalLocation"]["artifactLocation"]["uri"] == "infra/main.tf");
  CHECK(steps[1]["location"]["message"]["text"] == "guess: env:repository:AZURE_OPENAI_API_KEY");
  const json& rules = sarif["runs"][0]["tool"]["driver"]["rules"];
  CHECK(rules[client["ruleIndex"].get<size_t>()]["id"] == "python-client");
}

TEST_CASE("leads are results only when asked for, and are marked") {
  const FakeReport fake;
  CHECK(sarif_of(fake.report, false)["runs"][0]["results"].size() == 3);
  const json with_leads = sarif_of(fake.report, true);
  CHECK(with_leads["runs"][0]["results"].size() == 4);
  const json& lead = result_of(with_leads, "4444444444444444");
  CHECK(lead["properties"]["lead"] == true);
  CHECK(lead["level"] == "none");
  CHECK(lead["kind"] == "review");
}

TEST_CASE("what the baseline knows is suppressed") {
  FakeReport fake;
  fake.report.gate.has_baseline = true;
  fake.report.gate.is_new["1111111111111111"] = false;
  const json sarif = sarif_of(fake.report);
  CHECK(result_of(sarif, "1111111111111111")["baselineState"] == "unchanged");
  CHECK(result_of(sarif, "1111111111111111")["suppressions"].size() == 1);
  CHECK(result_of(sarif, "2222222222222222")["baselineState"] == "new");
  CHECK_FALSE(result_of(sarif, "2222222222222222").contains("suppressions"));
}

TEST_CASE("the profile for GitHub leaves out what was accepted, and is valid") {
  FakeReport fake;
  fake.report.gate.has_baseline = true;
  fake.report.gate.is_new["1111111111111111"] = false;
  fake.report.gate.excepted["2222222222222222"] = "until spring (team, T-1, until 2027-03-31)";
  const json sarif = json::parse(write_sarif(
      fake.report, {false, true, keyless::SarifProfile::github, keyless::PipelineRun{}}));
  CHECK(schema_errors(sarif).empty());
  REQUIRE(sarif["runs"][0]["results"].size() == 1);
  const json& result = sarif["runs"][0]["results"][0];
  CHECK(result["partialFingerprints"]["keyless/v1"] == "3333333333333333");
  CHECK_FALSE(result.contains("baselineState"));
  CHECK_FALSE(result.contains("suppressions"));
  CHECK(result["partialFingerprints"].contains("primaryLocationLineHash"));
}

TEST_CASE("the profile for Azure DevOps says which run it is, and is valid") {
  const FakeReport fake;
  keyless::PipelineRun run;
  run.organization = "acme";
  run.definition = "12";
  const json sarif = json::parse(
      write_sarif(fake.report, {false, false, keyless::SarifProfile::azure_devops, run}));
  CHECK(schema_errors(sarif).empty());
  const std::string id = sarif["runs"][0]["automationDetails"]["id"];
  CHECK(id.starts_with("azuredevops/pipeline/build/acme/local/12/"));
  CHECK(sarif["runs"][0]["properties"]["buildDefinitionId"] == 12);
  for (const json& rule : sarif["runs"][0]["tool"]["driver"]["rules"]) CHECK(rule["name"] != "");
}

TEST_CASE("beyond what a reader takes, the least severe are left out and counted") {
  FakeReport fake;
  keyless::Finding low = fake.report.findings[0];
  low.severity = keyless::Severity::low;
  const size_t own = fake.report.findings.size();
  for (int i = 0; i < 5100; ++i) {
    low.id = "low" + std::to_string(i);
    fake.report.findings.insert(fake.report.findings.begin(), low);
  }
  const json all = json::parse(write_sarif(fake.report, {}));
  CHECK(all["runs"][0]["results"].size() == 5100 + own);
  const json cut =
      json::parse(write_sarif(fake.report, {false, false, keyless::SarifProfile::github, {}}));
  CHECK(cut["runs"][0]["results"].size() == 5000);
  size_t kept = 0;
  for (const json& result : cut["runs"][0]["results"])
    kept +=
        result["partialFingerprints"]["keyless/v1"].get<std::string>().starts_with("low") ? 0 : 1;
  CHECK(kept == own);
  const json& notes = cut["runs"][0]["invocations"][0]["toolExecutionNotifications"];
  CHECK(notes.back()["message"]["text"].get<std::string>().starts_with(std::to_string(100 + own)));
}
