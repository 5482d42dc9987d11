// Dead code: variables, fields, guards and imports that only fed what a fix removed.
// Works on names whose uses went; whatever still has a reader stays, and is said.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "fix/bindings.h"
#include "fix/edit.h"

namespace keyless {

// Names that lost a use in one file, and environment names that no client reads any more.
struct Suspects {
  std::set<std::string, std::less<>> names;
  std::set<std::string, std::less<>> settings;
};

// Adds the identifiers that stand in `spans`.
void add_suspects(const CodeFile& file, const std::vector<Span>& spans, Suspects& suspects);

struct DeadCode {
  std::vector<Edit> edits;
  std::vector<Span> removed;  // text that goes, where an edit keeps a part of what it replaces
  // Names imported from other files that went: module as written, name there.
  std::vector<std::pair<std::string, std::string>> released;
};

// True when a declaration of this file is used by another file.
using UsedElsewhere = std::function<bool(const Element& declaration)>;

// One round; identifiers inside what it removes become suspects for the next.
DeadCode remove_dead(const CodeFile& file, Suspects& suspects, const UsedElsewhere& used);

}  // namespace keyless
