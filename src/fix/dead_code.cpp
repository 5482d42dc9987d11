#include "fix/dead_code.h"

#include <algorithm>

#include "base/text.h"
#include "fix/choices.h"
#include "fix/gate.h"
#include "fix/lines.h"
#include "fix/reports.h"

namespace keyless {
namespace {

constexpr size_t most_broken = 2000;  // bytes of a region; a larger one hides what belongs together

class Remover {
 public:
  Remover(const CodeFile& file, Suspects& suspects, const UsedElsewhere& used)
      : file_(file), d_(file.document), o_(file.outline), suspects_(suspects), used_(used) {}

  DeadCode run() {
    if (o_.broken && named_where_broken()) return {};
    if (choices()) return std::move(result_);
    guards();
    drop_logs();
    required_names();
    environment();
    handed_on();
    functions();
    declarations();
    imports();
    return std::move(result_);
  }

 private:
  [[nodiscard]] bool python() const { return d_.language == "python"; }
  [[nodiscard]] std::string_view comment() const { return python() ? "#" : "//"; }

  // What could not be parsed may read what it names.
  [[nodiscard]] bool named_where_broken() const {
    const auto named = [&](const auto& names, std::string_view text) {
      return std::any_of(names.begin(), names.end(), [&](const std::string& name) {
        return text.find(name) != std::string_view::npos;
      });
    };
    return d_.broken.empty() ||
           std::any_of(d_.broken.begin(), d_.broken.end(), [&](const Span& broken) {
             const Span near{line_begin(file_.text, broken.begin),
                             line_after(file_.text, broken.end)};
             const std::string_view text = file_.text_of(near);
             return text.size() > most_broken || named(suspects_.names, text) ||
                    named(suspects_.settings, text);
           });
  }

  [[nodiscard]] bool goes(Span span) const {
    return std::any_of(removed_.begin(), removed_.end(),
                       [&](const Span& r) { return r.contains(span); });
  }

  void remove(Span span, std::string_view name) {
    const Span lines =
        with_gap(file_.text, whole_lines(file_.text, span, comment()), name, comment());
    removed_.push_back(span);
    add_suspects(file_, {span}, next_);
    result_.edits.push_back({lines, {}});
  }

  // The statement goes; a block that would be empty keeps `pass`.
  void remove_statement(uint32_t index, std::string_view name) {
    const Statement& s = o_.statements[index];
    if (s.siblings == 1 && python() && s.parent != none) {
      removed_.push_back(s.span);
      result_.edits.push_back({s.span, "pass"});
      return;
    }
    remove(s.span, name);
  }

  // `not key`, `key is None`, `!key`, `os.getenv("KEY") is None`: asks only whether a suspect is
  // there.
  [[nodiscard]] bool asks_for_suspect(Span test) const {
    bool about_suspect = false;
    for (const Mention& m : o_.mentions) {
      if (!test.contains(m.span)) continue;
      const std::string name(m.name);
      if (suspects_.names.contains(name) &&
          (m.role == Mention::Role::use || m.role == Mention::Role::member) && dying(name, test)) {
        about_suspect = true;
        continue;
      }
      const bool neutral_name = is_neutral(m.name) || (m.name == gate_ && !gate_.empty()) ||
                                owns_one_of(file_, suspects_.names, m);
      if (!neutral_name && !suspects_.settings.contains(name) && !suspects_.names.contains(name))
        return false;
      if (suspects_.settings.contains(name)) about_suspect = true;
    }
    for (const std::string& setting : suspects_.settings)
      if (file_.text_of(test).find("\"" + setting + "\"") != std::string_view::npos ||
          file_.text_of(test).find("'" + setting + "'") != std::string_view::npos)
        about_suspect = true;
    return about_suspect;
  }

