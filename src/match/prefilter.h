// Prefilter: one search over the anchors of all rules; says which files can be left unparsed.
// Sound: a file without a hit holds nothing that any anchored rule can match.
#pragma once

#include <re2/re2.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "rule/load.h"

namespace keyless {

// Anchors of all rules, hosts and account types, in lower case, sorted, none inside another.
std::vector<std::string> all_anchors(const RuleSet& rules);

// Literals searched without case; immutable, shared by threads.
class LiteralSearch {
 public:
  // `whole_words`: a hit inside a longer word does not count.
  explicit LiteralSearch(const std::vector<std::string>& literals, bool whole_words = false);
  [[nodiscard]] bool hits(std::string_view text) const;
  [[nodiscard]] bool empty() const { return re2_ == nullptr; }
  // The same for the same search.
  [[nodiscard]] std::string id() const { return re2_ == nullptr ? "" : re2_->pattern(); }

 private:
  std::unique_ptr<re2::RE2> re2_;
};

}  // namespace keyless
