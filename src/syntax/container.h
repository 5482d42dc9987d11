// Container: the construct that holds a setting. It decides the category, not the language.
// The one table of container names; rules spell them exactly as here.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>

namespace keyless {

enum class Container : uint8_t {
  unset,
  dotenv,
  json_settings,
  compose,
  yaml_settings,
  gha_env,           // workflow, job or step `env:`
  gha_with,          // `with:` of a step
  gha_secret_input,  // `secrets:` handed to a reusable workflow
  gha_run,           // a name that a `run:` script sets, exports, writes or passes on
  app_settings,      // app settings and environment variables of a workload
  container_env,     // `env` of a container
  container_secret,  // `secrets` of a container app
  iac_parameter,     // variable, param, tfvars entry, parameter file entry, module argument
  output,            // output of a module or deployment
  vault_secret,      // secret stored in a vault
  iac_local,         // Terraform local, Bicep variable
  pipeline_secret,   // secret of a pipeline, written by infrastructure
  named_value,       // named value of an API gateway
  code_env,          // code that sets an environment variable
  code_map,          // a literal map in code with an entry named like an environment variable
};

// table: names used in rules and reports
inline constexpr std::array<std::pair<Container, std::string_view>, 19> container_names{{
    {Container::dotenv, "dotenv"},
    {Container::json_settings, "json-settings"},
    {Container::compose, "compose"},
    {Container::yaml_settings, "yaml-settings"},
    {Container::gha_env, "gha-env"},
    {Container::gha_with, "gha-with"},
    {Container::gha_secret_input, "gha-secret-input"},
    {Container::gha_run, "gha-run"},
    {Container::app_settings, "app-settings"},
    {Container::container_env, "container-env"},
    {Container::container_secret, "container-secret"},
    {Container::iac_parameter, "iac-parameter"},
    {Container::output, "output"},
    {Container::vault_secret, "vault-secret"},
    {Container::iac_local, "iac-local"},
    {Container::pipeline_secret, "pipeline-secret"},
    {Container::named_value, "named-value"},
    {Container::code_env, "code-env"},
    {Container::code_map, "code-map"},
}};

constexpr std::string_view to_string(Container container) {
  for (const auto& [value, name] : container_names)
    if (value == container) return name;
  return "none";
}

constexpr std::optional<Container> container_from(std::string_view name) {
  for (const auto& [value, text] : container_names)
    if (text == name) return value;
  return std::nullopt;
}

}  // namespace keyless
