#include <nlohmann/json.hpp>

#include "catch.h"
#include "output/fake_report.h"
#include "output/writers.h"

using keyless::FakeReport;
using nlohmann::json;

TEST_CASE("JSON holds the whole report") {
  FakeReport fake;
  fake.report.gate.has_baseline = true;
  fake.report.gate.is_new["2222222222222222"] = false;
  fake.report.gate.blocking["2222222222222222"] = false;
  fake.report.gate.excepted["3333333333333333"] = "why";
  const json read = json::parse(keyless::write_json(fake.report, {}));
  CHECK(read["schema"] == "keyless/1");
  CHECK(read["tool"] == json{{"name", "keyless"}, {"version", "9.9.9"}});
  CHECK(read["roots"] == json::array({{{"id", "shop"}, {"commit", "0123abcd"}}}));
  CHECK(read["lineages"][0]["state"] == "blocking");
  CHECK(read["lineages"][0]["open_ends"] == json::array({"SHARED_KEY"}));
  REQUIRE(read["findings"].size() == 3);
  const json& client = read["findings"][1];
  CHECK(client["path"] == "api/app.py");
  CHECK(client["start"] == json{{"line", 2}, {"column", 22}});
  CHECK(client["end"] == json{{"line", 2}, {"column", 33}});
  CHECK(client["baseline"] == "old");
  CHECK(client["blocking"] == false);
  CHECK(client["trace"][0]["edge"].is_null());
  CHECK(client["trace"][1]["edge"] == "guess");
  CHECK_FALSE(client.contains("exception"));
  CHECK(read["findings"][2]["exception"] == "why");
  CHECK(read["findings"][2]["verdict"] == "mixed");
  CHECK(read["leads"].size() == 1);
  CHECK(read["graph"]["nodes"].size() == 3);
  CHECK(read["graph"]["edges"][0]["from"] == 0);
  CHECK(read["summary"]["blocking"] == 2);
  CHECK(read["coverage"]["languages"][1]["text_only"] == 1);
  CHECK(read["coverage"]["not_read"]["binary"] == 2);
  CHECK(read["diagnostics"][0]["problem"] == "incomplete");
}

TEST_CASE("every writer takes an empty report") {
  const keyless::Report empty;
  for (const auto writers : {keyless::scan_writers(), keyless::lineage_writers()})
    for (const keyless::Writer& writer : writers) {
      INFO(writer.name);
      CHECK_FALSE(writer.write(empty, {}).empty());
      CHECK(writer.write(empty, {}) == writer.write(empty, {}));
    }
}