  void drop_logs() {
    for (const uint32_t index : logs_) {
      const Span s = o_.statements[index].span;
      const bool dead = std::all_of(o_.mentions.begin(), o_.mentions.end(), [&](const Mention& m) {
        return !s.contains(m.span) || !suspects_.names.contains(m.name) ||
               owns_one_of(file_, suspects_.names, m) || dying(std::string(m.name), s);
      });
      if (dead && !goes(s)) remove_statement(index, {});
    }
  }

  // Every use of the name stands in a guard's test: only then is the guard about nothing. A
  // variable of a function is another one than those of the same name elsewhere.
  [[nodiscard]] bool dying(const std::string& name, Span test) const {
    return std::all_of(o_.mentions.begin(), o_.mentions.end(), [&](const Mention& m) {
      if (m.name != name || (m.role != Mention::Role::use && m.role != Mention::Role::member))
        return true;
      if (m.role == Mention::Role::use && owner_of(name, m.span) != owner_of(name, test))
        return true;
      return in_guard_test(m.span) || goes(m.span);
    });
  }
  // The innermost function around the span that sets the name; 0 is the file.
  [[nodiscard]] ScopeId owner_of(std::string_view name, Span span) const {
    ScopeId owner = 0;
    for (ScopeId s = 1; s < d_.scopes.size(); ++s) {
      const Scope& scope = d_.scopes[s];
      if (scope.kind != ScopeKind::function || !scope.span.contains(span)) continue;
      const auto sets = [&](const Mention& m) {
        return m.name == name && m.role == Mention::Role::target && scope.span.contains(m.span);
      };
      if (std::any_of(o_.mentions.begin(), o_.mentions.end(), sets)) owner = s;
    }
    return owner;
  }
  [[nodiscard]] bool in_guard_test(Span span) const {
    for (const Guard& g : o_.guards) {
      for (const Span& test : g.tests)
        if (test.contains(span)) return true;
      // The message of the guard may name the variable.
      if (g.tests.size() == 1 && o_.statements[g.statement].span.contains(span)) return true;
    }
    const auto tells = [&](uint32_t index) { return o_.statements[index].span.contains(span); };
    if (std::any_of(logs_.begin(), logs_.end(), tells)) return true;
    return std::any_of(choice_tests_.begin(), choice_tests_.end(),
                       [&](const Span& test) { return test.contains(span); });
  }

  // What they leave is looked at in the next round.
  bool choices() {
    const auto asks = [&](Span test) { return asks_for_suspect(test); };
    ChoicesMade made = collapse_choices(file_, asks);
    add_suspects(file_, made.removed, next_);
    result_.edits = std::move(made.edits);
    result_.removed = std::move(made.removed);
    return !result_.edits.empty();
  }

  void guards() {
    for (const Guard& guard : o_.guards) {
      std::vector<size_t> about;
      for (size_t i = 0; i < guard.tests.size(); ++i)
        if (asks_for_suspect(guard.tests[i])) about.push_back(i);
      if (about.empty()) continue;
      if (!may_fall_through(file_, guard)) continue;
      if (about.size() == guard.tests.size()) {
        remove_statement(guard.statement, {});
        continue;
      }
      for (const size_t i : about) {
        const Span test = guard.tests[i];
        const bool last = i + 1 == guard.tests.size();
        const Span gone = last ? Span{guard.tests[i - 1].end, test.end}
                               : Span{test.begin, guard.tests[i + 1].begin};
        removed_.push_back(test);
        add_suspects(file_, {test}, next_);
        result_.edits.push_back({gone, {}});
      }
      unname(o_.statements[guard.statement].span);
    }
  }

