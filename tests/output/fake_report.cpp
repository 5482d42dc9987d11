#include "output/fake_report.h"

#include "base/redacted.h"
#include "output/line_hash.h"

namespace keyless {

void FakeReport::add_file(const std::string& path, const std::string& text) {
  report.files[0][path] = ReportFile{LineIndex(text), mask_keys(text), line_hashes(text)};
}

Span FakeReport::span_of(const std::string& path, const std::string& part) const {
  const auto begin = static_cast<uint32_t>(report.files[0].at(path).text.find(part));
  return {begin, begin + static_cast<uint32_t>(part.size())};
}

Finding& FakeReport::add_finding(const std::string& id, const std::string& rule,
                                 const std::string& path, const std::string& part) {
  Finding finding;
  finding.id = id;
  finding.rule = rule;
  finding.path = path;
  finding.span = span_of(path, part);
  finding.message = "message of " + rule;
  report.findings.push_back(finding);
  report.gate.is_new[id] = true;
  report.gate.blocking[id] = true;
  return report.findings.back();
}

FakeReport::FakeReport() {
  report.version = "9.9.9";
  report.findings.reserve(64);  // add_finding hands out references
  report.roots.push_back({"shop", "0123abcd"});
  report.files.emplace_back();
  add_file("infra/main.tf",
           "resource \"azurerm_cognitive_account\" \"chat\" {\n"
           "  name = \"chat\"\n}\n"
           "output \"key\" {\n  value = azurerm_cognitive_account.chat.primary_access_key\n}\n");
  add_file("api/.env", "PORT=1\nAZURE_OPENAI_API_KEY=x\r\nLAST=2\n");
  add_file("api/app.py", "# caf\xC3\xA9 \xF0\x9F\x98\x80 = k\nclient = AzureOpenAI(api_key=key)\n");

  for (const char* id : {"account-keys", "python-client", "setting"}) {
    auto rule = std::make_unique<Rule>();
    rule->id = id;
    rule->title = std::string("title of ") + id;
    rule->message = "what " + rule->id + " finds";
    rule->help = "what to do";
    rule->category = rule->id == "account-keys"    ? Category::local_auth
                     : rule->id == "python-client" ? Category::client_key
                                                   : Category::key_setting;
    report.rules.push_back(rule.get());
    rules.push_back(std::move(rule));
  }
  Lineage lineage;
  lineage.id = "00000000000000aa";
  lineage.root = "account:infra:azurerm_cognitive_account.chat";
  lineage.service = "openai";
  lineage.account = lineage.root;
  lineage.path = "infra/main.tf";
  lineage.span = span_of("infra/main.tf", "resource");
  lineage.severity = Severity::high;
  lineage.findings = {"1111111111111111", "2222222222222222"};
  lineage.open_ends = {"SHARED_KEY"};
  report.lineages.push_back(lineage);

  Finding& account = add_finding("1111111111111111", "account-keys", "infra/main.tf",
                                 "resource \"azurerm_cognitive_account\" \"chat\" {");
  account.category = Category::local_auth;
  account.lineage = lineage.id;
  account.lineages = {lineage.id};
  account.trace = {{"infra/main.tf", account.span, EdgeKind::reference, lineage.root, 0}};
  Finding& client = add_finding("2222222222222222", "python-client", "api/app.py", "api_key=key");
  client.lineage = lineage.id;
  client.lineages = {lineage.id};
  client.reason = "the client is Azure's own";
  client.trace = {{"infra/main.tf", account.span, EdgeKind::reference, lineage.root, 0},
                  {"api/.env", span_of("api/.env", "AZURE_OPENAI_API_KEY=x"), EdgeKind::guess,
                   "env:repository:AZURE_OPENAI_API_KEY", 0},
                  {"api/app.py", client.span, EdgeKind::binding, "code:api/app.py:client", 0}};
  Finding& setting =
      add_finding("3333333333333333", "setting", "api/.env", "AZURE_OPENAI_API_KEY=x\r\n");
  setting.category = Category::key_setting;
  setting.severity = Severity::medium;
  setting.verdict = Verdict::mixed;
  setting.reason = "the key also feeds another vendor";

  Finding lead = setting;
  lead.id = "4444444444444444";
  lead.span = span_of("api/.env", "PORT=1");
  lead.verdict = Verdict::lead;
  lead.message = "perhaps a key";
  report.leads.push_back(lead);

  const auto node = [&](const std::string& name, const std::string& label, const std::string& path,
                        Span span) { report.graph.nodes.push_back({name, label, path, span, 0}); };
  node(lineage.root, "azurerm_cognitive_account.chat", "infra/main.tf", account.span);
  node("env:repository:AZURE_OPENAI_API_KEY", "AZURE_OPENAI_API_KEY", "api/.env",
       client.trace[1].span);
  node("code:api/app.py:client", "client.api_key@17", "api/app.py", client.span);
  report.graph.edges.push_back(
      {0, 1, EdgeKind::guess, 0, "api/.env", client.trace[1].span, "equal name"});
  report.graph.edges.push_back({1, 2, EdgeKind::binding, 0, "api/app.py", client.span, "reads it"});

  report.coverage.languages.push_back({"python", 1, 1, 0, 0});
  report.coverage.languages.push_back({"terraform", 2, 1, 1, 0});
  report.coverage.not_read["binary"] = 2;
  report.coverage.bytes_read = 300;
  report.coverage.bytes_parsed_by_wave = {200, 50};
  report.diagnostics.push_back(
      {Problem::incomplete, "infra/main.tf", 3, "one block could not be parsed", {}});
}

}  // namespace keyless
