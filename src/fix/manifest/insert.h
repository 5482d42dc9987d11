// Insert: where a new entry goes in a list of dependencies and how it is written there.
// Keeps order, indentation, quotes, separators and line ends of its neighbours.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fix/manifest/declarations.h"

namespace keyless::manifest {

// Edits that add `name` with bounds `range` to the group; after the item `beside` where the list is
// in no order. None when the group's form leaves no place.
std::vector<ManifestEdit> insert(std::string_view text, const Group& group, std::string_view name,
                                 std::string_view range, std::optional<size_t> beside);

// Edits that add a `dependencies` object with one entry to a package.json that has none.
std::vector<ManifestEdit> insert_dependencies(std::string_view text, std::string_view name,
                                              std::string_view range);

// The bounds a new entry gets in this group: `>=`, `^` or `==`, as `beside` is bound, else as the
// others are.
std::string bounds_like(std::string_view text, const Group& group, const Dependency& wanted,
                        std::optional<size_t> beside);

}  // namespace keyless::manifest
