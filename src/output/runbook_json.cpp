// The runbook for programs: keyless-runbook/1, the facts of each account beside its filled steps.
#include "base/json_text.h"
#include "output/json.h"
#include "output/runbook.h"

namespace keyless {

namespace {

void write_caller(JsonText& json, const AccountConsumer& consumer) {
  json.compact_next();
  json.begin_object();
  json.member("state", to_string(consumer.state));
  json.member("name", consumer.name);
  json.member("line", consumer.line);
  json.member("what", consumer.what);
  json.member("owner", consumer.owner);
  json.member("until", consumer.until);
  json.end_object();
}

void write_workload(JsonText& json, const RunbookWorkload& workload) {
  json.compact_next();
  json.begin_object();
  json.member("address", workload.address);
  json.member("type", workload.type);
  json.member("place", workload.place);
  json.member("name", workload.name.text);
  json.end_object();
}

void write_step(JsonText& json, const RunbookStep& step) {
  json.begin_object();
  json.member("id", step.id);
  json.member("title", step.title);
  json.key("parts");
  json.begin_array();
  for (const RunbookPart& part : step.parts) {
    if (part.kind == RunbookPartKind::callers) continue;  // `callers` of the account
    json.begin_object();
    json.member("kind", to_string(part.kind));
    json.member("text", part.text);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void write_account(JsonText& json, const RunbookAccount& account,
                   const RunbookTemplates& templates) {
  json.begin_object();
  json.member("id", account.callers.id);
  json.member("label", account.callers.label);
  json.member("place", account.callers.place);
  json.member("service", account.callers.service);
  json.member("declared", account.declared);
  json.member("name", account.name.text);
  json.member("group", account.group.text);
  json.member("subdomain", account.subdomain.text);
  json.member("role", account.role.id);
  json.member("safe", is_safe(account.callers));
  json.member("cannot_migrate", account.reasons);
  json.key("callers");
  json.begin_array();
  for (const AccountConsumer& consumer : account.callers.consumers) write_caller(json, consumer);
  json.end_array();
  json.key("workloads");
  json.begin_array();
  for (const RunbookWorkload& workload : account.workloads) write_workload(json, workload);
  json.end_array();
  json.key("steps");
  json.begin_array();
  for (const RunbookStep& step : runbook_steps(account, templates)) write_step(json, step);
  json.end_array();
  json.end_object();
}

}  // namespace

std::string write_runbook_json(const Runbook& runbook, const RunbookTemplates& templates) {
  JsonText json;
  json.begin_object();
  json.member("schema", "keyless-runbook/1");
  write_tool_json(json, runbook.version);
  json.key("roots");
  json.begin_array();
  for (const ConsumerRoot& root : runbook.roots) {
    json.compact_next();
    json.begin_object();
    json.member("id", root.id);
    json.member("commit", root.commit);
    json.end_object();
  }
  json.end_array();
  json.key("accounts");
  json.begin_array();
  for (const RunbookAccount& account : runbook.accounts) write_account(json, account, templates);
  json.end_array();
  json.key("monitoring");
  json.begin_object();
  json.key("queries");
  json.begin_array();
  for (const RunbookQuery& query : templates.queries) {
    json.begin_object();
    json.member("id", query.id);
    json.member("title", query.title);
    json.member("kusto", query.kusto);
    json.end_object();
  }
  json.end_array();
  json.member("terraform", write_monitoring_terraform(templates));
  json.member("bicep", write_monitoring_bicep(templates));
  json.end_object();
  json.end_object();
  return json.take();
}

}  // namespace keyless
