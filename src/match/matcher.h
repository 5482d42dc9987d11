// Matcher: all rules of a set against one Document, or against plain text; one walk serves all.
// Immutable after construction: shared by threads. Judges nothing; evidence is lineage's work.
#pragma once

#include <re2/re2.h>

#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "match/candidate.h"
#include "rule/load.h"
#include "source/source_file.h"

namespace keyless {

class Matcher {
 public:
  // `rules` must outlive the matcher.
  explicit Matcher(const RuleSet& rules);

  // Candidates of every rule of the document's language, in element order.
  [[nodiscard]] std::vector<Candidate> match(const Document& document) const;

  // Candidates of text rules in a file of any format; spans are offsets into `text`.
  [[nodiscard]] std::vector<Candidate> match_text(std::string_view text) const;

  [[nodiscard]] const RuleSet& rules() const { return rules_; }

  struct Pattern {
    const Rule* rule;
    std::unique_ptr<re2::RE2> re2;
  };
  using Rules = std::vector<const Rule*>;
  [[nodiscard]] const Rules& of(MatchKind kind) const {
    return by_kind_[static_cast<size_t>(kind)];
  }
  // Call and implicit rules whose symbol may end with this name.
  [[nodiscard]] const Rules& calls_of(std::string_view last_name) const;
  [[nodiscard]] const std::vector<Pattern>& patterns() const { return patterns_; }

 private:
  const RuleSet& rules_;
  std::vector<Rules> by_kind_;
  std::unordered_map<std::string, Rules> calls_;
  Rules any_call_;
  std::vector<Pattern> patterns_;
};

}  // namespace keyless
