// keyless-report/1: {schema, tool, date, rules_digest, roots, summary: {findings, accounts, states},
// trend: [{label, findings, high, medium, low, blocking, lineages, appeared, gone}], accounts: [{id,
// root, label, service, account, severity, place, states, findings: [id], open_ends}], controls:
// [{framework, framework_name, edition, id, title, why, categories, states, findings: [id]}],
// findings: [{id, rule, category, severity, confidence, verdict, state, exception, lineage, path,
// line, column, message, reason}], coverage, diagnostics}. `date` and `exception` only where given.
#include "base/json_text.h"
#include "output/audit.h"
#include "output/json.h"

namespace keyless {

namespace {

void write_states(JsonText& json, const StateCounts& counts) {
  json.key("states");
  json.compact_next();
  json.begin_object();
  for (size_t at = 0; at < audit_states.size(); ++at)
    json.member(audit_states[at], counts.by_state[at]);
  json.end_object();
}

void write_ids(JsonText& json, const Audit& audit, const std::vector<size_t>& findings) {
  std::vector<std::string> ids;
  ids.reserve(findings.size());
  for (const size_t at : findings) ids.push_back(audit.findings[at].finding->id);
  json.member("findings", ids);
}

void write_trend(JsonText& json, const Audit& audit) {
  json.key("trend");
  json.begin_array();
  for (const AuditTrend& point : audit.trend) {
    json.compact_next();
    json.begin_object();
    json.member("label", point.label);
    json.member("findings", point.all());
    json.member("high", point.by_severity[2]);
    json.member("medium", point.by_severity[1]);
    json.member("low", point.by_severity[0]);
    json.member("blocking", point.blocking);
    json.member("lineages", point.lineages);
    json.member("appeared", point.appeared);
    json.member("gone", point.gone);
    json.end_object();
  }
  json.end_array();
}

void write_accounts(JsonText& json, const Audit& audit) {
  json.key("accounts");
  json.begin_array();
  for (const AuditAccount& account : audit.accounts) {
    const Lineage& lineage = *account.lineage;
    json.begin_object();
    json.member("id", lineage.id);
    json.member("root", lineage.root);
    json.member("label", account.label);
    json.member("service", lineage.service);
    json.member("account", lineage.account);
    json.member("severity", to_string(lineage.severity));
    json.member("place", account.place);
    write_states(json, account.counts);
    write_ids(json, audit, account.findings);
    json.member("open_ends", lineage.open_ends);
    json.end_object();
  }
  json.end_array();
}

void write_controls(JsonText& json, const Audit& audit) {
  json.key("controls");
  json.begin_array();
  for (const AuditControl& row : audit.controls_hit) {
    json.begin_object();
    json.member("framework", row.framework->id);
    json.member("framework_name", row.framework->name);
    json.member("edition", row.framework->edition);
    json.member("id", row.control->id);
    json.member("title", row.control->title);
    json.member("why", row.control->why);
    std::vector<std::string> names;
    for (const Category category : row.control->categories) names.emplace_back(to_string(category));
    json.member("categories", names);
    write_states(json, row.counts);
    write_ids(json, audit, row.findings);
    json.end_object();
  }
  json.end_array();
}

void write_findings(JsonText& json, const Audit& audit) {
  json.key("findings");
  json.begin_array();
  for (const AuditFinding& row : audit.findings) {
    const Finding& finding = *row.finding;
    json.begin_object();
    json.member("id", finding.id);
    json.member("rule", finding.rule);
    json.member("category", to_string(finding.category));
    json.member("severity", to_string(finding.severity));
    json.member("confidence", to_string(finding.confidence));
    json.member("verdict", to_string(finding.verdict));
    json.member("state", to_string(row.state));
    if (!row.exception.empty()) json.member("exception", row.exception);
    json.member("lineage", finding.lineage);
    json.member("path", row.place.path);
    json.member("line", row.place.start.line);
    json.member("column", row.place.start.utf16);
    json.member("message", finding.message);
    json.member("reason", finding.reason);
    json.end_object();
  }
  json.end_array();
}

void write_diagnostics(JsonText& json, const Report& report) {
  json.key("diagnostics");
  json.begin_array();
  for (const Diagnostic& diagnostic : report.diagnostics) {
    json.compact_next();
    json.begin_object();
    json.member("problem", to_string(diagnostic.problem));
    json.member("text", to_text(diagnostic));
    json.end_object();
  }
  json.end_array();
}

}  // namespace

std::string write_audit_json(const Audit& audit) {
  JsonText json;
  json.begin_object();
  json.member("schema", "keyless-report/1");
  write_tool_json(json, audit.report->version);
  if (!audit.date.empty()) json.member("date", audit.date);
  json.member("rules_digest", audit.rules_digest);
  write_roots_json(json, *audit.report);
  json.key("summary");
  json.begin_object();
  json.member("findings", audit.counts.all());
  json.member("accounts", audit.accounts.size());
  write_states(json, audit.counts);
  json.end_object();
  write_trend(json, audit);
  write_accounts(json, audit);
  write_controls(json, audit);
  write_findings(json, audit);
  json.key("coverage");
  write_coverage_json(json, audit.report->coverage);
  write_diagnostics(json, *audit.report);
  json.end_object();
  return json.take();
}

}  // namespace keyless
