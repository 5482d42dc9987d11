#include "fix/choices.h"

#include <algorithm>

#include "base/text.h"
#include "fix/gate.h"
#include "fix/lines.h"

namespace keyless {
namespace {

class Collapse {
 public:
  explicit Collapse(const CodeFile& file) : file_(file) {}

  ChoicesMade run(const std::function<bool(Span)>& asks) {
    Span last;
    for (const Choice& choice : file_.outline.choices) {
      if (!last.empty() && last.contains(choice.whole)) continue;
      if (!gate_.empty() && text_of(choice.test) == gate_) {
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
  [[nodiscard]] std::string_view text_of(Span s) const {
    return file_.text.substr(s.begin, s.size());
  }

  // One question: `key`, `not key`, `key is None`, `key is not None`, `key != ""`.
  [[nodiscard]] bool is_plain(Span test) const {
    const std::string_view text = text_of(test);
    return text.find(" and ") == std::string_view::npos &&
           text.find(" or ") == std::string_view::npos && text.find('\n') == std::string_view::npos;
  }
  [[nodiscard]] bool asks_for_absence(Span test) const {
    std::string_view text = text_of(test);
    if (text.starts_with('(')) text = text.substr(1, text.size() - 2);
    return text.starts_with("not ") || text.ends_with(" is None") || text.ends_with("== None") ||
           text.ends_with("== \"\"") || text.ends_with("== ''");
  }

  // Code of it names a provider or credential.
  [[nodiscard]] bool has_token(Span branch) const {
    return std::any_of(file_.outline.mentions.begin(), file_.outline.mentions.end(),
                       [&](const Mention& m) {
                         if (!branch.contains(m.span)) return false;
                         const std::string name = squash(m.name);
                         return name.find("tokenprovider") != std::string::npos ||
                                (name.find("credential") != std::string::npos &&
                                 name.find("keycredential") == std::string::npos);
                       });
  }

  [[nodiscard]] bool leaves(Span branch) const {
    const std::string_view text = text_of(branch);
    const size_t line = text.rfind('\n');
    const std::string_view last = trim(line == std::string_view::npos ? text : text.substr(line));
    return last.starts_with("raise") || last.find("exit(") != std::string_view::npos;
  }

  // What runs when the key is there needs none any more.
  [[nodiscard]] bool may_lose_parts(const Conjunction& c) const {
    return c.branch.empty() || has_token(c.branch);
  }

  // `if key and endpoint:` and `bool(key and endpoint)` ask for the endpoint alone.
  void drop_conjuncts(const Conjunction& c, const std::function<bool(Span)>& asks) {
    if (!may_lose_parts(c)) return;
    const auto inside = [&](const Edit& e) { return e.span.contains(c.whole); };
    if (std::any_of(made_.edits.begin(), made_.edits.end(), inside)) return;
    std::vector<std::string> kept;
    std::vector<Span> gone;
    for (const Span& part : c.parts)
      if (asks_for_absence(part) || !asks(part))
        kept.emplace_back(text_of(part));
      else
        gone.push_back(part);
    if (gone.empty()) return;
    if (kept.empty()) return forget_name(c);
    made_.edits.push_back({c.whole, join(kept, " and ")});
    made_.removed.insert(made_.removed.end(), gone.begin(), gone.end());
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
    // `provider=None if key else tp`
    if (choice.statement == none && text_of(present) == "None" && text_of(absent) != "None")
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
    return text_of(branch).find("return ") != std::string_view::npos;
  }
  // The last statement directly in the branch is a return.
  [[nodiscard]] bool ends_in_return(Span branch) const {
    const Statement* last = nullptr;
    for (const Statement& s : file_.outline.statements)
      if (s.block == branch) last = &s;
    return last != nullptr && text_of(last->span).starts_with("return");
  }

  bool take(const Choice& choice, Span chosen) {
    const std::string text(text_of(chosen));
    std::string with = text;
    if (choice.statement != none) {
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
    if (choice.statement != none && ends_in_return(chosen)) {
      // Nothing behind it is reached any more.
      const Statement& s = file_.outline.statements[choice.statement];
      const bool inner = s.parent != none && s.block.end > whole.end;
      if (inner) {
        made_.removed.push_back({whole.end, s.block.end});
        whole.end = s.block.end;
      }
    }
    made_.edits.push_back({whole, with});
    made_.removed.push_back(choice.test);
    for (const Span& branch : {choice.yes, choice.no})
      if (branch != chosen && !branch.empty()) made_.removed.push_back(branch);
    return true;
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
  if (file.document.language != "python" || guard.list) return true;
  const Collapse collapse(file);
  return std::none_of(guard.tests.begin(), guard.tests.end(),
                      [&](const Span& test) { return collapse.asks_presence(test); }) ||
         file.text.substr(file.outline.statements[guard.statement].span.begin, 6) == "assert" ||
         collapse.rest_has_token(guard.statement);
}

std::vector<Span> collapsible_tests(const CodeFile& file) {
  if (file.document.language != "python") return {};
  return Collapse(file).tests();
}

ChoicesMade collapse_choices(const CodeFile& file, const std::function<bool(Span)>& asks) {
  if (file.document.language != "python") return {};
  return Collapse(file).run(asks);
}

}  // namespace keyless
