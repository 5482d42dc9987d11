#include "app/baseline.h"

#include <algorithm>

#include "catch.h"
#include "output/fake_report.h"

using keyless::Baseline;
using keyless::FakeReport;
using keyless::parse_baseline;
using keyless::write_baseline;

TEST_CASE("a baseline is read back as it was written") {
  const FakeReport fake;
  const Baseline baseline = baseline_of(fake.report, 0);
  REQUIRE(baseline.entries.size() == 3);
  const std::string text = write_baseline(baseline);
  const auto read = parse_baseline(text, "b.json");
  REQUIRE(read);
  CHECK(read->entries == baseline.entries);
  CHECK(write_baseline(*read) == text);
  CHECK(baseline.entries[0].lineage == "account:infra:azurerm_cognitive_account.chat");
}

TEST_CASE("a baseline holds no line, time or version") {
  FakeReport fake;
  const std::string before = write_baseline(baseline_of(fake.report, 0));
  fake.report.version = "1.2.3";
  for (keyless::Finding& finding : fake.report.findings) finding.span = {0, 1};
  CHECK(write_baseline(baseline_of(fake.report, 0)) == before);
  CHECK(before.find("9.9.9") == std::string::npos);
}

TEST_CASE("a moved file is recognised, if it can be only one") {
  FakeReport fake;
  fake.report.findings[1].definition = "Chat.ask";
  const Baseline baseline = baseline_of(fake.report, 0);
  fake.report.findings[1].id = "7777777777777777";
  fake.report.findings[1].path = "service/app.py";
  auto match = match_baseline(baseline, fake.report, 0);
  CHECK(match.old.contains("7777777777777777"));
  CHECK(match.fixed.empty());

  keyless::Finding twin = fake.report.findings[1];
  twin.id = "8888888888888888";
  twin.path = "other/app.py";
  fake.report.findings.push_back(twin);
  match = match_baseline(baseline, fake.report, 0);
  CHECK_FALSE(match.old.contains("7777777777777777"));
  CHECK_FALSE(match.old.contains("8888888888888888"));
  CHECK(match.fixed.size() == 1);
}

TEST_CASE("what is gone is fixed") {
  FakeReport fake;
  const Baseline baseline = baseline_of(fake.report, 0);
  fake.report.findings.pop_back();
  const auto match = match_baseline(baseline, fake.report, 0);
  CHECK(match.old.size() == 2);
  REQUIRE(match.fixed.size() == 1);
  CHECK(match.fixed[0].rule == "setting");
}

TEST_CASE("what is no baseline is refused with the mend") {
  const std::string brackets(200000, '[');
  for (const std::string& text :
       {std::string(), std::string("{}"), std::string("[1]"), brackets,
        std::string(R"({"schema": "keyless-baseline/2", "findings": []})"),
        std::string(R"({"schema": "keyless-baseline/1"})"),
        std::string(R"({"schema": "keyless-baseline/1", "findings": [{"id": 1}]})")}) {
    const auto read = parse_baseline(text, "b.json");
    REQUIRE_FALSE(read);
    CHECK(read.error().path == "b.json");
    CHECK(read.error().mend.find("baseline write") != std::string::npos);
  }
}

TEST_CASE("pruning takes out what is fixed, follows what moved, and adds nothing") {
  FakeReport fake;
  fake.report.findings[1].definition = "Chat.ask";
  const Baseline old = baseline_of(fake.report, 0);
  fake.report.findings[1].id = "7777777777777777";
  fake.report.findings[1].path = "service/app.py";
  fake.report.findings.erase(fake.report.findings.begin());
  fake.add_finding("9999999999999999", "setting", "api/.env", "LAST");
  const Baseline kept = pruned(old, fake.report, 0);
  REQUIRE(kept.entries.size() == 2);
  for (const keyless::BaselineEntry& entry : kept.entries) CHECK(entry.id != "9999999999999999");
  CHECK(std::ranges::find(kept.entries, std::string("service/app.py"),
                          &keyless::BaselineEntry::path) != kept.entries.end());
}
