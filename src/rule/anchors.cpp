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
    "message", "embeddings", "credential",  "endpoint",  "provider",    "service"};

bool is_generic(std::string_view word) {
  return std::find(generic.begin(), generic.end(), to_lower(word)) != generic.end();
}

// The longest fixed part of a glob on a dotted symbol: every part of it is spelled where it is
// imported or called.
std::string symbol_anchor(std::string_view glob) {
  std::string best;
  for (const std::string_view part : split(glob, '.'))
    for (std::string_view piece : split(part, '*')) {
      while (!piece.empty() && (piece.back() == ')' || piece.back() == '(')) piece.remove_suffix(1);
      const bool better = piece.size() > best.size() && !is_generic(piece);
      if (better || (best.empty() && !piece.empty())) best = to_lower(piece);
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
      if (m.has.empty())
        for (const std::string& key : m.keys) all.push_back(to_lower(key));
      else
        all.push_back(to_lower(m.has.front().first));
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
