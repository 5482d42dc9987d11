#include "match/matcher.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "match/matchers.h"
#include "syntax/languages.h"

namespace keyless {
namespace {

// table: what looks at a Document
constexpr std::array document_matchers{match_calls,    match_assigns,  match_pairs,
                                       match_reads,    match_settings, match_resources,
                                       match_commands, match_literals};

std::unique_ptr<re2::RE2> compile(const std::string& pattern) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_encoding(re2::RE2::Options::EncodingLatin1);
  return std::make_unique<re2::RE2>(pattern, options);
}

// The part of a symbol glob behind its last dot, when no star is in it.
std::string last_name(std::string_view glob) {
  const std::string_view last = after_last(glob, '.');
  return last.find('*') == std::string_view::npos ? std::string(last) : std::string{};
}

bool earlier(const Candidate& a, const Candidate& b) {
  return std::pair(a.span.begin, a.span.end) < std::pair(b.span.begin, b.span.end);
}

}  // namespace

Matcher::Matcher(const RuleSet& rules) : rules_(rules), by_kind_(matchers_count) {
  for (const Rule& rule : rules.rules) {
    by_kind_[static_cast<size_t>(rule.match.kind)].push_back(&rule);
    const bool by_callee =
        rule.match.kind == MatchKind::call || rule.match.kind == MatchKind::implicit;
    if (by_callee) {
      if (!rule.match.member.empty()) calls_[rule.match.member].push_back(&rule);
      for (const std::string& glob : rule.match.to) {
        const std::string last = last_name(glob);
        Rules& into = last.empty() ? any_call_ : calls_[last];
        if (into.empty() || into.back() != &rule) into.push_back(&rule);
      }
    }
    const std::string& pattern =
        rule.match.kind == MatchKind::text ? rule.match.re2 : rule.match.value;
    if (!pattern.empty()) patterns_.push_back({&rule, compile(pattern)});
  }
  for (auto& [name, list] : calls_) list.insert(list.end(), any_call_.begin(), any_call_.end());
}

const Matcher::Rules& Matcher::calls_of(std::string_view last_name) const {
  const auto it = calls_.find(std::string(last_name));
  return it == calls_.end() ? any_call_ : it->second;
}

std::vector<Candidate> Matcher::match(const Document& document) const {
  std::vector<Candidate> found;
  const ImportTable imports(document);
  const MatchContext context{*this, document, imports, found};
  for (const auto matcher : document_matchers) matcher(context);
  // Rules of other languages never reach a verdict.
  std::erase_if(found, [&](const Candidate& c) {
    return std::none_of(
        c.rule->languages.begin(), c.rule->languages.end(),
        [&](const std::string& l) { return language_matches(l, document.language); });
  });
  std::stable_sort(found.begin(), found.end(), earlier);
  return found;
}

}  // namespace keyless
