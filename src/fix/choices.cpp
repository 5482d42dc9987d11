#include "fix/choices.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "fix/gate.h"
#include "fix/lines.h"
#include "syntax/builder.h"

namespace keyless {
namespace {

class Collapse {
 public:
  explicit Collapse(const CodeFile& file) : file_(file) {}

  ChoicesMade run(const std::function<bool(Span)>& asks) {
    Span last;
    for (const Choice& choice : file_.outline.choices) {
      if (!last.empty() && last.contains(choice.whole)) continue;
      if (!gate_.empty() && file_.text_of(choice.test) == gate_) {
        if (take(choice, choice.yes)) last = choice.whole;
        continue;
      }
      if (!is_plain(choice.test) || !asks(choice.test)) continue;
      const Span chosen = choose(choice);
      if (chosen.empty() || !take(choice, chosen)) continue;
      last = choice.whole;
    }
    for (const Conjunction& c : file_.outline.conjunctions) drop_conjuncts(c, asks);
    return std::move(made_);
  }

  [[nodiscard]] std::vector<Span> tests() const {
    std::vector<Span> found;
    for (const Conjunction& c : file_.outline.conjunctions)
      if (may_lose_parts(c)) found.push_back(c.whole);
    for (const Choice& choice : file_.outline.choices)
      if (is_plain(choice.test) && !choose(choice).empty()) found.push_back(choice.test);
    return found;
  }

 private:
  [[nodiscard]] bool python() const { return file_.document.language == "python"; }

  // One question: `key`, `not key`, `key is None`, `key is not None`, `key != ""`.
  [[nodiscard]] bool is_plain(Span test) const {
    const std::string_view text = file_.text_of(test);
    if (!python())
      return text.find("&&") == std::string_view::npos &&
             text.find("||") == std::string_view::npos &&
             text.find('?') == std::string_view::npos && text.find('\n') == std::string_view::npos;
    return text.find(" and ") == std::string_view::npos &&
           text.find(" or ") == std::string_view::npos && text.find('\n') == std::string_view::npos;
  }
  [[nodiscard]] bool asks_for_absence(Span test) const {
    std::string_view text = file_.text_of(test);
    if (text.starts_with('(')) text = text.substr(1, text.size() - 2);
    if (!python()) {
      if (text.starts_with('!')) return !text.starts_with("!!");
      constexpr std::array<std::string_view, 6> nothing{"undefined",     "null",       "\"\"", "''",
                                                        "\"undefined\"", "'undefined'"};
      const size_t equals = text.rfind("==");
      return equals != std::string_view::npos && text.find("!=") == std::string_view::npos &&
             std::find(nothing.begin(), nothing.end(), trim(text.substr(equals + 2))) !=
                 nothing.end();
    }
    return text.starts_with("not ") || text.ends_with(" is None") || text.ends_with("== None") ||
           text.ends_with("== \"\"") || text.ends_with("== ''");
  }

  // Code of it names a provider or credential.
  [[nodiscard]] bool has_token(Span branch) const {
    return std::any_of(file_.outline.mentions.begin(), file_.outline.mentions.end(),
                       [&](const Mention& m) {
                         if (!branch.contains(m.span)) return false;
                         const std::string name = squash(m.name);
                         if (!python() && (name == "token" || name == "gettoken" ||
                                           name == "accesstoken" || name == "bearertoken"))
                           return true;
                         return name.find("tokenprovider") != std::string::npos ||
                                (name.find("credential") != std::string::npos &&
                                 name.find("keycredential") == std::string::npos);
                       });
  }

  [[nodiscard]] bool leaves(Span branch) const {
    const std::string_view text = file_.text_of(branch);
    if (!python()) {
      const Statement* end = last_statement(branch);
      const std::string_view statement = end == nullptr ? text : file_.text_of(end->span);
      return statement.starts_with("throw") || statement.starts_with("process.exit(");
    }
    const size_t line = text.rfind('\n');
    const std::string_view last = trim(line == std::string_view::npos ? text : text.substr(line));
    return last.starts_with("raise") || last.find("exit(") != std::string_view::npos;
  }

  // What runs when the key is there needs none any more.
  [[nodiscard]] bool may_lose_parts(const Conjunction& c) const {
    return c.branch.empty() || has_token(c.branch) || makes_with_token(c.branch);
  }
  // It calls a class or function of this file that gets its token by itself.
  [[nodiscard]] bool makes_with_token(Span branch) const {
    const auto& scopes = file_.document.scopes;
    return std::any_of(file_.outline.mentions.begin(), file_.outline.mentions.end(),
                       [&](const Mention& m) {
                         if (!branch.contains(m.span) || file_.text.substr(m.span.end, 1) != "(")
                           return false;
                         return std::any_of(scopes.begin(), scopes.end(), [&](const Scope& scope) {
                           return scope.name == m.name && scope.kind != ScopeKind::block &&
                                  !scope.span.contains(branch) && has_token(scope.span);
                         });
                       });
  }