  // What a guard that stays says names only what it still asks for.
  void unname(Span guard) {
    for (const Value& v : d_.values) {
      if (v.kind != ValueKind::literal || !guard.contains(v.span) || goes(v.span)) continue;
      const std::string before(file_.text_of(v.span));
      std::string text = before;
      for (const std::string& name : suspects_.settings) {
        // A longer name that begins or ends with this one is another.
        const size_t at = text.find(name);
        const auto part = [&](size_t i) { return is_alnum(text[i]) || text[i] == '_'; };
        if (at == std::string::npos || (at > 0 && part(at - 1)) ||
            (at + name.size() < text.size() && part(at + name.size())))
          continue;
        for (const std::string& listed : {", " + name, name + ", ", " and " + name, name + " and ",
                                          " or " + name, name + " or ", "/" + name, name + "/"}) {
          if (const size_t found = text.find(listed); found != std::string::npos) {
            text.erase(found, listed.size());
            break;
          }
        }
      }
      if (text == before) continue;
      const bool several = text.find(" and ") != std::string::npos ||
                           text.find(" or ") != std::string::npos ||
                           text.find(", ") != std::string::npos;
      if (const size_t are = text.find(" are "); are != std::string::npos && !several)
        text.replace(are, 5, " is ");
      result_.edits.push_back({v.span, text});
    }
  }

  // Functions of the file that only fetched the key: nothing names them any more.
  void functions() {
    if (!python()) return;
    for (const Statement& s : o_.statements) {
      if (!s.declares || s.parent != none || !file_.text_of(s.span).starts_with("def ")) continue;
      for (ScopeId id = 1; id < d_.scopes.size(); ++id) {
        const Scope& scope = d_.scopes[id];
        if (scope.span != s.span || !suspects_.names.contains(scope.name)) continue;
        const auto elsewhere = [&](const Mention& m) {
          return m.name == scope.name && !s.span.contains(m.span) && !goes(m.span);
        };
        Element declaration;
        declaration.kind = ElementKind::assign;
        declaration.name = scope.name;
        if (std::any_of(o_.mentions.begin(), o_.mentions.end(), elsewhere) ||
            exported(scope.name) || used_(declaration))
          continue;
        remove(s.span, {});
      }
    }
  }

  // REQUIRED = ["AZURE_OPENAI_ENDPOINT", "AZURE_OPENAI_API_KEY"]
  void required_names() {
    for (const ListedText& item : o_.listed)
      if (suspects_.settings.contains(item.text)) {
        removed_.push_back(item.span);
        result_.edits.push_back({item.extent.span, {}});
      }
  }

  // A read that stays would fail without the variable that the file sets for it.
  [[nodiscard]] bool still_read(std::string_view variable) const {
    return std::any_of(d_.values.begin(), d_.values.end(), [&](const Value& v) {
      // Only environ["NAME"] fails without it; what asks with a default, or declares a field, does not.
      const std::string_view text = file_.text_of(v.span);
      return v.kind == ValueKind::env && v.text == variable && !goes(v.span) &&
             text.find('[') != std::string_view::npos &&
             text.find(variable) != std::string_view::npos;
    });
  }

  // os.environ["AZURE_OPENAI_API_KEY"] = key, or a row of a loop that sets several.
  void environment() {
    if (!python()) return;
    for (const Element& e : d_.elements) {
      if (e.kind != ElementKind::setting || e.container != Container::code_env ||
          !suspects_.settings.contains(e.name) || goes(e.span) || still_read(e.name))
        continue;
      const uint32_t index = o_.statement_at(e.span);
      if (index == none) continue;
      if (o_.statements[index].span == e.span)
        remove_statement(index, e.name);
      else if (const Span row = row_in_list(e.span); !row.empty())
        remove(row, {});
    }
  }

  // `map["NAME"]`, `map.get("NAME")`: somebody asks the map for the entry.
  [[nodiscard]] bool taken_by_name(const Element& e) const {
    for (const char quote : {'"', '\''}) {
      const std::string text = quote + e.name + quote;
      for (size_t at = file_.text.find(text); at != std::string_view::npos;
           at = file_.text.find(text, at + 1))
        if (!e.span.contains(Span{static_cast<uint32_t>(at), static_cast<uint32_t>(at + 1)}))
          return true;
      if (!file_.elsewhere || file_.elsewhere("[" + text + "]")) return true;
    }
    return false;
  }

