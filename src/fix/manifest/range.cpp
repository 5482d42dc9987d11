#include "fix/manifest/range.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "fix/manifest/version.h"

namespace keyless::manifest {
namespace {

enum class Op : uint8_t {
  exact,
  series,
  any,
  at_least,
  above,
  below,
  at_most,
  unequal,
  compatible,
  tilde,
  caret
};

struct Clause {
  Op op = Op::any;
  Version version;
  Span span;
  std::string_view written;  // the version as written, without a wildcard
};

struct Clauses {
  std::vector<Clause> all;
  bool alternatives = false;
  bool readable = true;
};

bool is_operator(char c) {
  return c == '=' || c == '<' || c == '>' || c == '!' || c == '~' || c == '^';
}

std::optional<Op> op_of(std::string_view sign) {
  if (sign.empty() || sign == "=" || sign == "==" || sign == "===") return Op::exact;
  if (sign == ">=") return Op::at_least;
  if (sign == ">") return Op::above;
  if (sign == "<") return Op::below;
  if (sign == "<=") return Op::at_most;
  if (sign == "!=") return Op::unequal;
  if (sign == "~=") return Op::compatible;
  if (sign == "~") return Op::tilde;
  if (sign == "^") return Op::caret;
  return std::nullopt;
}

bool is_any(std::string_view word, Dialect dialect) {
  if (word == "*") return true;
  return dialect == Dialect::npm &&
         (word == "x" || word == "X" || word == "latest" || word == "next");
}

// 1.* and 1.x; in npm 1 and 1.2 as well.
bool strip_wildcard(std::string_view& word, Dialect dialect) {
  bool found = false;
  while (word.ends_with(".*") || word.ends_with(".x") || word.ends_with(".X")) {
    word.remove_suffix(2);
    found = true;
  }
  return found || (dialect == Dialect::npm && std::count(word.begin(), word.end(), '.') < 2);
}

std::optional<Clause> clause_of(std::string_view sign, std::string_view word, Dialect dialect) {
  Clause clause;
  if (sign.empty() && is_any(word, dialect)) return clause;
  const auto op = op_of(sign);
  const bool series = strip_wildcard(word, dialect);
  const auto version = parse_version(word);
  if (!op || !version) return std::nullopt;
  clause.op = *op == Op::exact && series ? Op::series : *op;
  clause.version = *version;
  clause.written = word;
  return clause;
}

Clauses read(std::string_view range, Dialect dialect) {
  Clauses clauses;
  const auto is_gap = [](char c) { return is_space(c) || c == ',' || c == '|'; };
  bool hyphen = false;
  for (size_t at = 0;;) {
    for (; at < range.size() && is_gap(range[at]); ++at)
      clauses.alternatives = clauses.alternatives || range[at] == '|';
    if (at == range.size()) break;
    const size_t begin = at;
    while (at < range.size() && is_operator(range[at])) ++at;
    const std::string_view sign = range.substr(begin, at - begin);
    while (!sign.empty() && at < range.size() && is_space(range[at])) ++at;
    const size_t word_begin = at;
    while (at < range.size() && !is_gap(range[at]) && !is_operator(range[at])) ++at;
    const std::string_view word = range.substr(word_begin, at - word_begin);
    if (dialect == Dialect::npm && sign.empty() && word == "-" && !clauses.all.empty()) {
      clauses.all.back().op = Op::at_least;
      hyphen = true;
      continue;
    }
    auto clause = clause_of(sign, word, dialect);
    if (!clause) {
      clauses.readable = false;
      return clauses;
    }
    if (hyphen) clause->op = Op::at_most;
    hyphen = false;
    clause->span = {static_cast<uint32_t>(begin), static_cast<uint32_t>(at)};
    clauses.all.push_back(*clause);
  }
  return clauses;
}

bool has_lower(Op op) {
  return op != Op::any && op != Op::below && op != Op::at_most && op != Op::unequal;
}

// Index of the part that a caret holds still.
size_t caret_part(const Version& version) {
  const size_t last = version.release.size() - 1;
  size_t index = 0;
  while (index < last && version.release[index] == 0) ++index;
  return index;
}

// Whether the clause's upper end leaves `version` in.
bool below_upper(const Clause& clause, const Version& version) {
  const size_t parts = clause.version.release.size();
  const auto before = [&version](const Version& end) { return compare(version, end) < 0; };
  switch (clause.op) {
    case Op::exact:
    case Op::at_most:
      return compare(version, clause.version) <= 0;
    case Op::below:
      return before(clause.version);
    case Op::series:
      return before(next_after(clause.version, parts - 1));
    case Op::compatible:
      return before(next_after(clause.version, parts < 2 ? 0 : parts - 2));
    case Op::tilde:
      return before(next_after(clause.version, parts < 2 ? 0 : 1));
    case Op::caret:
      return before(next_after(clause.version, caret_part(clause.version)));
    case Op::unequal:
      return compare(version, clause.version) != 0;
    case Op::any:
    case Op::at_least:
    case Op::above:
      return true;
  }
  return true;
}

// The first `parts` parts of a version as text; `rest` says whether anything was cut off.
std::string cut(const Version& version, size_t parts, bool& rest) {
  std::string text;
  for (size_t i = 0; i < parts; ++i) text += (i == 0 ? "" : ".") + std::to_string(version.part(i));
  rest = version.phase != Phase::released;
  for (size_t i = parts; i < version.release.size(); ++i) rest = rest || version.release[i] != 0;
  return text;
}

bool is_breaking(const Clause& clause, const Version& wanted, Dialect dialect) {
  if (clause.version.part(0) != wanted.part(0)) return true;
  const bool semantic = dialect == Dialect::npm || clause.op == Op::caret;
  return semantic && wanted.part(0) == 0 && clause.version.part(1) != wanted.part(1);
}

std::string raised(const Clause& clause, std::string_view sign, Dialect dialect,
                   const Version& wanted, std::string_view at_least) {
  const std::string minimum(at_least);
  const size_t parts = clause.version.release.size();
  bool rest = false;
  if (clause.op == Op::compatible) {
    const std::string start = "~=" + cut(wanted, std::max<size_t>(parts, 2), rest);
    return rest ? start + ",>=" + minimum : start;
  }
  if (clause.op == Op::series && dialect == Dialect::pep440) {
    const std::string series = std::string(sign) + cut(wanted, parts, rest) + ".*";
    return rest ? ">=" + minimum + "," + series : series;
  }
  if (clause.op == Op::series) return "^" + minimum;
  if (clause.op == Op::above) return ">=" + minimum;
  return std::string(sign) + minimum;
}

const Clause* lowest_allowed(const Clauses& clauses) {
  const Clause* lower = nullptr;
  for (const Clause& clause : clauses.all)
    if (has_lower(clause.op) && (!lower || compare(clause.version, lower->version) > 0))
      lower = &clause;
  return lower;
}

}  // namespace

Raise raise_range(std::string_view range, Dialect dialect, std::string_view at_least) {
  const Clauses clauses = read(range, dialect);
  const auto wanted = parse_version(at_least);
  if (!clauses.readable || !wanted) return {Standing::unknown, {}, {}, false};
  const auto below = [&wanted](const Clause& clause) {
    return has_lower(clause.op) && compare(clause.version, *wanted) < 0;
  };
  if (clauses.alternatives) {
    const bool low = std::any_of(clauses.all.begin(), clauses.all.end(), below);
    return {low ? Standing::closed : Standing::enough, {}, {}, false};
  }
  const Clause* lower = lowest_allowed(clauses);
  if (lower && !below(*lower)) return {};
  for (const Clause& clause : clauses.all)
    if (&clause != lower && !below_upper(clause, *wanted)) return {Standing::closed, {}, {}, false};
  if (!lower) return {};
  if (is_breaking(*lower, *wanted, dialect)) return {Standing::breaking, {}, {}, false};
  std::string_view sign = range.substr(lower->span.begin, lower->span.size());
  sign = sign.substr(0, static_cast<size_t>(lower->written.data() - sign.data()));
  return {Standing::raise, lower->span, raised(*lower, sign, dialect, *wanted, at_least),
          lower->op == Op::exact};
}

std::optional<std::string> lower_bound(std::string_view range, Dialect dialect) {
  const Clauses clauses = read(range, dialect);
  const Clause* lower = clauses.readable ? lowest_allowed(clauses) : nullptr;
  if (!lower || clauses.alternatives) return std::nullopt;
  return std::string(lower->written);
}

bool is_exact(std::string_view range, Dialect dialect) {
  const Clauses clauses = read(range, dialect);
  return clauses.readable && clauses.all.size() == 1 && clauses.all[0].op == Op::exact;
}

}  // namespace keyless::manifest
