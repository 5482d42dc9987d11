// frontier: what the parsed files point at and nobody has parsed yet: paths by structure, and the
// names of live lineages that unparsed files may spell.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "lineage/verdict.h"

namespace keyless {

// Files that belong to the parsed ones: Terraform of the same module and of called modules, Bicep
// modules and parameter files, code modules that files with candidates import. Sorted.
// The project has one root.
std::vector<std::string> structural_frontier(const Project& project);

// A name to search for, and the folder prefix below which it may be meant ("" everywhere).
struct FrontierName {
  std::string name;
  std::string folder;
  auto operator<=>(const FrontierName&) const = default;
};

// Names of secrets that other roots may spell too.
std::set<std::string> shared_names(const Graph& graph);

// Names at the ends of live lineages, at most `most`, strong first. Live: reached from or reaching
// an account, a strong name or a decided Azure sink. `opinions`: of decide(linked).
std::set<FrontierName> name_frontier(const Linked& linked, const std::vector<Opinion>& opinions,
                                     size_t most);

}  // namespace keyless
