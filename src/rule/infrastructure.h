// Infrastructure: how a workload gets an identity and a role on an account, per language
// (rules/_infrastructure.yaml). Text is code with `$workload`, `$account`, `$role` ... in it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/yaml.h"

namespace keyless {

struct RoleRow {
  std::string use;   // "openai": callers of OpenAI only; "other"
  std::string id;    // GUID
  std::string name;  // for people
  std::string word;  // for names of what is written
};

struct InfrastructureTemplates {
  std::string language;
  std::vector<std::string> workloads;  // globs on resource types
  std::string identity_type;           // attribute
  std::string identity_ids;            // attribute
  std::string user_identity;           // type of a user-assigned identity
  std::string principal;               // expressions
  std::string user_principal;
  std::string client_id;
  std::string scope;
  std::string subdomain;  // attribute of an account
  std::string identity;   // blocks
  std::string role;
  std::string output;

  [[nodiscard]] bool is_workload(std::string_view type) const;
};

// A step of a workflow behind the deployment, with `$endpoint_value`, `$scope`, `$condition` in it.
struct SmokeTestTemplate {
  std::vector<std::string> actions;   // in lower case, without version
  std::vector<std::string> commands;  // words as they stand in a script
  std::string name;                   // of the step; nothing else is named so
  std::string endpoint;  // variable that is asked for where no setting says the endpoint
  std::string step;
};

class Infrastructure {
 public:
  static Result<Infrastructure> load(const YamlNode& file, std::string_view path);

  // nullptr for a language without templates.
  [[nodiscard]] const InfrastructureTemplates* of(std::string_view language) const;
  // The least role for a caller of that service.
  [[nodiscard]] const RoleRow& role_for(std::string_view service) const;
  [[nodiscard]] bool is_assignment(std::string_view type) const;
  [[nodiscard]] const SmokeTestTemplate& smoke_test() const { return smoke_test_; }

 private:
  std::vector<InfrastructureTemplates> languages_;
  std::vector<RoleRow> roles_;
  std::vector<std::string> assignments_;
  SmokeTestTemplate smoke_test_;
};

}  // namespace keyless
