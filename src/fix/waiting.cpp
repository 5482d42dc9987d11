#include "fix/waiting.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>

#include "base/text.h"

namespace keyless {
namespace {

constexpr size_t most_functions = 16;  // that wait for each other

class Waiting {
 public:
  explicit Waiting(const CodeFile& file) : file_(file), d_(file.document), o_(file.outline) {}

  bool make(ScopeId function) {
    if (!made_.insert(function).second) return true;
    if (made_.size() > most_functions) return false;
    const Scope& scope = d_.scopes[function];
    const std::string name = name_of(scope);
    if (name.empty() || name == "constructor" || name.find(' ') != std::string::npos ||
        names_twice(scope, name) || !may_be_known(function, name) || !type_waits(scope))
      return false;
    const uint32_t place = place_of_async(file_, scope);
    edits_.push_back({{place, place}, "async "});
    return std::all_of(o_.mentions.begin(), o_.mentions.end(),
                       [&](const Mention& m) { return m.name != name || understood(function, m); });
  }

  std::vector<Edit> take() { return std::move(edits_); }

 private:
  // The entry of an object, or the method of a class, that the function is.
  [[nodiscard]] bool is_member(const Scope& scope) const {
    return d_.scopes[scope.parent].kind == ScopeKind::type || entry_of(d_, scope) != nullptr;
  }
  [[nodiscard]] std::string name_of(const Scope& scope) const {
    const Element* entry = entry_of(d_, scope);
    return entry == nullptr ? std::string(after_last(scope.name, '.')) : entry->name;
  }

  // Two functions of one name are told apart only where both are entries.
  [[nodiscard]] bool names_twice(const Scope& scope, const std::string& name) const {
    const bool member = is_member(scope);
    return std::any_of(d_.scopes.begin(), d_.scopes.end(), [&](const Scope& other) {
      return other.kind == ScopeKind::function && other.span != scope.span &&
             name_of(other) == name && (!member || !is_member(other));
    });
  }

  // Other files call it by its name, or as a member of whatever it stands in.
  [[nodiscard]] bool may_be_known(ScopeId function, const std::string& name) const {
    if (!file_.elsewhere) return false;
    const Scope& scope = d_.scopes[function];
    if (is_member(scope)) return !file_.elsewhere("." + name + "(") && !exported_around(scope);
    const bool exported =
        std::any_of(o_.mentions.begin(), o_.mentions.end(),
                    [&](const Mention& m) { return m.name == name && in_export(m.span); });
    return !exported || !file_.elsewhere(name);
  }
  [[nodiscard]] bool in_export(Span span) const {
    const uint32_t index = o_.top_statement_at(span);
    if (index == none) return false;
    const std::string_view text = file_.text_of(o_.statements[index].span);
    const bool whole = text.starts_with("module.exports") || text.starts_with("exports.");
    // Of an exported function or class only its own name is known outside.
    const size_t head = text.find_first_of("({=");
    return whole || (text.starts_with("export ") &&
                     (text.starts_with("export {") || text.starts_with("export default {") ||
                      span.begin - o_.statements[index].span.begin < head));
  }
  // An object that other files get: they may hand its functions on.
  [[nodiscard]] bool exported_around(const Scope& scope) const {
    if (d_.scopes[scope.parent].kind == ScopeKind::type) return false;
    const uint32_t index = o_.top_statement_at(scope.span);
    if (index == none) return true;
    const Span span = o_.statements[index].span;
    const std::string_view text = file_.text_of(span);
    if (text.starts_with("export ") || text.starts_with("module.exports") ||
        text.starts_with("exports."))
      return true;
    return std::any_of(o_.mentions.begin(), o_.mentions.end(), [&](const Mention& m) {
      const bool own = m.role == Mention::Role::target || m.role == Mention::Role::use;
      const auto again = [&](const Mention& other) {
        return other.name == m.name && !span.contains(other.span) && in_export(other.span);
      };
      return own && span.contains(m.span) && declared_by(span, m) &&
             std::any_of(o_.mentions.begin(), o_.mentions.end(), again);
    });
  }
  [[nodiscard]] bool declared_by(Span statement, const Mention& m) const {
    const std::string_view head =
        file_.text.substr(statement.begin, m.span.begin - statement.begin);
    return head.size() < 32 && head.find_first_of("(={") == std::string_view::npos;
  }

  bool understood(ScopeId function, const Mention& m) {
    const Scope& scope = d_.scopes[function];
    const bool member = is_member(scope);
    if (m.role == Mention::Role::label) return member || !calls(m);
    if (is_definition(m)) return true;
    if (!member && m.role == Mention::Role::member) return true;  // of something else
    if (!calls(m)) {
      // `response.headers.get(...)`: a member of that name which is no function.
      const std::string_view next = file_.text.substr(m.span.end, 1);
      return (member && m.role == Mention::Role::member && (next == "." || next == "[")) ||
             in_export(m.span) || m.role == Mention::Role::target;
    }
    const Element* call = call_at(m);
    if (call == nullptr) return false;
    const ScopeId caller = innermost_function(call->span);
    if (caller == none || in_parameters(d_.scopes[caller].span, call->span)) return false;
    if (!d_.scopes[caller].async && !make(caller)) return false;
    await(call->span);
    return true;
  }

