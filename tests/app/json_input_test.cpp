#include "app/json_input.h"

#include <string>

#include "app/access_log.h"
#include "app/baseline.h"
#include "app/consumers_file.h"
#include "app/trend_file.h"
#include "catch.h"

namespace keyless {
namespace {

// Brackets in a text that close nothing, then as many that open: to a count that does not know texts,
// nothing is deep.
std::string hidden_depth(size_t depth) {
  return R"({"a": ")" + std::string(depth, ']') + R"(", "properties": )" + std::string(depth, '[') +
         std::string(depth, ']') + "}";
}

}  // namespace

TEST_CASE("the bound on nesting knows texts from brackets") {
  CHECK(json_input("[[1]]", 2));
  CHECK_FALSE(json_input("[[1]]", 1));
  CHECK(json_input(R"(["[[[[", "\"[[[", "]]\\", []])", 2));
  CHECK_FALSE(json_input(R"(["]]", [[1]]])", 2));
  CHECK_FALSE(json_input(R"(["\"]]", [[1]]])", 2));
  CHECK_FALSE(json_input(hidden_depth(300'000)));
}

TEST_CASE("no reader of JSON is taken deeper than its bound by brackets in a text") {
  const std::string text = hidden_depth(300'000);
  CHECK_FALSE(parse_baseline(text, "a.json"));
  CHECK_FALSE(read_earlier_run(text, "a.json"));
  CHECK_FALSE(gap_in_evidence(text, "a.json", "2026-11-24"));
  const auto templates = RunbookTemplates::load_embedded();
  REQUIRE(templates);
  for (const std::string& log : {text, "[" + text + "]", R"({"records": [)" + text + "]}"}) {
    AccessTally tally(templates->log);
    (void)tally.add(log, "a.json");
    CHECK(tally.take().accounts.empty());
  }
}

}  // namespace keyless