  // `if key and endpoint:` and `bool(key and endpoint)` ask for the endpoint alone.
  void drop_conjuncts(const Conjunction& c, const std::function<bool(Span)>& asks) {
    if (!may_lose_parts(c)) return;
    const auto inside = [&](const Edit& e) { return e.span.contains(c.whole); };
    if (std::any_of(made_.edits.begin(), made_.edits.end(), inside)) return;
    std::vector<Span> kept;
    std::vector<Span> gone;
    for (const Span& part : c.parts)
      (asks_for_absence(part) || !asks(part) ? kept : gone).push_back(part);
    if (gone.empty()) return;
    if (kept.empty()) return forget_name(c);
    if (file_.text_of(c.whole).find('\n') != std::string_view::npos)
      cut_out(c, gone);
    else
      made_.edits.push_back({c.whole, joined(c, kept)});
    made_.removed.insert(made_.removed.end(), gone.begin(), gone.end());
  }

  // Parentheses around one question alone are not needed.
  [[nodiscard]] std::string joined(const Conjunction& c, const std::vector<Span>& kept) const {
    std::vector<std::string> texts;
    for (const Span& part : kept) texts.emplace_back(file_.text_of(part));
    const std::string text = join(texts, python() ? " and " : " && ");
    const bool plain = kept.size() == 1 && text.find(' ') == std::string::npos;
    return file_.text_of(c.whole).starts_with('(') && !plain ? "(" + text + ")" : text;
  }
  // Each with the word between it and its neighbour; the others keep their lines.
  void cut_out(const Conjunction& c, const std::vector<Span>& gone) {
    bool first = true;
    for (size_t i = 0; i < c.parts.size(); ++i) {
      const bool goes = std::find(gone.begin(), gone.end(), c.parts[i]) != gone.end();
      if (goes && first && i + 1 < c.parts.size())
        made_.edits.push_back({{c.parts[i].begin, c.parts[i + 1].begin}, {}});
      else if (goes)
        made_.edits.push_back({{c.parts[i - 1].end, c.parts[i].end}, {}});
      first = first && goes;
    }
  }

  // `has_key = key is not None and bool(key)`: whoever asks for the name asks for the key.
  void forget_name(const Conjunction& c) {
    for (const Statement& s : file_.outline.statements)
      if (s.has_value && s.value == c.whole) made_.removed.push_back(s.span);
  }

  [[nodiscard]] Span choose(const Choice& choice) const {
    const bool absent_first = asks_for_absence(choice.test);
    const Span absent = absent_first ? choice.yes : choice.no;
    const Span present = absent_first ? choice.no : choice.yes;
    if (!absent.empty() && has_token(absent) && !leaves(absent)) return absent;
    if (!python()) return choose_in_script(choice, present, absent);
    // `provider=None if key else tp`
    if (choice.statement == none && file_.text_of(present) == "None" &&
        file_.text_of(absent) != "None")
      return absent;
    if (absent.empty() && returns(present) && rest_has_token(choice.statement)) return {};
    if (absent.empty() || leaves(absent)) return has_token(present) ? present : Span{};
    return {};
  }

 public:
  [[nodiscard]] bool rest_has_token(uint32_t statement) const {
    if (statement == none) return false;
    const Statement& s = file_.outline.statements[statement];
    return has_token({s.span.end, s.block.end});
  }
  [[nodiscard]] bool asks_presence(Span test) const { return !asks_for_absence(test); }

 private:
  [[nodiscard]] bool returns(Span branch) const {
    return file_.text_of(branch).find("return ") != std::string_view::npos;
  }
  [[nodiscard]] const Statement* last_statement(Span branch) const {
    const Statement* last = nullptr;
    for (const Statement& s : file_.outline.statements)
      if (s.block == branch) last = &s;
    return last;
  }
  // The last statement directly in the branch is a return.
  [[nodiscard]] bool ends_in_return(Span branch) const {
    const Statement* last = last_statement(branch);
    return last != nullptr ? file_.text_of(last->span).starts_with("return")
                           : file_.text_of(branch).starts_with("return");
  }