  // In the default of a parameter no function may wait.
  [[nodiscard]] bool in_parameters(Span function, Span call) const {
    const uint32_t index = o_.statement_at(call);
    if (index != none && function.contains(o_.statements[index].span) &&
        o_.statements[index].span.begin > function.begin)
      return false;
    const std::string_view before = file_.text.substr(function.begin, call.begin - function.begin);
    int depth = 0;
    for (size_t at = 0; at < before.size(); ++at) {
      const char c = before[at];
      depth += c == '(' || c == '[' || c == '{' ? 1 : c == ')' || c == ']' || c == '}' ? -1 : 0;
      if (depth == 0 && before.substr(at, 2) == "=>") return false;
    }
    return true;
  }

  [[nodiscard]] bool calls(const Mention& m) const {
    return file_.text.substr(m.span.end, 1) == "(" || file_.text.substr(m.span.end, 3) == "?.(";
  }
  // `function name(`, `name(...) {`, `const name = (...) =>`
  [[nodiscard]] bool is_definition(const Mention& m) const {
    return std::any_of(d_.scopes.begin(), d_.scopes.end(), [&](const Scope& scope) {
      if (scope.kind != ScopeKind::function || name_of(scope) != m.name) return false;
      if (m.role == Mention::Role::target && scope.span.begin >= m.span.end)
        return scope.span.begin - m.span.end < 200;
      const std::string_view head = file_.text_of(scope.span).substr(0, 64);
      const size_t at = head.find('(');
      return scope.span.contains(m.span) && at != std::string_view::npos &&
             m.span.end <= scope.span.begin + at;
    });
  }
  [[nodiscard]] const Element* call_at(const Mention& m) const {
    const Element* best = nullptr;
    for (const Element& e : d_.elements)
      if (e.kind == ElementKind::call && e.span.contains(m.span) && e.span.begin == m.whole.begin &&
          after_last(e.name, '.') == m.name &&
          (best == nullptr || e.span.size() < best->span.size()))
        best = &e;
    return best;
  }
  [[nodiscard]] ScopeId innermost_function(Span span) const {
    ScopeId found = none;
    for (ScopeId s = 1; s < d_.scopes.size(); ++s)
      if (d_.scopes[s].kind == ScopeKind::function && d_.scopes[s].span.contains(span) &&
          (found == none || d_.scopes[s].span.size() < d_.scopes[found].span.size()))
        found = s;
    return found;
  }

  void await(Span call) {
    const std::string_view before = file_.text.substr(0, call.begin);
    if (before.ends_with("await ")) return;
    const std::string_view next = trim(file_.text.substr(call.end, 40));
    const bool more = before.ends_with("...") || next.starts_with('.') || next.starts_with("?.") ||
                      next.starts_with('[') || next.starts_with('(') || next.starts_with('!');
    edits_.push_back({{call.begin, call.begin}, more ? "(await " : "await "});
    if (more) edits_.push_back({{call.end, call.end}, ")"});
  }

  // `): Headers {` becomes `): Promise<Headers> {`.
  bool type_waits(const Scope& scope) {
    const std::string_view text = file_.text_of(scope.span);
    size_t at = text.find('(');
    if (at == std::string_view::npos) return true;  // `key => ...`
    for (int depth = 0; at < text.size(); ++at) {
      depth += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
      if (depth == 0) break;
    }
    const size_t colon = text.find_first_not_of(" \t\r\n", at + 1);
    if (colon == std::string_view::npos || text[colon] != ':') return true;
    const size_t body = std::min(text.find(" {", colon), text.find(" =>", colon));
    if (body == std::string_view::npos) return false;
    const size_t first = text.find_first_not_of(' ', colon + 1);
    const std::string_view type = text.substr(first, body - first);
    const bool plain = std::all_of(type.begin(), type.end(), [](char c) {
      return is_alnum(c) || std::string_view("_$.<>, []|\"'").find(c) != std::string_view::npos;
    });
    if (type.empty() || !plain) return false;
    const auto begin = static_cast<uint32_t>(scope.span.begin + first);
    edits_.push_back({{begin, static_cast<uint32_t>(scope.span.begin + body)},
                      "Promise<" + std::string(type) + ">"});
    return true;
  }

  const CodeFile& file_;
  const Document& d_;
  const Outline& o_;
  std::set<ScopeId> made_;
  std::vector<Edit> edits_;
};

}  // namespace

const Element* entry_of(const Document& document, const Scope& function) {
  const auto it =
      std::find_if(document.elements.begin(), document.elements.end(), [&](const Element& e) {
        return e.kind == ElementKind::pair && e.span.contains(function.span) &&
               e.span.end == function.span.end && e.value != none &&
               document.values[e.value].kind == ValueKind::function;
      });
  return it == document.elements.end() ? nullptr : &*it;
}

uint32_t place_of_async(const CodeFile& file, const Scope& function) {
  constexpr std::array<std::string_view, 6> words{"public ", "private ",  "protected ",
                                                  "static ", "override ", "export "};
  uint32_t place = function.span.begin;
  for (bool more = true; more;) {
    more = false;
    for (const std::string_view word : words)
      if (file.text.substr(place).starts_with(word)) {
        place += static_cast<uint32_t>(word.size());
        more = true;
      }
  }
  return place;
}

std::optional<std::vector<Edit>> made_async(const CodeFile& file, ScopeId function) {
  Waiting waiting(file);
  if (!waiting.make(function)) return std::nullopt;
  return waiting.take();
}

}  // namespace keyless