  // {"AZURE_OPENAI_API_KEY": settings.azure_openai_api_key}: what is handed to a deployment.
  void handed_on() {
    if (!python()) return;
    for (const Element& e : d_.elements) {
      if (e.kind != ElementKind::pair || e.extent.span.empty() ||
          !suspects_.settings.contains(e.name) || goes(e.span))
        continue;
      const std::string wanted = squash(e.name);
      const bool plain = std::all_of(o_.mentions.begin(), o_.mentions.end(), [&](const Mention& m) {
        if (!e.span.contains(m.span) || m.role == Mention::Role::label) return true;
        const bool root =
            std::any_of(o_.mentions.begin(), o_.mentions.end(), [&](const Mention& member) {
              return member.role == Mention::Role::member && member.whole.begin == m.span.begin &&
                     e.span.contains(member.span) && squash(member.name) == wanted;
            });
        return root || is_neutral(m.name) || squash(m.name) == wanted ||
               suspects_.names.contains(m.name);
      });
      if (!plain || taken_by_name(e)) continue;
      if (!plain) continue;
      removed_.push_back(e.span);
      result_.removed.push_back(e.span);
      add_suspects(file_, {e.span}, next_);
      result_.edits.push_back({e.extent.span, {}});
    }
  }

  // The span with the comma behind it, when it is one of several; empty otherwise.
  [[nodiscard]] Span row_in_list(Span row) const {
    const char first = file_.text[row.begin];
    if (first != '(' && first != '[') return {};
    const size_t before = file_.text.substr(0, row.begin).find_last_not_of(" \t\r\n");
    const size_t after = file_.text.find_first_not_of(" \t\r\n", row.end);
    if (before == std::string_view::npos || after == std::string_view::npos) return {};
    const std::string_view opens = "([{,";
    if (opens.find(file_.text[before]) == std::string_view::npos || file_.text[after] != ',')
      return {};
    return {row.begin, static_cast<uint32_t>(after + 1)};
  }

  // Reading it has no effect: the environment, a literal, another name, a wrapper around those.
  [[nodiscard]] bool harmless(ValueId id, int depth = 0) const {
    if (id == none) return true;
    if (depth > 6) return false;
    const Value& v = d_.values[id];
    switch (v.kind) {
      case ValueKind::literal:
      case ValueKind::empty:
      case ValueKind::symbol:
      case ValueKind::env:
      case ValueKind::config:
      case ValueKind::secret:
        return true;
      case ValueKind::alternative:
      case ValueKind::composite:
        return std::all_of(v.parts.begin(), v.parts.end(),
                           [&](ValueId p) { return harmless(p, depth + 1); });
      case ValueKind::call: {
        if (v.element == none) return false;
        const Element& call = d_.elements[v.element];
        constexpr std::array<std::string_view, 16> wrappers{"DefaultAzureCredential",
                                                            "ManagedIdentityCredential",
                                                            "AzureCliCredential",
                                                            "WorkloadIdentityCredential",
                                                            "getToken",
                                                            "getBearerTokenProvider",
                                                            "AzureKeyCredential",
                                                            "get_token",
                                                            "get_bearer_token_provider",
                                                            "KeyCredential",
                                                            "SecretStr",
                                                            "Field",
                                                            "field",
                                                            "str",
                                                            "String",
                                                            "strip"};
        const std::string_view last = after_last(call.name, '.');
        if (names_setting(call)) return true;
        // A function of this file that only fetches the key.
        const std::string squashed = squash(last);
        if (python() && call.name == last && squashed.find("key") != std::string::npos &&
            std::any_of(d_.scopes.begin(), d_.scopes.end(), [&](const Scope& scope) {
              return scope.kind == ScopeKind::function && scope.name == last;
            }))
          return true;
        return std::find(wrappers.begin(), wrappers.end(), last) != wrappers.end();
      }
      case ValueKind::unknown: {
        // A comparison: `process.env.MODE === "key"`.
        const std::string_view text = file_.text_of(v.span);
        return !python() && text.find("==") != std::string_view::npos &&
               text.find('(') == std::string_view::npos && text.find('+') == std::string_view::npos;
      }
      default:
        return false;
    }
  }

