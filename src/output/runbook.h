// Runbook: the roll-out from keys to tokens, account by account, as steps with commands.
// Every captured value is escaped for where it stands; what is not known is marked <FILL IN: ...>.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "output/consumers.h"
#include "rule/infrastructure.h"
#include "rule/runbook.h"

namespace keyless {

// A name of Azure as the infrastructure gives it.
struct RunbookName {
  std::string text;  // "" when it is no literal that could be a name
  std::string code;  // the expression in its place, for people; ""
};

// What runs callers of an account, as far as the infrastructure says.
struct RunbookWorkload {
  std::string address;  // "azurerm_linux_web_app.api"
  std::string type;     // of the resource
  std::string place;    // "path:line"
  RunbookName name, group;
  bool user_identity = false;  // only identities of their own
};

struct RunbookAccount {
  ConsumerAccount callers;  // with label, place and service
  bool declared = false;    // the infrastructure of an account is in sight
  bool cannot_migrate = false;
  std::vector<std::string> reasons;  // why; "place: reason"
  RunbookName name, group, subdomain;
  std::string addresses;    // of accounts that are declared elsewhere, as they stand here; ""
  std::string scope;        // of the token
  std::string cloud_login;  // "" in the public cloud
  RoleRow role;
  bool role_lists_keys = false;
  std::vector<RunbookWorkload> workloads;  // sorted by place
};

struct Runbook {
  std::string version;
  std::vector<ConsumerRoot> roots;
  std::vector<RunbookAccount> accounts;
};

// A step of one account, filled in.
struct RunbookPart {
  RunbookPartKind kind = RunbookPartKind::text;
  std::string text;  // text: Markdown; shell and grants: commands; kusto: a query; "" for callers
};
struct RunbookStep {
  std::string id;
  std::string title;
  std::vector<RunbookPart> parts;
};
std::vector<RunbookStep> runbook_steps(const RunbookAccount& account,
                                       const RunbookTemplates& templates);

std::string write_runbook_markdown(const Runbook& runbook, const RunbookTemplates& templates);
// keyless-runbook/1
std::string write_runbook_json(const Runbook& runbook, const RunbookTemplates& templates);
// Diagnostic settings and alerts as a module; the same for every repository.
std::string write_monitoring_terraform(const RunbookTemplates& templates);
std::string write_monitoring_bicep(const RunbookTemplates& templates);

// "{{name}}" becomes `escape` of the value of that name; a value of several lines is indented as
// the line that it stands in. A name without a value stays as it is.
using RunbookValues = std::vector<std::pair<std::string_view, std::string>>;
std::string filled(std::string_view text, const RunbookValues& values,
                   std::string (*escape)(std::string_view));

}  // namespace keyless
