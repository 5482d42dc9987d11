#include "match/prefilter.h"

#include <algorithm>
#include <set>
#include <unordered_map>

namespace keyless {

std::vector<std::string> all_anchors(const RuleSet& rules) {
  std::vector<std::string> all = rules.hosts.anchors();
  const auto add = [&all](const std::vector<std::string>& more) {
    all.insert(all.end(), more.begin(), more.end());
  };
  add(rules.resources.anchors());
  // Rules on names share one list; it is long enough to be taken once.
  std::set<std::string> names_seen;
  for (const Rule& rule : rules.rules) {
    const bool by_name = rule.anchors.empty() && !(rule.match.key + rule.match.near).empty() &&
                         rule.match.check.empty();
    if (by_name && !names_seen.insert(rule.match.key + "|" + rule.match.near).second) continue;
    add(anchors_of(rule, rules));
  }
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
  // A literal that holds another is found with it. Only those that begin like the place in question
  // are compared: every start of the program pays for this.
  const auto beginning = [](std::string_view text) { return text.substr(0, 3); };
  std::unordered_map<std::string_view, std::vector<std::string_view>> by_beginning;
  for (const std::string& literal : all) by_beginning[beginning(literal)].push_back(literal);
  const auto holds_other = [&](std::string_view literal) {
    for (size_t at = 0; at < literal.size(); ++at) {
      const std::string_view rest = literal.substr(at);
      // Literals shorter than a beginning are a beginning of their own.
      for (size_t length = 1; length <= std::min<size_t>(3, rest.size()); ++length) {
        const auto found = by_beginning.find(rest.substr(0, length));
        if (found == by_beginning.end()) continue;
        for (const std::string_view other : found->second)
          if (other != literal && rest.starts_with(other)) return true;
      }
    }
    return false;
  };
  std::vector<std::string> shortest;
  for (const std::string& literal : all)
    if (!holds_other(literal)) shortest.push_back(literal);
  return shortest;
}

LiteralSearch::LiteralSearch(const std::vector<std::string>& literals, bool whole_words) {
  if (literals.empty()) return;
  std::string pattern;
  for (const std::string& literal : literals)
    pattern += (pattern.empty() ? "" : "|") + re2::RE2::QuoteMeta(literal);
  if (whole_words) pattern = "\\b(?:" + pattern + ")\\b";
  re2::RE2::Options options;
  options.set_encoding(re2::RE2::Options::EncodingLatin1);
  options.set_case_sensitive(false);
  options.set_log_errors(false);
  options.set_never_capture(true);
  options.set_max_mem(int64_t{64} << 20);
  re2_ = std::make_unique<re2::RE2>(pattern, options);
}

bool LiteralSearch::hits(std::string_view text) const {
  return re2_ != nullptr && re2_->Match(re2::StringPiece(text.data(), text.size()), 0, text.size(),
                                        re2::RE2::UNANCHORED, nullptr, 0);
}

}  // namespace keyless