  // required("AZURE_OPENAI_API_KEY"): a helper that reads what nobody needs any more.
  [[nodiscard]] bool names_setting(const Element& call) const {
    return !call.inputs.empty() &&
           std::all_of(call.inputs.begin(), call.inputs.end(), [&](const Input& i) {
             return i.value != none && d_.values[i.value].kind == ValueKind::literal &&
                    suspects_.settings.contains(d_.values[i.value].text);
           });
  }

  [[nodiscard]] bool read_here(const Element& e, bool member) const {
    const std::string_view name = after_last(e.name, '.');
    const Span within =
        member ? Span{0, static_cast<uint32_t>(file_.text.size())} : scope_span(e.scope);
    return std::any_of(o_.mentions.begin(), o_.mentions.end(), [&](const Mention& m) {
      if (m.name != name || m.span == e.name_span || !within.contains(m.span) || goes(m.span))
        return false;
      if (m.role == Mention::Role::member || m.role == Mention::Role::taken) return member;
      if (m.role == Mention::Role::label) return member && e.kind == ElementKind::field;
      // A variable of that name is no reading of `self.name`.
      if (m.role == Mention::Role::use) return e.name.find('.') == std::string::npos;
      // A second declaration is not a reading of the first; each goes on its own.
      return false;
    });
  }
  [[nodiscard]] Span scope_span(ScopeId scope) const {
    const Scope& s = d_.scopes[scope];
    return scope == 0 || s.span.empty() ? Span{0, static_cast<uint32_t>(file_.text.size())}
                                        : s.span;
  }

  void declarations() {
    for (const Element& e : d_.elements) {
      const bool assigned = e.kind == ElementKind::assign;
      if (!assigned && e.kind != ElementKind::field) continue;
      const std::string_view last = after_last(e.name, '.');
      if (!suspects_.names.contains(last) || goes(e.span)) continue;
      const bool dotted = e.name.find('.') != std::string::npos;
      const bool own = e.name.starts_with("self.") || e.name.starts_with("this.");
      if (dotted && !own && !written_in_object(e)) continue;
      const bool member = dotted || e.kind == ElementKind::field;
      if (read_here(e, member)) continue;
      if (!harmless(e.value) && e.name != gate_ && !asks_for_key(e)) continue;
      const bool visible = member || e.scope == 0;
      if (visible && used_(e)) continue;
      remove_declaration(e, last);
    }
  }

  // `has_key = key is not None and bool(key)`
  [[nodiscard]] bool asks_for_key(const Element& e) const {
    const uint32_t index = o_.statement_at(e.span);
    if (index == none || !o_.statements[index].has_value) return false;
    const Span value = o_.statements[index].value;
    return std::any_of(o_.conjunctions.begin(), o_.conjunctions.end(), [&](const Conjunction& c) {
      return c.whole == value && std::all_of(c.parts.begin(), c.parts.end(), [&](const Span& part) {
               return asks_for_suspect(part);
             });
    });
  }

  // `const config = { apiKey: ... }`: the entry config.apiKey, in a map that only this file fills.
  [[nodiscard]] bool written_in_object(const Element& e) const {
    if (python() || e.extent.span.empty()) return false;
    return std::any_of(d_.elements.begin(), d_.elements.end(), [&](const Element& other) {
      return other.kind == ElementKind::pair && other.span == e.span && other.group != none;
    });
  }

  void remove_declaration(const Element& e, std::string_view name) {
    const uint32_t index = o_.statement_at(e.span);
    if (index == none) return;
    const Span statement = o_.statements[index].span;
    // One of several in a statement (`const {a, key} = ...`): only its own part.
    const bool alone = owns(statement, e);
    if (alone) return remove_statement(index, name);
    if (const Span words = property_words(e); !words.empty()) {
      if (!goes(words)) result_.edits.push_back({words, {}});
      removed_.push_back(words);
      result_.removed.push_back(e.name_span);
      return;
    }
    if (e.extent.span.empty() || e.extent.span.contains(statement)) return;
    removed_.push_back(e.extent.span);
    result_.edits.push_back({e.extent.span, {}});
  }

