// Runbook templates: the steps of a roll-out, queries, alerts and snippets (rules/_runbook.yaml).
// Loaded by the one command that prints them; promises that each part is of one kind and not empty.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"

namespace keyless {

enum class RunbookPartKind : uint8_t {
  text,
  shell,
  kusto,
  callers,  // the table of callers
  reasons,  // why the account cannot migrate
  grants,   // the commands of its workloads
};
std::string_view to_string(RunbookPartKind kind);

struct RunbookPartTemplate {
  RunbookPartKind kind = RunbookPartKind::text;
  std::string when;  // "", a fact, or "not FACT"
  std::string text;  // with {{name}}; "" for what the program writes itself
};

struct RunbookStepTemplate {
  std::string id;
  std::string title;
  std::string when;
  std::vector<RunbookPartTemplate> parts;
};

struct RunbookWorkloadRow {
  std::vector<std::string> types;  // globs on resource types
  std::string shell;
};

struct RunbookCloud {
  std::string name;                    // as in _hosts.yaml
  std::vector<std::string> locations;  // globs
  std::string login;                   // for `az cloud set`
};

struct RunbookProbe {
  std::vector<std::string> services;  // globs
  std::string path;
  std::string header;
};

struct RunbookQuery {
  std::string id;
  std::string title;
  std::string kusto;
};

struct RunbookAlert {
  std::string id;  // an identifier in Terraform and Bicep
  std::string name;
  std::string about;
  std::string kusto;
};

struct RunbookSnippet {
  std::string head;
  std::string alert;
};

// How exported diagnostic logs name things; everything in lower case.
struct LogWords {
  // Columns, the first that is there counts.
  std::vector<std::string> time, account, category, operation, status, address, properties;
  std::string identity, deployment;             // members of the properties
  std::vector<std::string> calls, audits;       // categories
  std::vector<std::string> key_reads, refused;  // operations of audits; statuses of calls
};

struct RunbookTemplates {
  std::vector<std::string> name, group, subdomain, location, identity;  // attributes
  std::vector<std::string> no_accounts;                                 // first labels of hosts
  std::vector<RunbookCloud> clouds;
  std::vector<RunbookProbe> probes;
  std::vector<RunbookWorkloadRow> workloads;
  std::string user_identity, unknown_workload, grant;
  std::vector<RunbookStepTemplate> steps;
  std::vector<RunbookQuery> queries;
  std::vector<RunbookAlert> alerts;
  std::string monitoring, policy, policy_shell;
  RunbookSnippet terraform, bicep;
  LogWords log;

  static Result<RunbookTemplates> load(const YamlNode& file, std::string_view path);
  // The table in the binary.
  static Result<RunbookTemplates> load_embedded();

  // Null for a type that is no workload.
  [[nodiscard]] const RunbookWorkloadRow* workload(std::string_view type) const;
  [[nodiscard]] const RunbookProbe& probe(std::string_view service) const;
  // Null for the public cloud.
  [[nodiscard]] const RunbookCloud* cloud_at(std::string_view place) const;
};

}  // namespace keyless
