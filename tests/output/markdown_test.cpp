#include "catch.h"
#include "output/fake_report.h"
#include "output/writers.h"

using keyless::FakeReport;
using keyless::write_markdown;

namespace {

size_t times(const std::string& text, const std::string& part) {
  size_t found = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("markdown says the outcome, then a table for each lineage") {
  const FakeReport fake;
  CHECK(write_markdown(fake.report, {}) ==
        R"(## keyless

**Blocked**, 3 findings in 1 lineage, 3 blocking.

### `account azurerm_cognitive_account.chat`

high severity, 2 places, lineage 00000000000000aa

| severity | place | what |
|---|---|---|
| high **blocks** | `infra/main.tf:1` | message of account-keys `account-keys` |
| high **blocks** | `api/app.py:2` | message of python-client `python-client` |

### Without a lineage

| severity | place | what |
|---|---|---|
| medium **blocks** | `api/.env:2` | message of setting `setting` |

Coverage: 2 files parsed, 1 searched only, 2 not read, 0 lost.
)");
}

TEST_CASE("markdown does not call a scan passed that lost a file") {
  FakeReport fake;
  fake.report.gate.blocking.clear();
  CHECK(write_markdown(fake.report, {}).find("**Passed**, 3 findings") != std::string::npos);
  fake.report.coverage.languages[0].lost = 1;
  CHECK(write_markdown(fake.report, {}).find("**Incomplete**, 3 findings") != std::string::npos);
}

TEST_CASE("markdown says what a comparison is made with") {
  FakeReport fake;
  fake.report.gate.has_baseline = true;
  fake.report.gate.compared_with = "0123abcd";
  fake.report.gate.fixed_findings = 2;
  CHECK(write_markdown(fake.report, {}).find("; against 0123abcd 0 old, 3 new, 2 fixed.") !=
        std::string::npos);
}

TEST_CASE("markdown of very many places is cut, and says so") {
  FakeReport fake;
  fake.add_file("many.py", "key\n");
  for (int i = 0; i < 5000; ++i)
    fake.add_finding("many" + std::to_string(i), "setting", "many.py", "key");
  const std::string text = write_markdown(fake.report, {});
  CHECK(text.size() < 100000);
  CHECK(times(text, "\n| medium") + times(text, "\n| high") == 300);
  CHECK(text.find("4703 more in the full result") != std::string::npos);
}
