#include "syntax/json/files.h"

#include <array>

#include "base/text.h"

namespace keyless::json {
namespace {

struct FileRow {
  std::string_view name;  // wildcard on the last part of the path, lower case
  FileUse kind;
};

// table: file name -> how it is read; the first row that fits
constexpr std::array<FileRow, 40> rows{{
    {"package.json", FileUse::skipped},
    {"package-lock.json", FileUse::skipped},
    {"npm-shrinkwrap.json", FileUse::skipped},
    {"*.lock.json", FileUse::skipped},
    {"*-lock.json", FileUse::skipped},
    {"composer.json", FileUse::skipped},
    {"tsconfig*.json", FileUse::skipped},
    {"jsconfig*.json", FileUse::skipped},
    {"project.assets.json", FileUse::skipped},
    {"*.deps.json", FileUse::skipped},
    {"*.runtimeconfig.json", FileUse::skipped},
    {"*.schema.json", FileUse::skipped},
    {"createuidefinition.json", FileUse::plain},
    {"*.tfvars.json", FileUse::tfvars},
    {"*.parameters.json", FileUse::parameters},
    {"*.parameters.*.json", FileUse::parameters},
    {"parameters.json", FileUse::parameters},
    {"parameters.*.json", FileUse::parameters},
    {"*.params.json", FileUse::parameters},
    {"*local.settings*.json", FileUse::functions},
    {"appsettings*.json", FileUse::settings},
    {"launchsettings.json", FileUse::settings},
    {"launch.json", FileUse::settings},
    {"settings*.json", FileUse::settings},
    {"*settings.json", FileUse::settings},
    {"*.settings.*.json", FileUse::settings},
    {"config*.json", FileUse::settings},
    {"*config.json", FileUse::settings},
    {"*.config.*.json", FileUse::settings},
    {"oai_config_list*", FileUse::settings},
    {"*secrets*.json", FileUse::settings},
    {"*credentials*.json", FileUse::settings},
    {"connections.json", FileUse::settings},
    {"devcontainer.json", FileUse::settings},
    {"mcp.json", FileUse::settings},
    {".mcp.json", FileUse::settings},
    {"*.env.json", FileUse::settings},
    {"env*.json", FileUse::settings},
    {"*environment*.json", FileUse::settings},
    {"*.local.json", FileUse::settings},
}};

// table: objects of environment variables (launch profiles, servers, containers)
constexpr std::array<std::string_view, 5> environment_keys{"environmentVariables", "env",
                                                           "containerEnv", "remoteEnv", "envVars"};

}  // namespace

FileUse file_use(std::string_view path) {
  std::string name = to_lower(after_last(path, '/'));
  // A sample is read as what it is a sample of.
  for (const std::string_view end : {".example", ".sample", ".template", ".dist"})
    if (name.ends_with(end)) name.resize(name.size() - end.size());
  for (const FileRow& row : rows)
    if (wildcard_matches(row.name, name)) return row.kind;
  return FileUse::plain;
}

bool is_environment_key(std::string_view key) {
  for (const std::string_view name : environment_keys)
    if (key == name) return true;
  return false;
}

}  // namespace keyless::json
