#include "catch.h"
#include "output/fake_report.h"
#include "output/writers.h"

using keyless::FakeReport;
using keyless::write_text;

TEST_CASE("text groups places by lineage and quotes their lines") {
  const FakeReport fake;
  CHECK(write_text(fake.report, {false, true}) ==
        R"(account azurerm_cognitive_account.chat  high  lineage 00000000000000aa  openai
  infra/main.tf:1:1  high  account-keys
      message of account-keys
     1 | resource "azurerm_cognitive_account" "chat" {
       | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  api/app.py:2:22  high  python-client
      message of python-client
     2 | client = AzureOpenAI(api_key=key)
       |                      ^^^^^^^^^^^
  the value of SHARED_KEY lives outside

without a lineage
  api/.env:2:1  medium  setting  (mixed)
      message of setting
      the key also feeds another vendor
     2 | AZURE_OPENAI_API_KEY=x
       | ^^^^^^^^^^^^^^^^^^^^^^

leads  could not be decided, never block
  api/.env:1:1  lead  setting
      perhaps a key
      the key also feeds another vendor
     1 | PORT=1
       | ^^^^^^

1 lineage, 3 findings (3 blocking), 1 lead
coverage: 5 files: 2 parsed, 1 searched only, 2 not read (2 binary), 0 lost
coverage: analysed in part: terraform 1: infra/main.tf:3
)");
}

TEST_CASE("text names what is old, excepted and untracked") {
  FakeReport fake;
  fake.report.gate.has_baseline = true;
  fake.report.gate.old_findings = 1;
  fake.report.gate.fixed_findings = 4;
  fake.report.gate.is_new["1111111111111111"] = false;
  fake.report.gate.excepted["2222222222222222"] = "why";
  fake.report.findings[1].tracked = false;
  fake.report.findings[1].test_code = true;
  const std::string text = write_text(fake.report, {});
  CHECK(text.find("account-keys  (old)") != std::string::npos);
  CHECK(text.find("python-client  (untracked, test, excepted)") != std::string::npos);
  CHECK(text.find("baseline: 1 old, 2 new, 4 fixed\n") != std::string::npos);
  CHECK(text.find("1 lead; --leads lists the leads") != std::string::npos);
  CHECK(text.find("perhaps a key") == std::string::npos);
}

TEST_CASE("nothing of a scanned file reaches the terminal raw") {
  FakeReport fake;
  fake.add_file("evil\x1b[2J\n.py",
                "key\x1b]0;title\x07 = \"\xE2\x80\xAE"
                "abc\"\n");
  keyless::Finding& finding =
      fake.add_finding("5555555555555555", "setting", "evil\x1b[2J\n.py", "key");
  finding.message = "for \x1b[31m";
  const std::string text = write_text(fake.report, {});
  for (const char c : text) CHECK((c == '\n' || static_cast<unsigned char>(c) >= 0x20));
  CHECK(text.find("\xE2\x80\xAE") == std::string::npos);
}

TEST_CASE("the root of a lineage comes first, whatever its path") {
  FakeReport fake;
  std::swap(fake.report.lineages[0].findings[0], fake.report.lineages[0].findings[1]);
  const std::string text = write_text(fake.report, {});
  CHECK(text.find("infra/main.tf:1:1") < text.find("api/app.py:2:22"));
}

TEST_CASE("colour is written only when asked for") {
  const FakeReport fake;
  CHECK(write_text(fake.report, {true, true}).find("\x1b[") != std::string::npos);
  CHECK(write_text(fake.report, {false, true}).find('\x1b') == std::string::npos);
}

TEST_CASE("a long line is cut around the mark") {
  FakeReport fake;
  fake.add_file("min.js", std::string(100000, 'a') + " KEY " + std::string(100000, 'b') + "\n");
  fake.add_finding("5555555555555555", "setting", "min.js", "KEY");
  const std::string text = write_text(fake.report, {});
  CHECK(text.size() < 3000);
  CHECK(text.find("KEY") != std::string::npos);
}

TEST_CASE("files that were lost or read in part are named, and not more than five of them") {
  FakeReport fake;
  for (const char* name : {"g.py", "f.yaml", "e.py", "d.py", "c.py", "b.py"})
    fake.report.diagnostics.push_back({keyless::Problem::lost_file, name, 0, "lost", {}});
  fake.report.diagnostics.push_back({keyless::Problem::incomplete, "infra/main.tf", 9, "more", {}});
  const std::string text = write_text(fake.report, {});
  CHECK(text.find("lost: python 5, yaml 1: b.py, c.py, d.py, e.py, f.yaml and 1 more\n") !=
        std::string::npos);
  CHECK(text.find("analysed in part: terraform 1: infra/main.tf:3\n") != std::string::npos);
}

TEST_CASE("paths of several roots begin with the root's id") {
  FakeReport fake;
  fake.report.roots.push_back({"other", ""});
  fake.report.files.emplace_back();
  CHECK(write_text(fake.report, {}).find("shop/api/app.py:2:22") != std::string::npos);
}
