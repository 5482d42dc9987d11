// Script gate: what `--strategy gated` writes in JavaScript: the key stays in one branch of a choice
// by the switch, the token stands in the other, and each branch is whole.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "fix/bindings.h"
#include "fix/recipe.h"
#include "fix/script_entry.h"
#include "match/candidate.h"
#include "rule/fix_spec.h"

namespace keyless {

class ScriptGate {
 public:
  using Named = std::pair<std::string, std::string>;  // input, code with variables

  // `gate`: the variable of the switch. All must outlive the object.
  ScriptGate(const CodeFile& file, const Candidate& candidate, const FixSpec& fix,
             const ScriptEntry::Code& code, std::string gate)
      : file_(file), candidate_(candidate), fix_(fix), code_(code), gate_(std::move(gate)) {}

  // `...(gate ? { azureADTokenProvider } : { apiKey: key })`
  void replace_property(const std::vector<Named>& with, RecipeResult& result) const;
  // `gate ? credential : new AzureKeyCredential(key)`, or two calls where types tell them apart.
  void replace_value(const std::string& wanted, RecipeResult& result) const;
  // `...(gate ? { azureADTokenProvider } : {})`
  [[nodiscard]] std::string optional(const std::vector<Named>& with) const;

 private:
  [[nodiscard]] bool is_property(Span value) const;
  [[nodiscard]] std::string entries_of(const std::vector<Named>& with) const;

  const CodeFile& file_;
  const Candidate& candidate_;
  const FixSpec& fix_;
  const ScriptEntry::Code& code_;
  std::string gate_;
};

}  // namespace keyless
