// files: what a JSON file is by its name: settings of a program, parameters, or nothing to read.
// The one table of such names; everything that is in none of its rows is read as plain entries.
#pragma once

#include <cstdint>
#include <string_view>

namespace keyless::json {

enum class FileUse : uint8_t {
  plain,       // entries only
  settings,    // entries, and settings named by their key path
  functions,   // local.settings.json: `Values` are environment variables
  parameters,  // values of template parameters
  tfvars,      // values of Terraform variables
  skipped,     // manifests and lock files of package managers, compiler options
};

// By the last part of the root-relative path, compared without case.
FileUse file_use(std::string_view path);

// Keys of objects whose entries are environment variables, whatever is above them.
bool is_environment_key(std::string_view key);

}  // namespace keyless::json
