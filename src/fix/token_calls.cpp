#include "fix/token_calls.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "base/text.h"
#include "match/carrier.h"

namespace keyless {

namespace {

// What a rule's fix puts in the place of the key, where that has a name of its own.
struct TokenForm {
  const Rule* rule = nullptr;
  std::set<std::string> inputs;
};

std::vector<TokenForm> token_forms(const RuleSet& rules) {
  std::vector<TokenForm> forms;
  for (const Rule& rule : rules.rules) {
    if (rule.category != Category::client_key || rule.match.kind != MatchKind::call || !rule.fix)
      continue;
    TokenForm form{&rule, {}};
    for (const EditSpec& edit : rule.fix->edits)
      for (const auto& [name, code] : edit.with)
        if ((code == "$token_provider" || code == "$credential") && name != "value" &&
            std::ranges::find(rule.match.input, name) == rule.match.input.end())
          form.inputs.insert(name);
    if (!form.inputs.empty()) forms.push_back(std::move(form));
  }
  return forms;
}

bool speaks(const Rule& rule, std::string_view language) {
  return std::ranges::find(rule.languages, language) != rule.languages.end();
}

// The symbol of the callee that the rule knows; "" when it knows none.
std::string known_symbol(const Rule& rule, const std::vector<std::string>& symbols) {
  for (const std::string& glob : rule.match.to)
    for (const std::string& symbol : symbols)
      if (wildcard_matches(glob, symbol)) return symbol;
  return {};
}

void add_calls(const ProjectFile& file, const std::vector<TokenForm>& forms,
               std::vector<TokenCall>& calls) {
  for (const Element& call : file.document.elements) {
    if (call.kind != ElementKind::call) continue;
    const std::vector<std::string> symbols = file.imports->symbols(call.name);
    for (const TokenForm& form : forms) {
      if (!speaks(*form.rule, file.document.language)) continue;
      const std::string symbol = known_symbol(*form.rule, symbols);
      if (symbol.empty()) continue;
      for (const std::string& name : form.inputs)
        if (const Input* input = find_input(call, name))
          calls.push_back(
              {file.document.path, input->span, form.rule->id, symbol, form.rule->service});
    }
  }
}

}  // namespace

std::vector<TokenCall> token_calls(const Project& project, const RuleSet& rules) {
  const std::vector<TokenForm> forms = token_forms(rules);
  std::vector<TokenCall> calls;
  for (const ProjectFile& file : project.files())
    if (!file.test_code && file.imports != nullptr) add_calls(file, forms, calls);
  std::ranges::sort(calls, [](const TokenCall& a, const TokenCall& b) {
    return std::tie(a.path, a.span, a.rule) < std::tie(b.path, b.span, b.rule);
  });
  // Several rules may know one call.
  const auto same = [](const TokenCall& a, const TokenCall& b) {
    return a.path == b.path && a.span == b.span;
  };
  calls.erase(std::ranges::unique(calls, same).begin(), calls.end());
  return calls;
}

}  // namespace keyless
