// text: patterns in the bytes of any file, raw and behind base64, and in decoded literals.
#include <algorithm>

#include "base/text.h"
#include "match/matchers.h"

namespace keyless {
namespace {

constexpr size_t shortest_base64 = 40;
constexpr size_t longest_base64 = 4096;

bool is_base64(char c) {
  return is_alnum(c) || c == '+' || c == '/' || c == '=';
}

std::string decode_base64(std::string_view text) {
  std::string bytes;
  uint32_t bits = 0;
  int count = 0;
  constexpr std::string_view alphabet =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (const char c : text) {
    const size_t value = alphabet.find(c);
    if (value == std::string_view::npos) break;
    bits = (bits << 6U) | static_cast<uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes += static_cast<char>((bits >> static_cast<uint32_t>(count)) & 0xFFU);
    }
  }
  return bytes;
}

// The name directly before `at`: `AZURE_OPENAI_KEY = "` or `"ApiKey": "`; within the same line.
std::string_view name_before(std::string_view text, size_t at, size_t within) {
  size_t end = at;
  const size_t stop = at > within ? at - within : 0;
  const auto is_name = [](char c) {
    return is_alnum(c) || c == '_' || c == '-' || c == '.' || c == ':';
  };
  while (end > stop && text[end - 1] != '\n' && (!is_alnum(text[end - 1]))) --end;
  size_t begin = end;
  while (begin > stop && is_name(text[begin - 1])) --begin;
  return text.substr(begin, end - begin);
}

void add(const Rule& rule, Span span, std::string_view secret, std::vector<Candidate>& found) {
  Candidate c;
  c.rule = &rule;
  c.category = rule.category;
  c.span = span;
  c.extent = {span, std::nullopt};
  c.symbol = "literal";
  c.secret = Redacted(secret);
  c.certain = c.secret->has_valid_checksum();
  if (!c.secret->is_placeholder()) found.push_back(std::move(c));
}

void match_raw(const Rule& rule, const re2::RE2& re2, std::string_view text, const Names& names,
               std::vector<Candidate>& found) {
  const re2::StringPiece all(text.data(), text.size());
  size_t at = 0;
  re2::StringPiece groups[2];
  while (at < text.size() && re2.Match(all, at, text.size(), re2::RE2::UNANCHORED, groups, 2)) {
    const re2::StringPiece& key = groups[1].data() != nullptr ? groups[1] : groups[0];
    const auto begin = static_cast<size_t>(key.data() - text.data());
    const auto end = begin + key.size();
    const bool near = rule.match.near.empty() ||
                      names.is(*name_class_from(rule.match.near),
                               name_before(text, begin, static_cast<size_t>(rule.match.within)));
    if (near)
      add(rule, {static_cast<uint32_t>(begin), static_cast<uint32_t>(end)},
          text.substr(begin, key.size()), found);
    at = std::max(end, at + 1);
  }
}

void match_base64(const Rule& rule, const re2::RE2& re2, std::string_view text,
                  std::vector<Candidate>& found) {
  for (size_t i = 0; i < text.size();) {
    size_t end = i;
    while (end < text.size() && is_base64(text[end])) ++end;
    if (end - i >= shortest_base64 && end - i <= longest_base64) {
      const std::string decoded = decode_base64(text.substr(i, end - i));
      re2::StringPiece groups[2];
      if (re2.Match(decoded, 0, decoded.size(), re2::RE2::UNANCHORED, groups, 2))
        add(rule, {static_cast<uint32_t>(i), static_cast<uint32_t>(end)},
            std::string_view(groups[1].data(), groups[1].size()), found);
    }
    i = std::max(end, i + 1);
  }
}

}  // namespace

std::vector<Candidate> Matcher::match_text(std::string_view text) const {
  std::vector<Candidate> found;
  for (const Pattern& pattern : patterns_) {
    if (pattern.rule->match.kind != MatchKind::text) continue;
    match_raw(*pattern.rule, *pattern.re2, text, rules_.names, found);
    if (pattern.rule->match.decode_base64) match_base64(*pattern.rule, *pattern.re2, text, found);
  }
  return found;
}

// A key that the text does not spell in one piece: joined literals, escapes.
void match_literals(const MatchContext& c) {
  for (const Value& v : c.document.values) {
    if (!v.secret || !v.secret->is_identifiable_key()) continue;
    for (const Rule* rule : c.matcher.of(MatchKind::text)) {
      if (rule->match.check.empty()) continue;
      Candidate candidate;
      candidate.rule = rule;
      candidate.category = rule->category;
      candidate.span = v.span;
      candidate.extent = {v.span, std::nullopt};
      candidate.symbol = "literal";
      candidate.secret = v.secret;
      candidate.certain = v.secret->has_valid_checksum();
      c.found.push_back(std::move(candidate));
    }
  }
}

}  // namespace keyless
