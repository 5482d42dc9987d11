#include <nlohmann/json.hpp>

#include "catch.h"
#include "output/fake_report.h"
#include "output/why.h"
#include "output/writers.h"

using keyless::FakeReport;

TEST_CASE("a lineage is drawn as a tree") {
  const FakeReport fake;
  CHECK(keyless::write_lineage_text(fake.report, {}) ==
        R"(account azurerm_cognitive_account.chat  high  lineage 00000000000000aa  openai
  account:infra:azurerm_cognitive_account.chat  infra/main.tf:1
    * high account-keys  infra/main.tf:1
    guess -> environment variable AZURE_OPENAI_API_KEY  api/.env:2
      binding -> client.api_key  api/app.py:2
        * high python-client  api/app.py:2
  the value of SHARED_KEY lives outside

)");
}

TEST_CASE("a place that belongs by name stands below the tree") {
  FakeReport fake;
  fake.report.findings[2].lineage = "00000000000000aa";
  CHECK(keyless::write_lineage_text(fake.report, {})
            .find("  by name, without an edge\n    * medium setting  api/.env:2\n") !=
        std::string::npos);
  const auto read = nlohmann::json::parse(keyless::write_lineage_json(fake.report, {}));
  CHECK(read["lineages"][0]["apart"][0] == "3333333333333333");
}

TEST_CASE("a lineage with a circle ends") {
  FakeReport fake;
  fake.report.graph.edges.push_back({2, 0, keyless::EdgeKind::guess, 0, "api/app.py", {}, "back"});
  CHECK(keyless::write_lineage_text(fake.report, {}).find("(above)") != std::string::npos);
  CHECK_FALSE(keyless::write_lineage_mermaid(fake.report, {}).empty());
}

TEST_CASE("a lineage of many thousand nodes is drawn without recursion") {
  FakeReport fake;
  for (uint32_t i = 3; i < 20000; ++i) {
    fake.report.graph.nodes.push_back({"n:x:" + std::to_string(i), "", "api/app.py", {}, 0});
    fake.report.graph.edges.push_back(
        {i - 1, i, keyless::EdgeKind::reference, 0, "api/app.py", {}, ""});
  }
  CHECK(keyless::write_lineage_text(fake.report, {}).size() > 20000);
}

TEST_CASE("a lineage as a Mermaid flowchart") {
  const FakeReport fake;
  CHECK(keyless::write_lineage_mermaid(fake.report, {}) == R"(flowchart LR
  n0["account azurerm_cognitive_account.chat<br/>infra/main.tf:1<br/>account-keys"]
  class n0 root
  class n0 high
  n1["environment variable AZURE_OPENAI_API_KEY<br/>api/.env:2"]
  n2["client.api_key<br/>api/app.py:2<br/>python-client"]
  class n2 high
  n0 -.->|guess| n1
  n1 -->|binding| n2
  classDef root stroke-width:3px
  classDef high stroke:#c00
  classDef medium stroke:#c80
  classDef low stroke:#08c
)");
}

TEST_CASE("a name cannot break out of a Mermaid label") {
  FakeReport fake;
  fake.report.graph.nodes[1].label = "a\"]<script>\n%%`;#";
  const std::string chart = keyless::write_lineage_mermaid(fake.report, {});
  CHECK(chart.find("a#34;#93;#60;script#62;#92;n#37;#37;#96;#59;#35;") != std::string::npos);
}

TEST_CASE("a lineage as JSON") {
  const FakeReport fake;
  const auto read = nlohmann::json::parse(keyless::write_lineage_json(fake.report, {}));
  const auto& lineage = read["lineages"][0];
  CHECK(lineage["nodes"][0]["name"] == lineage["root"]);
  CHECK(lineage["nodes"][2]["places"][0] == "2222222222222222");
  CHECK(lineage["edges"][1]["from"] == 1);
  CHECK(lineage["edges"][1]["to"] == 2);
  CHECK(lineage["edges"][1]["line"] == 2);
}

TEST_CASE("why prints every edge, both its ends and what would disprove it") {
  const FakeReport fake;
  const auto text = keyless::write_why(fake.report, {}, "api/app.py", 2);
  REQUIRE(text);
  CHECK(*text == R"(api/app.py:2  high  python-client
  message of python-client (confidence high)
  because the client is Azure's own
  from account:infra:azurerm_cognitive_account.chat  infra/main.tf:1
  guess: equal name, and nothing else here defines it: equal name
    from account:infra:azurerm_cognitive_account.chat  infra/main.tf:1
    to   env:repository:AZURE_OPENAI_API_KEY  api/.env:2
    written at api/.env:2
    wrong if the value comes from somewhere that was not scanned
  binding: same name in the same scope: reads it
    from env:repository:AZURE_OPENAI_API_KEY  api/.env:2
    to   code:api/app.py:client  api/app.py:2
    written at api/app.py:2
    wrong if the two are never deployed together, or something else sets that name for the reader

A wrong join is cut in .keyless.yaml: lineage: {separate: [[node, node]]}
)");
  CHECK_FALSE(keyless::write_why(fake.report, {}, "api/app.py", 1));
  CHECK_FALSE(keyless::write_why(fake.report, {}, "nowhere", 1));
}

TEST_CASE("why finds the traces that only pass through a line") {
  const FakeReport fake;
  const auto text = keyless::write_why(fake.report, {}, "infra/main.tf", 1);
  REQUIRE(text);
  CHECK(text->find("python-client") != std::string::npos);
  CHECK(text->find("account-keys") != std::string::npos);
}
