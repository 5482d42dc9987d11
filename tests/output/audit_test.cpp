#include "output/audit.h"

#include <nlohmann/json.hpp>

#include "catch.h"
#include "output/fake_report.h"
#include "output/html_text.h"
#include "output/markdown_text.h"

using keyless::Audit;
using keyless::AuditInput;
using keyless::AuditState;
using keyless::FakeReport;
using keyless::Severity;
using nlohmann::json;

namespace {

keyless::Controls controls() {
  auto loaded = keyless::Controls::load_embedded();
  REQUIRE(loaded);
  return std::move(*loaded);
}

size_t count_of(const std::string& text, const std::string& part) {
  size_t count = 0;
  for (size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

// A name that every format could take for markup of its own.
constexpr const char* hostile =
    "a|b`c``<script>alert(1)</script>&amp;\"onload='x'[l](https://e.example)\n# "
    "h\x1b[31m\xE2\x80\xAE";

}  // namespace

TEST_CASE("the embedded controls name every category, each category has a control") {
  const keyless::Controls table = controls();
  CHECK(table.frameworks.size() == 5);
  for (const keyless::CategoryRow& row : keyless::categories) {
    INFO(row.name);
    CHECK(std::any_of(table.controls.begin(), table.controls.end(),
                      [&](const auto& control) { return control.covers(row.category); }));
  }
}

TEST_CASE("an audit gives each finding one state") {
  FakeReport fake;
  fake.report.gate.has_baseline = true;
  fake.report.gate.is_new["2222222222222222"] = false;
  fake.report.gate.blocking["2222222222222222"] = false;
  fake.report.gate.excepted["3333333333333333"] = "why (who, T-1, until 2030-01-01)";
  const keyless::Controls table = controls();
  const Audit audit(AuditInput{&fake.report, &table, {}, "2026-11-24", "digest"});
  REQUIRE(audit.findings.size() == 3);
  CHECK(audit.findings[0].state == AuditState::blocking);
  CHECK(audit.findings[1].state == AuditState::baseline);
  CHECK(audit.findings[2].state == AuditState::excepted);
  CHECK(audit.findings[2].account == SIZE_MAX);
  REQUIRE(audit.accounts.size() == 1);
  CHECK(audit.accounts[0].findings == std::vector<size_t>{0, 1});
  CHECK(audit.accounts[0].place == "infra/main.tf:1");
  for (const keyless::AuditControl& row : audit.controls_hit) {
    if (row.framework->id != "nist-800-53" || row.control->id != "IA-5") continue;
    CHECK(row.findings == std::vector<size_t>{0, 1, 2});
    CHECK(row.counts.of(AuditState::excepted) == 1);
  }
  const json read = json::parse(write_audit_json(audit));
  CHECK(read["schema"] == "keyless-report/1");
  CHECK(read["date"] == "2026-11-24");
  CHECK(read["findings"][2]["exception"] == "why (who, T-1, until 2030-01-01)");
  CHECK(read["summary"]["states"]["baseline"] == 1);
  CHECK(read["roots"][0]["commit"] == "0123abcd");
  const std::string markdown = write_audit_markdown(audit);
  CHECK(markdown.find("| `api/app.py:2` |") != std::string::npos);
  CHECK(markdown.find("- Date: 2026-11-24\n") != std::string::npos);
  const std::string html = write_audit_html(audit);
  CHECK(count_of(html, "<tr id=\"f") == 3);
  CHECK(html.find("{{") == std::string::npos);
  CHECK(count_of(html, "<svg") == 1);
}

TEST_CASE("the trend compares runs by the ids of their findings") {
  FakeReport fake;
  const keyless::Controls table = controls();
  keyless::EarlierRun earlier{
      "october", {{"1111111111111111", Severity::high}, {"gone", Severity::low}}, 2, 4};
  const Audit audit(AuditInput{&fake.report, &table, {earlier}, "", "digest"});
  REQUIRE(audit.trend.size() == 2);
  CHECK(audit.trend[0].all() == 2);
  CHECK(audit.trend[1].label == "this run");
  CHECK(audit.trend[1].appeared == 2);
  CHECK(audit.trend[1].gone == 1);
  CHECK(audit.trend[1].blocking == 3);
  CHECK_FALSE(json::parse(write_audit_json(audit)).contains("date"));
  CHECK(count_of(write_audit_html(audit), "class=\"bar-high\"") >= 2);
}

TEST_CASE("hostile names stay text in every format of the report") {
  FakeReport fake;
  fake.report.findings[0].rule = hostile;
  fake.report.findings[0].message = hostile;
  fake.report.findings[0].reason = hostile;
  fake.report.roots[0].id = hostile;
  fake.report.lineages[0].open_ends = {hostile};
  fake.report.graph.nodes[0].label = hostile;
  fake.report.graph.edges[0].why = hostile;
  fake.report.gate.excepted["3333333333333333"] = hostile;
  fake.report.coverage.languages[0].language = hostile;
  fake.report.coverage.not_read[hostile] = 1;
  fake.report.coverage.open_frontier = {hostile};
  fake.report.diagnostics[0].message = hostile;
  const keyless::Controls table = controls();
  const Audit audit(AuditInput{&fake.report, &table, {{hostile, {}, 0, 0}}, "", "digest"});
  const std::string html = write_audit_html(audit);
  CHECK(count_of(html, "<script") == 1);
  CHECK(html.find("alert(1)</") == std::string::npos);
  CHECK(html.find("\"onload") == std::string::npos);
  const std::string markdown = write_audit_markdown(audit);
  for (const std::string& text : {html, markdown}) {
    CHECK(text.find('\x1b') == std::string::npos);
    CHECK(text.find("\xE2\x80\xAE") == std::string::npos);
  }
  CHECK(markdown.find("\n# h") == std::string::npos);
  CHECK(json::accept(write_audit_json(audit)));
}

TEST_CASE("text for HTML and Markdown") {
  CHECK(keyless::html_text("<a b=\"c\" d='e'>&amp;\t") ==
        "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;amp; ");
  CHECK(keyless::markdown_text("a_b*c <d> x-y www.e.example") ==
        "a&#95;b&#42;c &#60;d&#62; x-y www&#46;e.example");
  CHECK(keyless::markdown_code("a_b") == "`a_b`");
  CHECK(keyless::markdown_code("a`|``b") == "``` a`\\|``b ```");
  CHECK(keyless::markdown_code("##vso[a]") == "`\\x23#vso[a]`");
  CHECK(keyless::markdown_code("").empty());
  CHECK(keyless::shortened("abcdef", 4) == "abc\xE2\x80\xA6");
  CHECK(keyless::shortened_front("abcdef", 4) ==
        "\xE2\x80\xA6"
        "def");
  CHECK(keyless::shortened("\xC3\xA9\xC3\xA9", 2) == "\xC3\xA9\xC3\xA9");
}

TEST_CASE("an empty report is a report") {
  const keyless::Report empty;
  const keyless::Controls table = controls();
  const Audit audit(AuditInput{&empty, &table, {}, "", "digest"});
  CHECK(write_audit_html(audit).find("No key was found") != std::string::npos);
  CHECK_FALSE(write_audit_markdown(audit).empty());
  CHECK(json::accept(write_audit_json(audit)));
}
