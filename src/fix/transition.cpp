#include "fix/transition.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "fix/lines.h"
#include "match/carrier.h"
#include "syntax/languages.h"
#include "syntax/outline.h"

namespace keyless {
namespace {

std::string_view effect(std::string_view leftover_key) {
  if (leftover_key == "throws") return "makes the client throw";
  if (leftover_key == "wins") return "is used instead of the token";
  return "is sent beside the token";
}

// Behind the input that took the key's place, in its manner.
Edit beside(std::string_view text, const Input& input, const std::string& entry) {
  const uint32_t line = line_begin(text, input.span.begin);
  const std::string_view before = text.substr(line, input.span.begin - line);
  const std::string gap =
      trim(before).empty() ? std::string(line_end_of(text)) + std::string(before) : " ";
  return {{input.span.end, input.span.end}, "," + gap + entry};
}

bool fits(const Match& match, const ImportTable& imports, const Element& call) {
  for (const std::string& symbol : imports.symbols(call.name))
    for (const std::string& glob : match.to)
      if (wildcard_matches(glob, symbol)) return true;
  return false;
}

// The block that the client stands in with the question before it; behind an `else` everything
// that was asked. "" outside all blocks.
std::string surroundings(std::string_view text, const Outline& outline, Span client) {
  const uint32_t index = outline.statement_at(client);
  if (index == none || outline.statements[index].parent == none) return {};
  const Span block = outline.statements[index].block;
  const uint32_t line = line_begin(text, block.begin);
  const std::string_view head = trim(text.substr(line, block.begin - line));
  const Span around = outline.statements[outline.statements[index].parent].span;
  const Span whole =
      head.starts_with("if ") || head.starts_with("if(") ? Span{line, block.end} : around;
  return std::string(text.substr(whole.begin, whole.size()));
}

// A client that people wrote keyless, run as ever: nothing about it changes.
class Untouched {
 public:
  Untouched(std::string_view before, std::string_view text, std::string_view language)
      : before_(before),
        text_(text),
        old_(outline_of(before, language)),
        now_(outline_of(text, language)) {}

  [[nodiscard]] bool has(Span client) const {
    if (!old_ || !now_) return false;
    const std::string way = surroundings(text_, *now_, client);
    const std::string_view call = text_.substr(client.begin, client.size());
    if (way.empty()) return false;
    for (size_t at = before_.find(call); at != std::string_view::npos;
         at = before_.find(call, at + 1)) {
      const auto begin = static_cast<uint32_t>(at);
      if (surroundings(before_, *old_, {begin, begin + client.size()}) == way) return true;
    }
    return false;
  }

