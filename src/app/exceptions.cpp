#include "app/exceptions.h"

#include <algorithm>
#include <tuple>

#include "base/glob.h"
#include "base/text.h"
#include "output/place.h"

namespace keyless {

namespace {

template <class Some>
std::string words_of(const Some& exception) {
  return exception.reason + " (" + exception.owner + ", " + exception.ticket + ", until " +
         exception.until + ")";
}

std::string until_words(const std::string& until, const std::string& owner) {
  return "it ended on " + until + "; its owner is " + owner;
}

const Rule* find_rule(const RuleSet& rules, const std::string& id) {
  const auto found = std::ranges::find(rules.rules, id, &Rule::id);
  return found == rules.rules.end() ? nullptr : &*found;
}

bool speaks_of(const Report& report, const PlacedException& placed, const Finding& finding) {
  if (finding.rule != placed.exception.rule || finding.path != placed.path) return false;
  const Place place = place_of(report, finding.root, finding.path, finding.span);
  return place.start.line <= placed.exception.target && placed.exception.target <= place.end.line;
}

class Excuses {
 public:
  Excuses(const Report& report, uint32_t root, const RuleSet& rules, const std::string& today)
      : report_(report), root_(root), rules_(rules), today_(today) {}

  void take(const Exception& exception, const std::string& file) {
    const auto glob = Glob::parse(exception.path);
    if (!glob) return;                           // parse_configuration has refused it
    const bool over = exception.until < today_;  // both YYYY-MM-DD
    Change problem{"", file, exception.line, {}, exception.rule + " " + exception.path, ""};
    const size_t fits = apply(exception, over, [&](const Finding& finding) {
      return finding.rule == exception.rule && glob->covers(finding.path);
    });
    if (fits == 0) {
      add(problem, "exception-unused", exception.rule + " in " + exception.path);
    } else if (over) {
      add(problem, "exception-expired", until_words(exception.until, exception.owner));
    }
  }

  void take(const PlacedException& placed) {
    const InlineException& exception = placed.exception;
    Change problem{"", placed.path, exception.line, exception.span, exception.rule, ""};
    const Rule* rule = find_rule(rules_, exception.rule);
    if (!exception.problem.empty() || rule == nullptr)
      return add(problem, "exception-invalid",
                 exception.problem.empty() ? "there is no rule '" + exception.rule + "'"
                                           : "it " + exception.problem);
    const auto fits = [&](const Finding& finding) { return speaks_of(report_, placed, finding); };
    // A value whose checksum holds is a key beyond doubt.
    if (rule->category == Category::key_literal && !rule->match.check.empty())
      return add(problem, "exception-refused", "");
    const bool over = exception.until < today_;
    if (apply(exception, over, fits) == 0)
      add(problem, "exception-unused", exception.rule);
    else if (over)
      add(problem, "exception-expired", until_words(exception.until, exception.owner));
  }

  Excused result() { return std::move(result_); }

 private:
  template <class Some, class Fits>
  size_t apply(const Some& exception, bool over, const Fits& fits) {
    size_t count = 0;
    for (const Finding& finding : report_.findings) {
      if (finding.root != root_ || !fits(finding)) continue;
      ++count;
      if (!over) result_.by_key.emplace(gate_key(finding), words_of(exception));
    }
    return count;
  }

  void add(Change change, std::string_view kind, std::string words) {
    change.kind = kind;
    change.words = std::move(words);
    result_.problems.push_back(std::move(change));
  }

  const Report& report_;
  uint32_t root_;
  const RuleSet& rules_;
  const std::string& today_;
  Excused result_;
};

}  // namespace

Excused excuse(const Report& report, uint32_t root, const Configuration& configuration,
               const std::vector<PlacedException>& in_comments, const RuleSet& rules,
               const std::string& today) {
  Excuses excuses(report, root, rules, today);
  // A configuration outside the root has no path there.
  const std::string file = after_last(configuration.path, '/').empty()
                               ? std::string(configuration_file)
                               : std::string(after_last(configuration.path, '/'));
  for (const Exception& exception : configuration.exceptions) excuses.take(exception, file);
  for (const PlacedException& placed : in_comments) excuses.take(placed);
  return excuses.result();
}

SortedExceptions compare_exceptions(const std::vector<PlacedException>& before,
                                    const std::vector<PlacedException>& after) {
  SortedExceptions sorted;
  std::vector<bool> used(before.size(), false);
  const auto take = [&](const PlacedException& placed, bool same_path) {
    for (size_t i = 0; i < before.size(); ++i) {
      const InlineException& old = before[i].exception;
      if (used[i] || old.rule != placed.exception.rule || !old.problem.empty()) continue;
      const bool fits = same_path
                            ? before[i].path == placed.path && placed.exception.until <= old.until
                            : placed.exception.until == old.until &&
                                  std::tie(placed.exception.owner, placed.exception.ticket,
                                           placed.exception.reason) ==
                                      std::tie(old.owner, old.ticket, old.reason);
      if (!fits) continue;
      used[i] = true;
      return true;
    }
    return false;
  };
  std::vector<const PlacedException*> left;
  for (const PlacedException& placed : after) {
    // What is not whole excuses nothing, so it adds nothing either.
    if (!placed.exception.problem.empty() || take(placed, true))
      sorted.known.push_back(placed);
    else
      left.push_back(&placed);
  }
  for (const PlacedException* placed : left)
    (take(*placed, false) ? sorted.known : sorted.added).push_back(*placed);
  return sorted;
}

}  // namespace keyless