  // `private readonly` of a parameter that is a field too: without them it is a parameter alone.
  [[nodiscard]] Span property_words(const Element& e) const {
    if (python()) return {};
    for (const Element& p : d_.elements)
      if (p.kind == ElementKind::param && p.name_span == e.name_span && !p.name_span.empty() &&
          e.span.contains(p.name_span) && e.span.begin < p.name_span.begin)
        return {e.span.begin, p.name_span.begin};
    return {};
  }

  // True when the statement declares nothing else.
  [[nodiscard]] bool owns(Span statement, const Element& e) const {
    const Span name = e.name_span.empty() ? e.span : e.name_span;
    return std::none_of(o_.mentions.begin(), o_.mentions.end(), [&](const Mention& m) {
      const bool declares =
          m.role == Mention::Role::target || m.role == Mention::Role::member_target;
      return declares && statement.contains(m.span) && !name.contains(m.span) &&
             !e.span.contains(m.span);
    });
  }

  void imports() {
    for (const ImportedName& i : o_.imports) {
      if (!suspects_.names.contains(i.local) || i.local.empty()) continue;
      const Statement& s = o_.statements[i.statement];
      const bool used = std::any_of(o_.mentions.begin(), o_.mentions.end(), [&](const Mention& m) {
        return m.name == i.local && m.role == Mention::Role::use && !s.span.contains(m.span) &&
               !goes(m.span);
      });
      if (used || exported(i.local)) continue;
      result_.released.emplace_back(std::string(i.module), std::string(i.member));
      if (i.beside == 1 || all_unused(i.statement))
        remove_statement(i.statement, {});
      else
        result_.edits.push_back({i.extent.span, {}});
    }
  }
  [[nodiscard]] bool all_unused(uint32_t statement) const {
    const Span span = o_.statements[statement].span;
    return std::all_of(o_.imports.begin(), o_.imports.end(), [&](const ImportedName& i) {
      if (i.statement != statement) return true;
      return suspects_.names.contains(i.local) &&
             std::none_of(o_.mentions.begin(), o_.mentions.end(), [&](const Mention& m) {
               return m.name == i.local && m.role == Mention::Role::use && !span.contains(m.span) &&
                      !goes(m.span);
             });
    });
  }
  // __all__ = ["name"]
  [[nodiscard]] bool exported(std::string_view name) const {
    return std::any_of(o_.listed.begin(), o_.listed.end(),
                       [&](const ListedText& t) { return t.text == name; });
  }

 public:
  Suspects next_;

 private:
  const CodeFile& file_;
  const Document& d_;
  const Outline& o_;
  Suspects& suspects_;
  const UsedElsewhere& used_;
  DeadCode result_;
  std::vector<Span> removed_;
  std::string gate_ = gate_of(file_);
  std::vector<Span> choice_tests_ = collapsible_tests(file_);
  std::vector<uint32_t> logs_ = statements_that_tell(file_, suspects_.names);
};

}  // namespace

void add_suspects(const CodeFile& file, const std::vector<Span>& spans, Suspects& suspects) {
  for (const Mention& m : file.outline.mentions) {
    const bool inside =
        std::any_of(spans.begin(), spans.end(), [&](const Span& s) { return s.contains(m.span); });
    if (inside && m.role != Mention::Role::label) suspects.names.emplace(m.name);
  }
}

DeadCode remove_dead(const CodeFile& file, Suspects& suspects, const UsedElsewhere& used) {
  Remover remover(file, suspects, used);
  DeadCode dead = remover.run();
  suspects.names.merge(remover.next_.names);
  return dead;
}

}  // namespace keyless
