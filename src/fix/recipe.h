// Recipe: what one rule's fix makes of one candidate in code, as edits on the file at hand.
// Refuses in words instead of guessing; a refused recipe has no edits.
#pragma once

#include <string>
#include <vector>

#include "fix/bindings.h"
#include "fix/edit.h"
#include "match/candidate.h"

namespace keyless {

struct RecipeResult {
  std::vector<Edit> edits;
  std::vector<Span> removed;  // text that goes: what it names may be unused now
  std::string refusal;        // "" when there are edits
};

// `scope`: token scope of the account's host.
RecipeResult apply_recipe(const FixSpec& fix, const Candidate& candidate, const CodeFile& file,
                          Bindings& bindings, const std::string& scope);

}  // namespace keyless
