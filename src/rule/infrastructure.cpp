#include "rule/infrastructure.h"

#include <algorithm>

#include "base/text.h"
#include "rule/fields.h"

namespace keyless {
namespace {

bool fits_any(const std::vector<std::string>& globs, std::string_view text) {
  return std::any_of(globs.begin(), globs.end(),
                     [&](const std::string& glob) { return wildcard_matches(glob, text); });
}

}  // namespace

bool InfrastructureTemplates::is_workload(std::string_view type) const {
  return fits_any(workloads, type);
}

Result<Infrastructure> Infrastructure::load(const YamlNode& file, std::string_view path) {
  Infrastructure loaded;
  std::optional<Diagnostic> problem;
  const auto keep = [&](Fields& fields) {
    if (!problem) problem = fields.finish();
  };
  for (const auto& [name, node] : file.fields) {
    if (name == "roles") {
      for (const auto& [use, row] : node.fields) {
        Fields f(row, path, "a role");
        loaded.roles_.push_back({use, f.text("id"), f.text("name"), f.text("word")});
        keep(f);
      }
    } else if (name == "assignments") {
      for (const YamlNode& item : node.items) loaded.assignments_.push_back(item.scalar);
    } else if (name == "smoke_test") {
      Fields f(node, path, "the smoke test");
      loaded.smoke_test_ = {f.texts("actions"), f.texts("commands"), f.text("name"),
                            f.text("endpoint"), f.text("step")};
      keep(f);
    } else {
      Fields f(node, path, "a language's infrastructure");
      InfrastructureTemplates t;
      t.language = name;
      t.workloads = f.texts("workloads");
      t.identity_type = f.text("identity_type");
      t.identity_ids = f.text("identity_ids");
      t.user_identity = f.text("user_identity");
      t.principal = f.text("principal");
      t.user_principal = f.text("user_principal");
      t.client_id = f.text("client_id");
      t.scope = f.text("scope");
      t.subdomain = f.text("subdomain");
      t.identity = f.text("identity");
      t.role = f.text("role");
      t.output = f.text("output");
      keep(f);
      loaded.languages_.push_back(std::move(t));
    }
  }
  if (problem) return fail(*problem);
  const auto known = [&](std::string_view use) {
    return std::any_of(loaded.roles_.begin(), loaded.roles_.end(),
                       [&](const RoleRow& row) { return row.use == use; });
  };
  if (!known("openai") || !known("other"))
    return fail(Diagnostic{
        Problem::bad_input, std::string(path), 1, "needs the roles 'openai' and 'other'", {}});
  return loaded;
}

const InfrastructureTemplates* Infrastructure::of(std::string_view language) const {
  for (const InfrastructureTemplates& t : languages_)
    if (t.language == language) return &t;
  return nullptr;
}

const RoleRow& Infrastructure::role_for(std::string_view service) const {
  const std::string_view use = service == "openai" || service.empty() ? "openai" : "other";
  return *std::find_if(roles_.begin(), roles_.end(),
                       [&](const RoleRow& row) { return row.use == use; });
}

bool Infrastructure::is_assignment(std::string_view type) const {
  return fits_any(assignments_, type);
}

}  // namespace keyless