 private:
  std::string_view before_;
  std::string_view text_;
  std::optional<Outline> old_;
  std::optional<Outline> now_;
};

// At every client of the rule that has the keyless input and not yet the one of the transition.
std::vector<Edit> edits_in(std::string_view text, const ProjectFile& file, const Rule& rule,
                           const std::string& before) {
  const Untouched untouched(before, text, file.document.language);
  std::vector<Edit> edits;
  const FixSpec& fix = *rule.fix;
  const auto first = std::find_if(fix.edits.begin(), fix.edits.end(),
                                  [](const EditSpec& e) { return !e.with.empty(); });
  if (first == fix.edits.end()) return edits;
  const bool single =
      std::count(text.begin(), text.end(), '\'') > std::count(text.begin(), text.end(), '"');
  const std::string& keyless_input = first->with.front().first;
  for (const Element& e : file.document.elements) {
    if (e.kind != ElementKind::call || !fits(rule.match, *file.imports, e)) continue;
    const Input* input = find_input(e, keyless_input);
    if (input == nullptr || input->span.empty() || untouched.has(e.span)) continue;
    for (const auto& [name, code] : fix.transition) {
      if (find_input(e, name) != nullptr) continue;
      std::string entry = name + ": " + code;
      if (single) std::replace(entry.begin(), entry.end(), '"', '\'');
      edits.push_back(beside(text, *input, entry));
    }
  }
  return edits;
}

bool speaks(const Rule& rule, std::string_view language) {
  return std::any_of(rule.languages.begin(), rule.languages.end(),
                     [&](const std::string& l) { return language_matches(l, language); });
}

// The entries of the transition right behind the keyless input of a client of the rule.
std::vector<Edit> removals_in(std::string_view text, const Document& d, const ImportTable& imports,
                              const Rule& rule) {
  std::vector<Edit> edits;
  const FixSpec& fix = *rule.fix;
  std::string keyless_input;
  for (const EditSpec& edit : fix.edits)
    if (keyless_input.empty() && !edit.with.empty()) keyless_input = edit.with.front().first;
  for (const Element& e : d.elements) {
    if (e.kind != ElementKind::call || !fits(rule.match, imports, e)) continue;
    const Input* input = find_input(e, keyless_input);
    if (input == nullptr || input->span.empty()) continue;
    for (const auto& [name, code] : fix.transition) {
      const Input* entry = find_input(e, name);
      if (entry == nullptr || entry->value == none || !e.span.contains(entry->span)) continue;
      const Value& value = d.values[entry->value];
      const bool same =
          code == "\"\"" && (value.kind == ValueKind::empty ||
                             (value.kind == ValueKind::literal && value.text.empty()));
      if (!same || input->span.end >= entry->span.begin) continue;
      const std::string_view between =
          text.substr(input->span.end, entry->span.begin - input->span.end);
      if (between.starts_with(',') && trim(between.substr(1)).empty())
        edits.push_back({{input->span.end, entry->span.end}, {}});
    }
  }
  return edits;
}

}  // namespace

Transition transition_of(const Repository& repository, const std::set<std::string>& variables,
                         const RuleSet& rules,
                         const std::map<std::string, std::set<std::string>>& applied) {
  const Project& project = repository.project();
  Transition result;
  for (const Rule& rule : rules.rules) {
    if (!rule.fix || rule.fix->leftover_key.empty() || rule.fix->leftover_key == "ignored")
      continue;
    std::set<std::string> names;
    for (const std::string& name : rule.fix->leftover_names)
      if (variables.contains(name)) names.insert(name);
    if (names.empty()) continue;
    for (const auto& [path, ids] : applied) {
      const uint32_t index = project.index_of(path);
      if (!ids.contains(rule.id) || index == none) continue;
      if (rule.fix->transition.empty()) {
        result.prerequisites.push_back(path + ": " + *names.begin() +
                                       " must be gone when this is deployed; left behind, it " +
                                       std::string(effect(rule.fix->leftover_key)));
        continue;
      }
      const std::vector<Edit> edits =
          edits_in(repository.text(path), project.files()[index], rule, repository.bytes(path));
      auto& all = result.edits[path];
      all.insert(all.end(), edits.begin(), edits.end());
      result.until[path].insert(names.begin(), names.end());
    }
  }
  std::erase_if(result.edits, [](const auto& e) { return e.second.empty(); });
  return result;
}

std::map<std::string, Leftover> leftovers_of(const Repository& repository, const RuleSet& rules) {
  std::map<std::string, Leftover> found;
  for (const ProjectFile& file : repository.project().files()) {
    const Document& d = file.document;
    if (file.imports == nullptr || file.generated || file.vendored || file.test_code) continue;
    const auto undoes = [&](const Rule& rule) {
      return rule.fix && !rule.fix->transition.empty() && speaks(rule, d.language);
    };
    if (std::none_of(rules.rules.begin(), rules.rules.end(), undoes)) continue;
    const std::string text = repository.text(d.path);
    if (text.find("\"\"") == std::string::npos && text.find("''") == std::string::npos) continue;
    for (const Rule& rule : rules.rules) {
      if (!undoes(rule)) continue;
      std::vector<Edit> edits = removals_in(text, d, *file.imports, rule);
      if (edits.empty()) continue;
      Leftover& leftover = found[d.path];
      for (Edit& e : edits)
        if (std::none_of(leftover.edits.begin(), leftover.edits.end(),
                         [&](const Edit& other) { return other.span == e.span; }))
          leftover.edits.push_back(std::move(e));
      leftover.names.insert(rule.fix->leftover_names.begin(), rule.fix->leftover_names.end());
    }
  }
  return found;
}

}  // namespace keyless
