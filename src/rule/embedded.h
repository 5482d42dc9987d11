// The rule files that are compiled into the binary, written by scripts/embed at build time.
// Sorted by path; paths are relative to rules/ with '/', texts live as long as the program.
#pragma once

#include <span>
#include <string_view>

namespace keyless {

struct EmbeddedFile {
  std::string_view path;
  std::string_view text;
};

std::span<const EmbeddedFile> embedded_rules();

// The same files parsed, without their examples: one packed map (path -> tree) after the other.
std::string_view packed_rules();

}  // namespace keyless
