// The rule files that are compiled into the binary, written by scripts/embed at build time.
// Sorted by path; paths are relative to rules/ with '/', texts live as long as the program.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "base/yaml.h"

namespace keyless {

struct EmbeddedFile {
  std::string_view path;
  std::string_view text;
};

std::span<const EmbeddedFile> embedded_rules();

// The same files parsed, without their examples: one packed map (path -> tree) after the other.
std::string_view packed_rules();

// One table, `name` as "_controls.yaml", for commands that alone need it: a scan does not pay for it.
Result<YamlNode> embedded_table(std::string_view name);

// SHA-256 over the list "digest  path" of all of them, as `sha256sum` prints it.
std::string embedded_rules_digest();

}  // namespace keyless