  // Without a token in the other branch the one with the key stands alone, but where nothing was
  // done without a key: that may be how the whole feature is turned off.
  [[nodiscard]] Span choose_in_script(const Choice& choice, Span present, Span absent) const {
    if (choice.statement == none) {
      if (file_.text_of(present) == "undefined" && file_.text_of(absent) != "undefined")
        return absent;
      const std::string_view other = file_.text_of(absent);
      const bool entries =
          file_.text_of(present).starts_with('{') && (absent.empty() || other == "{}");
      return entries && has_token(present) ? present : Span{};
    }
    if (absent.empty() && returns(present) && rest_has_token(choice.statement)) return {};
    if (absent.empty() && only_signs(present)) return present;
    return !absent.empty() && leaves(absent) && has_token(present) ? present : Span{};
  }

  // `headers.Authorization = ...` and nothing else: without a key the request went all the same.
  [[nodiscard]] bool only_signs(Span branch) const {
    const auto& all = file_.outline.statements;
    const auto inside = std::count_if(all.begin(), all.end(),
                                      [&](const Statement& s) { return s.block == branch; });
    const Statement* only = last_statement(branch);
    const std::string_view text = inside == 1 ? file_.text_of(only->span) : file_.text_of(branch);
    return inside <= 1 && !text.starts_with('{') && has_token(branch) &&
           text.find("Authorization") != std::string_view::npos &&
           text.find("Bearer ${") != std::string_view::npos;
  }

  bool take(const Choice& choice, Span chosen) {
    const std::string text(file_.text_of(chosen));
    std::string with = text;
    if (choice.chained) {
      if (!with.starts_with('{')) return false;
    } else if (choice.statement != none && !python()) {
      with = lifted(chosen, choice.whole);
      if (with.empty()) return false;
    } else if (choice.statement != none) {
      // A text over several lines would change with its indentation.
      if (text.find("\"\"\"") != std::string::npos || text.find("'''") != std::string::npos)
        return false;
      with = dedented(text, indentation_at(file_.text, chosen.begin),
                      indentation_at(file_.text, choice.whole.begin));
      if (with.empty()) return false;
    }
    Span whole = choice.whole;
    // `**({...} if switch else {...})`: the entries alone.
    const bool spread = whole.begin >= 3 && file_.text.substr(whole.begin - 3, 3) == "**(" &&
                        file_.text.substr(whole.end, 1) == ")";
    if (spread && with.starts_with('{') && with.ends_with('}')) {
      whole = {whole.begin - 3, whole.end + 1};
      with = with.substr(1, with.size() - 2);
    }
    if (choice.statement != none && !choice.chained && ends_in_return(chosen)) {
      // Nothing behind it is reached any more.
      const Statement& s = file_.outline.statements[choice.statement];
      const bool inner = s.parent != none && s.block.end > whole.end;
      const Statement* end = python() ? nullptr : last_statement(s.block);
      const uint32_t last = end == nullptr ? s.block.end : end->span.end;
      if (inner && last > whole.end) {
        made_.removed.push_back({whole.end, last});
        whole.end = last;
      }
    }
    if (!python() && choice.statement == none) unpack_entries(whole, with);
    made_.edits.push_back({whole, with});
    made_.removed.push_back(choice.test);
    for (const Span& branch : {choice.yes, choice.no})
      if (branch != chosen && !branch.empty()) made_.removed.push_back(branch);
    return true;
  }

  // `...(key ? { ... } : { ... })`: the entries alone.
  void unpack_entries(Span& whole, std::string& with) const {
    Span around = whole;
    while (around.begin > 0 && file_.text[around.begin - 1] == '(' &&
           file_.text.substr(around.end, 1) == ")")
      around = {around.begin - 1, around.end + 1};
    if (around == whole) return;
    const bool spread = around.begin >= 3 && file_.text.substr(around.begin - 3, 3) == "..." &&
                        with.starts_with('{');
    if (!spread) {
      // Parentheses around a choice are needed no more; those of a call are its own.
      const char before = around.begin == 0 ? '\0' : file_.text[around.begin - 1];
      if (before == ' ' || before == '=' || before == '(') whole = around;
      return;
    }
    const std::string_view inside = trim(std::string_view(with).substr(1, with.size() - 2));
    if (inside.find('\n') != std::string_view::npos) return;
    with = inside.ends_with(',') ? inside.substr(0, inside.size() - 1) : inside;
    whole = {around.begin - 3, around.end};
    if (!with.empty()) return;
    const Span all{0, static_cast<uint32_t>(file_.text.size())};
    whole = without_blanks_in_braces(file_.text, separated_extent(file_.text, whole, all).span);
  }

