#include "fix/token_calls.h"

#include <algorithm>
#include <optional>
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
  bool same_input = false;  // the input that took the key takes the token too
};

std::vector<TokenForm> token_forms(const RuleSet& rules) {
  std::vector<TokenForm> forms;
  for (const Rule& rule : rules.rules) {
    if (rule.category != Category::client_key || rule.match.kind != MatchKind::call || !rule.fix)
      continue;
    TokenForm form{&rule, {}, false};
    for (const EditSpec& edit : rule.fix->edits)
      for (const auto& [name, code] : edit.with) {
        if (code != "$token_provider" && code != "$credential") continue;
        if (name == "value" || std::ranges::find(rule.match.input, name) != rule.match.input.end())
          form.same_input = true;
        else
          form.inputs.insert(name);
      }
    if (!form.inputs.empty() || form.same_input) forms.push_back(std::move(form));
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

// Code that asks for tokens: a credential, a provider, or a variable of the file that holds one.
class Tokens {
 public:
  Tokens(const ProjectFile& file, const LanguageTemplates& templates)
      : file_(file), templates_(templates) {
    const Document& d = file_.document;
    for (int round = 0; round < 3; ++round)
      for (const Element& e : d.elements)
        if (e.kind == ElementKind::assign && e.value != none) {
          if (is_token(e.value)) holders_.insert(e.name);
          if (fetches(d.values[e.value])) fetched_.insert(e.name);
        }
  }

  [[nodiscard]] bool any() const { return !holders_.empty(); }

  [[nodiscard]] bool is_token(ValueId id) const {
    const Document& d = file_.document;
    const Value& v = d.values[id];
    if (v.kind == ValueKind::symbol) return holders_.contains(v.text);
    if (v.kind == ValueKind::alternative)
      return std::ranges::any_of(v.parts, [&](ValueId part) {
        return d.values[part].kind != ValueKind::alternative && is_token(part);
      });
    if (v.kind != ValueKind::call || v.element == none) return false;
    const Element& call = d.elements[v.element];
    return makes(call) || std::ranges::any_of(call.inputs, [&](const Input& input) {
             return input.value != none && d.values[input.value].kind == ValueKind::call &&
                    d.values[input.value].element != none &&
                    makes(d.elements[d.values[input.value].element]);
           });
  }

  // A token is fetched within the span: `provider()`, `credential.get_token(...)`, a name for one.
  [[nodiscard]] bool stands_in(Span span) const {
    const Document& d = file_.document;
    return std::ranges::any_of(d.values, [&](const Value& v) {
      if (!span.contains(v.span)) return false;
      if (v.kind == ValueKind::symbol &&
          (fetched_.contains(v.text) || fetched_.contains(std::string(before_last(v.text, '.')))))
        return true;
      if (v.kind == ValueKind::call && v.element != none)
        return holders_.contains(std::string(before_last(d.elements[v.element].name, '.'))) ||
               holders_.contains(d.elements[v.element].name);
      return v.kind == ValueKind::symbol &&
             (holders_.contains(v.text) ||
              holders_.contains(std::string(before_last(v.text, '.'))));
    });
  }

 private:
  // `credential.get_token(...)`, `provider()`, and what is read of their result.
  [[nodiscard]] bool fetches(const Value& v) const {
    if (v.kind != ValueKind::call || v.element == none) return false;
    const std::string& callee = file_.document.elements[v.element].name;
    return holders_.contains(callee) || holders_.contains(std::string(before_last(callee, '.')));
  }
  [[nodiscard]] bool makes(const Element& call) const {
    const std::vector<std::string> symbols = file_.imports->symbols(call.name);
    return std::ranges::any_of(symbols, [&](const std::string& symbol) {
      const bool ours = symbol.starts_with(templates_.identity + ".") ||
                        (!templates_.async_identity.empty() &&
                         symbol.starts_with(templates_.async_identity + "."));
      return ours &&
             (symbol.ends_with("Credential") || squash(symbol).ends_with("getbearertokenprovider"));
    });
  }

  const ProjectFile& file_;
  const LanguageTemplates& templates_;
  std::set<std::string> holders_;  // credentials and providers
  std::set<std::string> fetched_;  // tokens
};

// The key's own input, by name or by place.
const Input* own_input(const Rule& rule, const Element& call) {
  for (const std::string& name : rule.match.input)
    if (const Input* input = find_input(call, name)) return input;
  for (const Input& input : call.inputs)
    if (input.via == Via::positional &&
        std::ranges::find(rule.match.positions, input.position) != rule.match.positions.end())
      return &input;
  return nullptr;
}

// Raw requests: a header with a token, in a file that speaks of an Azure host.
void add_headers(const ProjectFile& file, const Tokens& tokens, const RuleSet& rules,
                 std::vector<TokenCall>& calls) {
  const Document& d = file.document;
  const HostRow* host = nullptr;
  for (const Value& v : d.values) {
    if (v.text.find('.') == std::string::npos) continue;
    const HostRow* row = rules.hosts.find(v.text);
    if (row != nullptr && row->azure) host = row;
  }
  if (host == nullptr || !tokens.any()) return;
  for (const Element& e : d.elements)
    if (e.kind == ElementKind::pair && to_lower(e.name) == "authorization" && e.value != none &&
        tokens.stands_in(d.values[e.value].span))
      calls.push_back({d.path, e.span, "", "header Authorization", host->service});
}

void add_calls(const ProjectFile& file, const std::vector<TokenForm>& forms, const Tokens* tokens,
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
      const Input* own =
          form.same_input && tokens != nullptr ? own_input(*form.rule, call) : nullptr;
      if (own != nullptr && own->value != none && tokens->is_token(own->value))
        calls.push_back({file.document.path, own->span, form.rule->id, symbol, form.rule->service});
    }
  }
}

}  // namespace

std::vector<TokenCall> token_calls(const Project& project, const RuleSet& rules) {
  const std::vector<TokenForm> forms = token_forms(rules);
  std::vector<TokenCall> calls;
  for (const ProjectFile& file : project.files())
    if (!file.test_code && file.imports != nullptr) {
      const LanguageTemplates* templates = rules.templates.of(file.document.language);
      const auto tokens = templates == nullptr
                              ? std::nullopt
                              : std::optional<Tokens>(std::in_place, file, *templates);
      add_calls(file, forms, tokens ? &*tokens : nullptr, calls);
      if (tokens) add_headers(file, *tokens, rules, calls);
    }
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
