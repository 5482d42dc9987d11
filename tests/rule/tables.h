// Reads a table of rules/ for the tests of names and hosts, without the other rules.
// Promises the parsed file or a failed test.
#pragma once

#include <fstream>
#include <sstream>
#include <string>

#include "base/yaml.h"
#include "catch.h"

namespace keyless {

inline YamlNode rule_table(const std::string& name) {
  std::ifstream file(std::string(KEYLESS_SOURCE_DIR) + "/rules/" + name);
  std::ostringstream text;
  text << file.rdbuf();
  auto tree = parse_yaml(text.str(), name);
  REQUIRE(tree);
  return std::move(*tree);
}

}  // namespace keyless
