#include "output/runbook.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "catch.h"
#include "output/quoted_text.h"

using keyless::AccountConsumer;
using keyless::ConsumerState;
using keyless::Runbook;
using keyless::RunbookAccount;
using keyless::RunbookPart;
using keyless::RunbookPartKind;
using keyless::RunbookStep;
using keyless::RunbookTemplates;
using nlohmann::json;

namespace {

RunbookTemplates templates() {
  auto loaded = RunbookTemplates::load_embedded();
  REQUIRE(loaded);
  return std::move(*loaded);
}

RunbookAccount account() {
  RunbookAccount account;
  account.callers = {"account:infra:chat", "account chat", true, "openai", "infra/main.tf:1", {}};
  account.callers.consumers.push_back({ConsumerState::key, "api/app.py", 3, "rule", {}, {}});
  account.callers.consumers.push_back(
      {ConsumerState::ledger, "batch", 0, "old", "ops", "2030-01-01"});
  account.declared = true;
  account.name = {"contoso-chat", {}};
  account.group = {{}, "var.group"};
  account.scope = "https://cognitiveservices.azure.com/.default";
  account.role = {"openai", "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd",
                  "Cognitive Services OpenAI User", "openai"};
  return account;
}

std::vector<std::string> ids_of(const std::vector<RunbookStep>& steps) {
  std::vector<std::string> ids;
  for (const RunbookStep& step : steps) ids.push_back(step.id);
  return ids;
}

std::string text_of(const std::vector<RunbookStep>& steps, const std::string& id) {
  std::string text;
  for (const RunbookStep& step : steps)
    if (step.id == id)
      for (const RunbookPart& part : step.parts) text += part.text;
  return text;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

constexpr const char* hostile = "$(touch /tmp/x)`id`|a'\"\\;&&\n```\n# head <b>\x1b[31m";

}  // namespace

TEST_CASE("quotes of the shell and of KQL keep a text one text") {
  CHECK(keyless::shell_quoted("a b") == "'a b'");
  CHECK(keyless::shell_quoted("it's $(x) `y` \\") == "'it'\\''s $(x) `y` \\'");
  CHECK(keyless::shell_quoted("a\nb\tc\x1b") == "'a\\nb c\\x1b'");
  CHECK(keyless::shell_quoted("") == "''");
  CHECK(keyless::kusto_quoted("a\"b\\c\n|") == "\"a\\\"b\\\\c\\\\n|\"");
}

TEST_CASE("placeholders are filled once, and lines of a value keep the indentation") {
  const auto same = [](std::string_view text) { return std::string(text); };
  CHECK(keyless::filled("{{a}}-{{b}}-{{c}}", {{"a", "{{b}}"}, {"b", "2"}}, same) ==
        "{{b}}-2-{{c}}");
  CHECK(keyless::filled("x\n  {{a}}\n", {{"a", "1\n2"}}, same) == "x\n  1\n  2\n");
  CHECK(keyless::filled("open {{a", {{"a", "1"}}, same) == "open {{a");
}

TEST_CASE("the steps of an account stand in the order of a safe roll-out") {
  const RunbookTemplates table = templates();
  const auto steps = runbook_steps(account(), table);
  // Written by hand after the catalogue's order.
  CHECK(ids_of(steps) == std::vector<std::string>{"names", "callers", "logs", "subdomain", "roles",
                                                  "deploy", "watch", "cleanup", "rotate", "lock",
                                                  "verify", "roll-back"});
  CHECK(has(text_of(steps, "names"),
            "ACCOUNT='contoso-chat'\nGROUP='<FILL IN: resource group of the account, in the code "
            "var.group>'"));
  CHECK(has(text_of(steps, "roles"),
            "--role '5e0bd9bd-7b93-4f28-af87-19fc36ad61bd' --scope \"$ID\""));
  CHECK(has(text_of(steps, "subdomain"), "SUBDOMAIN='contoso-chat'\n"));
  CHECK(has(text_of(steps, "lock"), "**Not yet**"));
  CHECK(has(text_of(steps, "lock"), "--set properties.disableLocalAuth=true"));
  CHECK_FALSE(has(text_of(steps, "roles"), "may list keys too"));
  CHECK_FALSE(has(text_of(steps, "names"), "az cloud set"));
}

TEST_CASE("what is known of an account decides its steps") {
  const RunbookTemplates table = templates();
  RunbookAccount one = account();
  SECTION("nobody with a key left: the lock is not held up") {
    one.callers.consumers.erase(one.callers.consumers.begin());
    CHECK_FALSE(has(text_of(runbook_steps(one, table), "lock"), "**Not yet**"));
  }
  SECTION("a sub-domain in the infrastructure is checked, not made") {
    one.subdomain = {"chat-eu", {}};
    const auto steps = runbook_steps(one, table);
    CHECK(has(text_of(steps, "subdomain"), "`chat-eu`"));
    CHECK_FALSE(has(text_of(steps, "subdomain"), "--custom-domain"));
  }
  SECTION("an account that cannot migrate has reasons and no lock") {
    one.cannot_migrate = true;
    one.reasons = {"vision.py:4: key-only-sdk: it sends keys only"};
    const auto steps = runbook_steps(one, table);
    const auto ids = ids_of(steps);
    CHECK(std::ranges::find(ids, "lock") == ids.end());
    CHECK(std::ranges::find(ids, "verify") == ids.end());
    CHECK(has(text_of(steps, "callers"), "it sends keys only"));
    const std::string markdown = write_runbook_markdown({"1", {}, {one}}, table);
    CHECK_FALSE(has(markdown, "disableLocalAuth=true"));
    CHECK(has(markdown, "| cannot migrate: no lock |"));
  }
  SECTION("another cloud is signed in to first") {
    one.cloud_login = "AzureChinaCloud";
    one.scope = "https://cognitiveservices.azure.cn/.default";
    const auto steps = runbook_steps(one, table);
    CHECK(has(text_of(steps, "names"), "az cloud set --name 'AzureChinaCloud'"));
    CHECK(has(text_of(steps, "verify"), "--scope 'https://cognitiveservices.azure.cn/.default'"));
  }
  SECTION("each workload gets its identity as its type has it") {
    one.workloads = {{"azurerm_linux_web_app.api",
                      "azurerm_linux_web_app",
                      "main.tf:9",
                      {"api", {}},
                      {"rg", {}},
                      false},
                     {"jobs", "Microsoft.App/jobs", "main.bicep:3", {}, {}, false},
                     {"azurerm_container_app.w",
                      "azurerm_container_app",
                      "main.tf:30",
                      {"w", {}},
                      {{}, "var.rg"},
                      true}};
    const std::string text = text_of(runbook_steps(one, table), "roles");
    CHECK(has(text,
              "# 'azurerm_linux_web_app.api, main.tf:9'\nWORKLOAD='api'\nWORKLOAD_GROUP='rg'\n"
              "PRINCIPAL=$(az webapp identity assign "));
    CHECK(has(text, "# 'jobs, main.bicep:3'\nPRINCIPAL='<FILL IN: object id"));
    CHECK(has(text, "# 'azurerm_container_app.w, main.tf:30'\nIDENTITY='<FILL IN: "));
    CHECK(has(text,
              "WORKLOAD_GROUP='<FILL IN: resource group of the workload, in the code var.rg>'"));
  }
}

TEST_CASE("hostile names stay text in every format of the runbook") {
  const RunbookTemplates table = templates();
  RunbookAccount one = account();
  one.callers.label = one.callers.place = hostile;
  one.name = one.subdomain = {hostile, hostile};
  one.group = {{}, hostile};
  one.reasons = {hostile};
  one.cloud_login = one.scope = hostile;
  one.callers.consumers[0].name = one.callers.consumers[0].what = hostile;
  one.callers.consumers[1].owner = hostile;
  one.workloads = {
      {hostile, "azurerm_linux_web_app", hostile, {hostile, {}}, {{}, hostile}, false}};
  for (const bool cannot : {false, true}) {
    one.cannot_migrate = cannot;
    const Runbook runbook{"1", {{hostile, hostile, {}}}, {one}};
    const std::string markdown = write_runbook_markdown(runbook, table);
    CHECK_FALSE(has(markdown, "\x1b"));
    CHECK_FALSE(has(markdown, "\n# head"));
    // Fences open and close, and nothing else looks like one.
    bool open = false;
    for (size_t at = 0; at < markdown.size();) {
      const size_t end = std::min(markdown.find('\n', at), markdown.size());
      const std::string line = markdown.substr(at, end - at);
      if (line.starts_with("```")) {
        CHECK((line == "```") == open);
        open = !open;
      } else if (!open) {
        CHECK_FALSE(has(line, "<b>\x1b"));
      }
      at = end + 1;
    }
    CHECK_FALSE(open);
    const json read = json::parse(write_runbook_json(runbook, table));
    CHECK(read["accounts"][0]["name"] == hostile);
    CHECK(read["schema"] == "keyless-runbook/1");
  }
}

TEST_CASE("the templates leave no placeholder open") {
  const RunbookTemplates table = templates();
  RunbookAccount one = account();
  for (const char* type : {"azurerm_linux_web_app", "azurerm_function_app",
                           "Microsoft.App/containerApps", "azurerm_container_group"})
    one.workloads.push_back({type, type, type, {type, {}}, {type, {}}, false});
  one.workloads.push_back({"user", "azurerm_container_app", "user", {"user", {}}, {}, true});
  for (const char* service : {"openai", "ai-services", "document-intelligence", "speech", ""}) {
    one.callers.service = service;
    CHECK_FALSE(has(write_runbook_markdown({"1", {}, {one}}, table), "{{"));
  }
  CHECK(table.probe("document-intelligence").header == "Ocp-Apim-Subscription-Key");
  CHECK(table.probe("speech").path.starts_with("/<FILL IN"));
  CHECK(table.cloud_at("USGovVirginia") != nullptr);
  CHECK(table.cloud_at("westeurope") == nullptr);
}

TEST_CASE("a runbook table that says too much or too little is refused") {
  const auto load = [](const char* text) {
    const auto tree = keyless::parse_yaml(text, "t.yaml");
    REQUIRE(tree);
    return RunbookTemplates::load(*tree, "t.yaml").has_value();
  };
  const std::string head = "probes: [{services: ['*'], path: /, header: h}]\ngrant: g\n";
  const auto with = [&](const char* part) {
    return load((head + "steps:\n  - {id: a, title: A, parts: [" + part + "]}\n").c_str());
  };
  CHECK(with("{text: x}"));
  CHECK(with("{callers: true, when: safe}"));
  CHECK_FALSE(with("{text: x, shell: y}"));
  CHECK_FALSE(with("{when: safe}"));
  CHECK_FALSE(with("{text: ''}"));
  CHECK_FALSE(with("{text: x, wheN: safe}"));
  CHECK_FALSE(load(head.c_str()));
}