  // The statements of a block as they stand outside it; the block itself where one of its names
  // stands outside too. "" when a text of theirs would change.
  [[nodiscard]] std::string lifted(Span chosen, Span whole) const {
    const std::string_view block = file_.text_of(chosen);
    if (!block.starts_with('{')) return std::string(block);
    if (declares_known_name(chosen, whole)) return std::string(block);
    const Span inner{chosen.begin + 1, chosen.end - 1};
    const std::string_view inside = file_.text_of(inner);
    const size_t first = inside.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    const std::string_view lines = trim(inside.substr(first));
    const std::string_view from =
        indentation_at(file_.text, inner.begin + static_cast<uint32_t>(first));
    const std::string_view to = indentation_at(file_.text, whole.begin);
    if (lines.find('\n') == std::string_view::npos || from == to) return std::string(lines);
    if (lines.find('`') != std::string_view::npos && text_over_lines(lines)) return {};
    return dedented(std::string(lines), from, to);
  }
  static bool text_over_lines(std::string_view text) {
    bool open = false;
    for (const char c : text) {
      if (c == '`') open = !open;
      if (c == '\n' && open) return true;
    }
    return false;
  }
  [[nodiscard]] bool declares_known_name(Span branch, Span whole) const {
    const auto& mentions = file_.outline.mentions;
    const uint32_t outer = file_.outline.statement_at(whole);
    const Span around = outer == none ? Span{} : file_.outline.statements[outer].block;
    return std::any_of(mentions.begin(), mentions.end(), [&](const Mention& m) {
      if (m.role != Mention::Role::target || !branch.contains(m.span)) return false;
      const uint32_t at = file_.outline.statement_at(m.span);
      if (at == none || file_.outline.statements[at].block != branch) return false;
      const std::string_view text = file_.text_of(file_.outline.statements[at].span);
      const bool declares = text.starts_with("const ") || text.starts_with("let ") ||
                            text.starts_with("function ") || text.starts_with("class ");
      return declares && std::any_of(mentions.begin(), mentions.end(), [&](const Mention& other) {
               return other.name == m.name && around.contains(other.span) &&
                      !whole.contains(other.span) && other.role != Mention::Role::member &&
                      other.role != Mention::Role::label;
             });
    });
  }

  // "" when a line does not start with the branch's own indentation.
  static std::string dedented(const std::string& text, std::string_view from, std::string_view to) {
    std::string result;
    bool first = true;
    for (const std::string_view line : split(text, '\n')) {
      if (first) {
        result = line;
      } else if (trim(line).empty()) {
        result += "\n" + std::string(line.ends_with('\r') ? "\r" : "");
      } else if (line.starts_with(from)) {
        result += "\n" + std::string(to) + std::string(line.substr(from.size()));
      } else {
        return {};
      }
      first = false;
    }
    return result;
  }

  const CodeFile& file_;
  std::string gate_ = gate_of(file_);
  ChoicesMade made_;
};

}  // namespace

bool may_fall_through(const CodeFile& file, const Guard& guard) {
  if (guard.list) return true;
  const Collapse collapse(file);
  return std::none_of(guard.tests.begin(), guard.tests.end(),
                      [&](const Span& test) { return collapse.asks_presence(test); }) ||
         !file.text.substr(file.outline.statements[guard.statement].span.begin).starts_with("if") ||
         collapse.rest_has_token(guard.statement);
}

std::vector<Span> collapsible_tests(const CodeFile& file) {
  return Collapse(file).tests();
}

ChoicesMade collapse_choices(const CodeFile& file, const std::function<bool(Span)>& asks) {
  return Collapse(file).run(asks);
}

bool credential_branch(const CodeFile& file, Span value, std::vector<Edit>& edits,
                       std::vector<Span>& removed) {
  if (file.document.language == "python") return false;
  for (const Choice& c : file.outline.choices) {
    if (c.statement != none || !value.contains(c.whole)) continue;
    for (const auto& [kept, gone] : {std::pair(c.yes, c.no), std::pair(c.no, c.yes)}) {
      const std::string_view text = file.text_of(kept);
      if (!text.starts_with("new ") || text.find("KeyCredential") != std::string_view::npos ||
          text.substr(0, text.find('(')).find("Credential") == std::string_view::npos)
        continue;
      removed.push_back(c.test);
      removed.push_back(gone);
      edits.push_back({value, std::string(text)});
      return true;
    }
  }
  return false;
}

}  // namespace keyless
