// Unneeded: names of settings whose every known reader is a key that a fix takes away.
// Only these may leave guards, lists of required names and settings classes.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "fix/repository.h"
#include "rule/load.h"

namespace keyless {

// A place whose key goes.
struct FixedPlace {
  std::string path;
  Span span;
  const Rule* rule = nullptr;
};

// Name -> paths of the fixes that it depends on: when one of them is given up, the name stays.
// `others` gets the settings that something else still reads as well.
std::map<std::string, std::set<std::string>> unneeded_settings(const Project& project,
                                                               const Linked& linked,
                                                               const RuleSet& rules,
                                                               const std::vector<FixedPlace>& fixed,
                                                               std::set<std::string>& others);

// Those of `names` that no client reads any more.
std::set<std::string> settings_without_use(const Linked& linked,
                                           const std::set<std::string>& names);

}  // namespace keyless
