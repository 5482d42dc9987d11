#include "output/runbook.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "output/markdown_text.h"
#include "output/quoted_text.h"

namespace keyless {

namespace {

std::string as_it_is(std::string_view text) {
  return std::string(text);
}

std::string or_fill_in(const RunbookName& name, std::string_view what) {
  if (!name.text.empty()) return name.text;
  const std::string code = name.code.empty() ? "" : ", in the code " + name.code;
  return "<FILL IN: " + std::string(what) + code + ">";
}

struct Fact {
  std::string_view name;
  bool (*holds)(const RunbookAccount& account);
};

// table: what `when` of a step or part may ask for
constexpr std::array<Fact, 9> facts{{
    {"declared", [](const RunbookAccount& a) { return a.declared; }},
    {"other-cloud", [](const RunbookAccount& a) { return !a.cloud_login.empty(); }},
    {"cannot-migrate", [](const RunbookAccount& a) { return a.cannot_migrate; }},
    {"no-callers", [](const RunbookAccount& a) { return a.callers.consumers.empty(); }},
    {"has-subdomain", [](const RunbookAccount& a) { return !a.subdomain.text.empty(); }},
    {"has-addresses", [](const RunbookAccount& a) { return !a.addresses.empty(); }},
    {"has-name", [](const RunbookAccount& a) { return !a.name.text.empty(); }},
    {"role-lists-keys", [](const RunbookAccount& a) { return a.role_lists_keys; }},
    {"safe", [](const RunbookAccount& a) { return is_safe(a.callers); }},
}};

// A word that is no fact never holds: better a step too few, which a test sees, than one too many.
bool holds(std::string_view when, const RunbookAccount& account) {
  if (when.empty()) return true;
  constexpr std::string_view negation = "not ";
  const bool negated = when.starts_with(negation);
  if (negated) when.remove_prefix(negation.size());
  const auto fact = std::ranges::find(facts, when, &Fact::name);
  return fact != facts.end() && fact->holds(account) != negated;
}

RunbookValues values_of(const RunbookAccount& account, const RunbookTemplates& templates) {
  const RunbookProbe& probe = templates.probe(account.callers.service);
  const RunbookName& proposal = account.subdomain.text.empty() ? account.name : account.subdomain;
  return {{"account", or_fill_in(account.name, "account name")},
          {"group", or_fill_in(account.group, "resource group of the account")},
          {"subdomain", or_fill_in(proposal, "sub-domain")},
          {"addresses", account.addresses},
          {"cloud_login", account.cloud_login},
          {"role", account.role.id},
          {"role_name", account.role.name},
          {"scope", account.scope},
          {"probe_path", probe.path},
          {"probe_header", probe.header}};
}

// The commands that give each workload its identity and role.
std::string grants(const RunbookAccount& account, const RunbookTemplates& templates) {
  RunbookValues values = values_of(account, templates);
  const std::string grant = filled(templates.grant, values, shell_quoted);
  if (account.workloads.empty())
    return filled(templates.unknown_workload, values, shell_quoted) + grant;
  std::string text;
  for (const RunbookWorkload& workload : account.workloads) {
    const RunbookWorkloadRow* row = templates.workload(workload.type);
    const std::string& commands = workload.user_identity ? templates.user_identity
                                  : row == nullptr       ? templates.unknown_workload
                                                         : row->shell;
    values.resize(values_of(account, templates).size());
    values.emplace_back("workload", or_fill_in(workload.name, "name of the workload"));
    values.emplace_back("workload_group",
                        or_fill_in(workload.group, "resource group of the workload"));
    text += (text.empty() ? "# " : "\n# ") +
            shell_quoted(workload.address + ", " + workload.place) + "\n";
    text += filled(commands, values, shell_quoted) + grant;
  }
  return text;
}

std::string reasons(const RunbookAccount& account) {
  std::string text;
  for (const std::string& reason : account.reasons) text += "- " + markdown_text(reason) + "\n";
  return text;
}

RunbookPart part_of(const RunbookPartTemplate& part, const RunbookAccount& account,
                    const RunbookTemplates& templates) {
  const RunbookValues values = values_of(account, templates);
  switch (part.kind) {
    case RunbookPartKind::text:
      return {part.kind, filled(part.text, values, markdown_code)};
    case RunbookPartKind::shell:
      return {part.kind, filled(part.text, values, shell_quoted)};
    case RunbookPartKind::kusto:
      return {part.kind, filled(part.text, values, kusto_quoted)};
    case RunbookPartKind::callers:
      return {part.kind, {}};
    case RunbookPartKind::reasons:
      return {RunbookPartKind::text, reasons(account)};
    case RunbookPartKind::grants:
      return {RunbookPartKind::shell, grants(account, templates)};
  }
  return {};
}

std::string monitoring(const RunbookSnippet& snippet, const RunbookTemplates& templates) {
  std::string text = snippet.head;
  for (const RunbookAlert& alert : templates.alerts)
    text += filled(snippet.alert,
                   {{"id", alert.id},
                    {"name", alert.name},
                    {"about", alert.about},
                    {"query", std::string(trim(alert.kusto))}},
                   as_it_is);
  return text;
}

}  // namespace

std::string filled(std::string_view text, const RunbookValues& values,
                   std::string (*escape)(std::string_view)) {
  std::string out;
  while (!text.empty()) {
    const size_t begin = text.find("{{");
    const size_t end = begin == std::string_view::npos ? begin : text.find("}}", begin);
    if (end == std::string_view::npos) break;
    const std::string_view name = text.substr(begin + 2, end - begin - 2);
    const auto value =
        std::ranges::find(values, name, &std::pair<std::string_view, std::string>::first);
    out += text.substr(0, begin);
    if (value == values.end()) {
      out += text.substr(begin, end + 2 - begin);
    } else {
      const size_t line = out.rfind('\n') == std::string::npos ? 0 : out.rfind('\n') + 1;
      const size_t indent = std::min(out.find_first_not_of(' ', line), out.size()) - line;
      out += replaced(escape(value->second), "\n", "\n" + std::string(indent, ' '));
    }
    text.remove_prefix(end + 2);
  }
  return out + std::string(text);
}

std::vector<RunbookStep> runbook_steps(const RunbookAccount& account,
                                       const RunbookTemplates& templates) {
  std::vector<RunbookStep> steps;
  for (const RunbookStepTemplate& row : templates.steps) {
    if (!holds(row.when, account)) continue;
    RunbookStep step{row.id, row.title, {}};
    for (const RunbookPartTemplate& part : row.parts)
      if (holds(part.when, account)) step.parts.push_back(part_of(part, account, templates));
    steps.push_back(std::move(step));
  }
  return steps;
}

std::string write_monitoring_terraform(const RunbookTemplates& templates) {
  return monitoring(templates.terraform, templates);
}

std::string write_monitoring_bicep(const RunbookTemplates& templates) {
  return monitoring(templates.bicep, templates);
}

}  // namespace keyless
