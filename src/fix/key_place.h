// Key places: what stands around a key in code, which the edits of a rule may be limited by.
// Only asks; nothing is changed. All that is given must outlive the object.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fix/bindings.h"
#include "match/candidate.h"

namespace keyless {

class KeyPlace {
 public:
  KeyPlace(const CodeFile& file, const Candidate& candidate) : file_(file), candidate_(candidate) {}

  // The call, assignment or pair; only when the candidate has one.
  [[nodiscard]] const Element& element() const {
    return file_.document.elements[candidate_.element];
  }
  // The key is an entry of a map.
  [[nodiscard]] bool is_entry() const;
  // The map that the key's entry stands in; `none` when it stands in none.
  [[nodiscard]] uint32_t own_group() const;
  // The call, or the map around the key, has an input of that name.
  [[nodiscard]] bool has_input(std::string_view name) const;
  // One of the globs fits the callee; of an entry, all that is given its map.
  [[nodiscard]] bool is_callee(const std::vector<std::string>& globs) const;
  // One of the globs fits a literal of the call.
  [[nodiscard]] bool has_text(const std::vector<std::string>& globs) const;
  // An entry of one of these names stands in the same map.
  [[nodiscard]] bool is_beside(const std::vector<std::string>& names) const;
  // `range`: package, from, below. An unknown version is in no range.
  [[nodiscard]] bool runs_with(const std::vector<std::string>& range) const;
  // The callee's name stands for classes of several names: `from m import A as C` in one branch and
  // `from m import B as C` in another.
  [[nodiscard]] bool is_ambiguous() const;
  // `m["key"] = v`, where something reads `m["key"]` by its name, which a rewrite would not find.
  [[nodiscard]] bool entry_is_read() const;

 private:
  const CodeFile& file_;
  const Candidate& candidate_;
};

}  // namespace keyless
