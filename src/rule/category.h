// Categories, severities and confidences: the words every finding carries, with their base values.
// One table each; severity and confidence of a finding are written once, by lineage/judge.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace keyless {

enum class Severity : uint8_t { low, medium, high };
enum class Confidence : uint8_t { low, medium, high };

enum class Category : uint8_t {
  client_key,
  http_key,
  key_read,
  key_setting,
  key_literal,
  local_auth,
  key_export,
  key_inject,
  pipeline_key,
  script_key,
  gateway_key,
  token_misuse,
  identity,
  key_doc,
  governance
};

struct CategoryRow {
  Category category;
  std::string_view name;
  Severity severity;
  std::string_view doc;
};

// table: one row per category
inline constexpr std::array<CategoryRow, 15> categories{{
    {Category::client_key, "client-key", Severity::high,
     "an SDK client or framework object is given a key, or reads one from the environment"},
    {Category::http_key, "http-key", Severity::high,
     "a raw HTTP request to an Azure AI endpoint carries a key"},
    {Category::key_read, "key-read", Severity::medium,
     "code reads a key from environment, configuration or a secret store"},
    {Category::key_setting, "key-setting", Severity::medium,
     "a configuration file holds or names a key setting"},
    {Category::key_literal, "key-literal", Severity::high, "a real key value stands in a file"},
    {Category::local_auth, "local-auth", Severity::high,
     "an account resource whose local authentication is not switched off"},
    {Category::key_export, "key-export", Severity::high,
     "infrastructure reads, outputs or stores a key"},
    {Category::key_inject, "key-inject", Severity::high,
     "infrastructure hands a key to a workload"},
    {Category::pipeline_key, "pipeline-key", Severity::high, "a CI/CD pipeline handles a key"},
    {Category::script_key, "script-key", Severity::high, "a script lists, exports or sends a key"},
    {Category::gateway_key, "gateway-key", Severity::high,
     "a gateway authenticates to the account with a key"},
    {Category::token_misuse, "token-misuse", Severity::medium, "looks keyless and is wrong"},
    {Category::identity, "identity", Severity::low,
     "a workload lacks an identity or role, or has one that is too broad"},
    {Category::key_doc, "key-doc", Severity::low, "documentation tells people to use a key"},
    {Category::governance, "governance", Severity::high,
     "a change or an exception weakens this check"},
}};

constexpr const CategoryRow& row_of(Category category) {
  return categories[static_cast<size_t>(category)];
}
constexpr std::string_view to_string(Category category) {
  return row_of(category).name;
}

constexpr std::optional<Category> category_from(std::string_view name) {
  for (const CategoryRow& row : categories)
    if (row.name == name) return row.category;
  return std::nullopt;
}

constexpr std::string_view to_string(Severity severity) {
  constexpr std::array<std::string_view, 3> names{"low", "medium", "high"};
  return names[static_cast<size_t>(severity)];
}
constexpr std::string_view to_string(Confidence confidence) {
  constexpr std::array<std::string_view, 3> names{"low", "medium", "high"};
  return names[static_cast<size_t>(confidence)];
}

}  // namespace keyless
