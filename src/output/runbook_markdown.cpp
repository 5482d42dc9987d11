// The runbook for people: one section an account, its steps numbered, commands ready to copy.
#include <fmt/format.h>

#include <array>

#include "output/markdown_text.h"
#include "output/runbook.h"

namespace keyless {

namespace {

std::string place_of_caller(const AccountConsumer& consumer) {
  return consumer.line > 0 ? consumer.name + ":" + std::to_string(consumer.line) : consumer.name;
}

std::string fenced(std::string_view language, std::string_view text) {
  const std::string_view end = text.ends_with('\n') ? "" : "\n";
  return fmt::format("```{}\n{}{}```\n", language, text, end);
}

std::string callers(const RunbookAccount& account) {
  if (account.callers.consumers.empty()) return {};
  std::string text = "| state | caller | what |\n|---|---|---|\n";
  for (const AccountConsumer& consumer : account.callers.consumers) {
    std::string what = markdown_text(consumer.what);
    if (!consumer.owner.empty())
      what += fmt::format(" ({}, until {})", markdown_text(consumer.owner),
                          markdown_text(consumer.until));
    text += fmt::format("| {} | {} | {} |\n", to_string(consumer.state),
                        markdown_code(place_of_caller(consumer)), what);
  }
  return text;
}

std::string part_text(const RunbookPart& part, const RunbookAccount& account) {
  switch (part.kind) {
    case RunbookPartKind::shell:
      return fenced("sh", part.text);
    case RunbookPartKind::kusto:
      return fenced("kusto", part.text);
    case RunbookPartKind::callers:
      return callers(account);
    default:
      return part.text;
  }
}

std::string_view verdict(const RunbookAccount& account) {
  if (account.cannot_migrate) return "cannot migrate: no lock";
  return is_safe(account.callers) ? "every known caller is keyless" : "not ready to be locked";
}

std::string overview(const Runbook& runbook) {
  std::string text = "# Roll-out: from keys to tokens\n\n";
  for (const ConsumerRoot& root : runbook.roots)
    text +=
        fmt::format("- Repository {} at commit {}\n", markdown_code(root.id),
                    root.commit.empty() ? "unknown (not under Git)" : markdown_code(root.commit));
  text += fmt::format("- keyless {}\n\n", runbook.version);
  if (runbook.accounts.empty())
    return text +
           "No key and no account was found here. Callers may still be elsewhere: see "
           "\"Monitoring\".\n";
  text += "| account | place | callers | of them with a key, or not known | verdict |\n";
  text += "|---|---|---:|---:|---|\n";
  for (const RunbookAccount& account : runbook.accounts) {
    size_t blocking = 0;
    for (const AccountConsumer& consumer : account.callers.consumers)
      if (blocks_lock(consumer.state)) ++blocking;
    const std::string& place = account.callers.place;
    text += fmt::format("| {} | {} | {} | {} | {} |\n", markdown_code(account.callers.label),
                        place.empty() ? "-" : markdown_code(place),
                        account.callers.consumers.size(), blocking, verdict(account));
  }
  return text +
         "\n`<FILL IN: ...>` marks what the repository does not say. Nothing here was asked of "
         "Azure: check each answer before the next step.\n";
}

std::string monitoring(const RunbookTemplates& templates) {
  std::string text = "\n## Monitoring\n\n" + templates.monitoring;
  for (const RunbookQuery& query : templates.queries)
    text += fmt::format("\n### {}\n\n{}", query.title, fenced("kusto", query.kusto));
  text += "\n### As Terraform\n\n" + fenced("terraform", write_monitoring_terraform(templates));
  text += "\n### As Bicep\n\n" + fenced("bicep", write_monitoring_bicep(templates));
  return text + "\n### Keep it so\n\n" + templates.policy + "\n" +
         fenced("sh", templates.policy_shell);
}

}  // namespace

std::string write_runbook_markdown(const Runbook& runbook, const RunbookTemplates& templates) {
  std::string text = overview(runbook);
  for (const RunbookAccount& account : runbook.accounts) {
    text += fmt::format("\n## {}\n", markdown_code(account.callers.label));
    size_t number = 0;
    for (const RunbookStep& step : runbook_steps(account, templates)) {
      text += fmt::format("\n### {}. {}\n", ++number, step.title);
      for (const RunbookPart& part : step.parts) {
        const std::string rendered = part_text(part, account);
        if (!rendered.empty()) text += "\n" + rendered;
      }
    }
  }
  return text + monitoring(templates);
}

}  // namespace keyless
