// anchors_of: which literals a file must spell for a rule to match in it.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "rule/load.h"

namespace keyless {
namespace {

// Words that stand in too many files to say anything; another part of the symbol is taken.
constexpr std::array generic{
    "default", "completion", "acompletion", "embedding", "aembedding",  "create",   "client",
    "chat",    "config",     "configure",   "responses", "constructor", "settings", "completions",
    "message", "embeddings", "credential",  "endpoint",  "provider",    "service",  "clients",
    "type",    "model",      "name",        "value",     "google"};

bool is_generic(std::string_view word) {
  return std::any_of(generic.begin(), generic.end(), [&](std::string_view one) {
    return one.size() == word.size() && contains_ignoring_case(word, one);
  });
}

// The longest fixed part of a glob on a dotted symbol: every part of it is spelled where it is
// imported or called.
std::string symbol_anchor(std::string_view glob) {
  std::string best;
  for (const std::string_view part : split(glob, '.'))
    for (std::string_view piece : split(part, '*')) {
      while (!piece.empty() && (piece.back() == ')' || piece.back() == '(')) piece.remove_suffix(1);
      if (piece.empty() || (is_generic(piece) && !best.empty())) continue;
      if (is_generic(best) || piece.size() > best.size()) best = to_lower(piece);
    }
  return best;
}

std::string longest_fixed(std::string_view glob) {
  std::string best;
  for (const std::string_view piece : split(glob, '*'))
    if (piece.size() > best.size()) best = to_lower(piece);
  return best;
}

std::string longest(const std::vector<std::string>& words) {
  std::string best;
  for (const std::string& word : words)
    if (word.size() > best.size()) best = to_lower(word);
  return best;
}

// A map that must have a certain entry beside its key is searched by whatever is longest of the
// entry's name, its text and the key: `type: "api_key"` by its text, since "type" is everywhere.
std::vector<std::string> map_anchors(const Match& m) {
  std::vector<std::string> keys;
  keys.reserve(m.keys.size());
  for (const std::string& key : m.keys) keys.push_back(to_lower(key));
  if (m.has.empty()) return keys;
  const auto& [name, glob] = m.has.front();
  std::string best;
  const auto consider = [&best](std::string word) {
    if (!is_generic(word) && word.size() > best.size()) best = std::move(word);
  };
  consider(to_lower(name));
  consider(longest_fixed(glob));
  if (keys.size() == 1) consider(keys.front());
  return best.empty() ? keys : std::vector{best};
}

bool is_name_based(NameClass name_class) {
  return name_class == NameClass::key_strong;
}

// base64 hides the signature in one of three spellings, by its offset modulo three.
std::vector<std::string> key_signature() {
  return {"jqqj99", "slfrsj", "pruuo5", "kuvfko"};
}

}  // namespace

std::vector<std::string> anchors_of(const Rule& rule, const RuleSet& set) {
  if (!rule.anchors.empty()) {
    std::vector<std::string> own;
    own.reserve(rule.anchors.size());
    for (const std::string& anchor : rule.anchors) own.push_back(to_lower(anchor));
    return own;
  }
  const Match& m = rule.match;
  std::vector<std::string> all;
  switch (m.kind) {
    case MatchKind::call:
    case MatchKind::implicit:
    case MatchKind::assign:
      for (const std::string& glob : m.to) all.push_back(symbol_anchor(glob));
      for (const std::string& glob : m.import) all.push_back(symbol_anchor(glob));
      break;
    case MatchKind::map:
      all = map_anchors(m);
      break;
    case MatchKind::header:
      all = m.keys;
      break;
    case MatchKind::read:
    case MatchKind::setting:
      if (is_name_based(*name_class_from(m.key))) all = set.names.anchors();
      break;
    case MatchKind::resource:
    case MatchKind::module:
      for (const std::string& glob : m.to) all.push_back(longest_fixed(glob));
      break;
    case MatchKind::command:
      all.push_back(longest(m.run));
      break;
    case MatchKind::change:
      break;
    case MatchKind::text:
      all = m.check.empty() ? set.names.anchors() : key_signature();
      break;
  }
  std::erase(all, std::string{});
  return all;
}

}  // namespace keyless
