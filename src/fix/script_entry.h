// Script entries: a header of JavaScript that carries a key, rewritten by the place it stands in.
// A token belongs to one request: an entry that is made once for many is refused in words.
#pragma once

#include <functional>
#include <string>

#include "fix/bindings.h"
#include "fix/recipe.h"
#include "match/candidate.h"

namespace keyless {

class ScriptEntry {
 public:
  // Turns code of a rule into code of this file. All must outlive the object.
  using Code = std::function<std::string(const std::string&)>;

  // `gate`: the variable of the switch, "" without one; the key stays where it is off.
  ScriptEntry(const CodeFile& file, const Candidate& candidate, const Code& code, std::string gate)
      : file_(file),
        d_(file.document),
        candidate_(candidate),
        code_(code),
        gate_(std::move(gate)) {}

  // True when the entry stands inside one of these: a map entry of that name, or a call whose
  // symbol fits the wildcard.
  [[nodiscard]] bool within(const std::vector<std::string>& places) const;

  // The name and the value become others; nothing is written where no token can be awaited.
  void replace(const EditSpec& edit, RecipeResult& result) const;
  // The entry goes, with the map around it when it was the only one there.
  void remove(RecipeResult& result) const;
  // A statement behind the one that makes the entry's client; `$target` is its variable.
  void add_behind(const EditSpec& edit, RecipeResult& result) const;

 private:
  void choose(const std::string& on, Span value, RecipeResult& result) const;
  [[nodiscard]] const Element* pair() const;
  [[nodiscard]] const Element* pair_around(Span span) const;
  [[nodiscard]] Span value_behind(uint32_t name_end) const;
  [[nodiscard]] bool alone(const Element& pair) const;
  // What stops the use of `await`; "" when nothing does. May add `async` to the function.
  [[nodiscard]] std::string stopped(const EditSpec& edit, RecipeResult& result) const;
  [[nodiscard]] bool returns_promise(const EditSpec& edit, ScopeId function) const;

  const CodeFile& file_;
  const Document& d_;
  const Candidate& candidate_;
  const Code& code_;
  std::string gate_;
};

}  // namespace keyless
