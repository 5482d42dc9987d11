// fields: reads typed fields of a YAML map by a table of rows and collects what is wrong.
// Unknown keys and wrong types are errors with the line and the list of known keys.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/yaml.h"

namespace keyless {

class Fields {
 public:
  Fields(const YamlNode& node, std::string_view path, std::string_view what);

  // The field, or nothing; each read marks the key as known.
  std::string text(std::string_view key);
  std::vector<std::string> texts(std::string_view key);  // a scalar is a list of one
  std::vector<int> integers(std::string_view key);
  std::vector<std::pair<std::string, std::string>> pairs(std::string_view key);
  std::optional<int> number(std::string_view key);
  const YamlNode* node(std::string_view key);

  void bad(uint32_t line, std::string message, std::string mend = {});
  // Reports keys that nobody read; then the first problem, if any.
  [[nodiscard]] std::optional<Diagnostic> finish();

 private:
  const YamlNode& node_;
  std::string path_;
  std::string what_;
  std::vector<std::string> known_;
  std::optional<Diagnostic> problem_;
};

}  // namespace keyless
