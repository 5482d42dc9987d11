#include "fix/script_parameters.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "fix/manifest.h"
#include "fix/waiting.h"
#include "syntax/outline.h"

namespace keyless {
namespace {

bool is_script(std::string_view language) {
  return language == "javascript" || language == "typescript" || language == "tsx";
}

// A parameter, or a member of one, that nobody reads any more.
struct Unread {
  const Element* parameter = nullptr;
  std::string member;  // "" for the parameter itself
  std::string called;  // the function, or the class of a constructor
  bool method = false;
};

struct Found : ParameterRemoval {
  size_t calls = 0;
  size_t definitions = 0;
  bool exported = false;
};

class Search {
 public:
  Search(const Repository& repository, uint32_t file)
      : repository_(repository),
        d_(repository.project().files()[file].document),
        text_(repository.text(d_.path)),
        outline_(outline_of(text_, d_.language)) {}

  ParameterRemoval run(const std::set<std::string>& names) {
    if (!outline_ || outline_->broken) return {};
    for (const Element& e : d_.elements) {
      if (e.kind != ElementKind::param) continue;
      const std::string key = scope_name(d_, e.scope) + "." + e.name;
      if (names.contains(key)) consider(e, e.member);
      for (auto it = names.lower_bound(key + "."); it != names.end() && it->starts_with(key + ".");
           ++it)
        if (e.member.empty()) consider(e, it->substr(key.size() + 1));
    }
    return std::move(result_);
  }

 private:
  [[nodiscard]] std::string_view text_of(Span s) const {
    return std::string_view(text_).substr(s.begin, s.size());
  }

  void consider(const Element& e, const std::string& member) {
    if (member.find_first_of(".[") != std::string::npos) return;
    const Scope& function = d_.scopes[e.scope];
    const bool entry = entry_of(d_, function) != nullptr;
    if (function.kind != ScopeKind::function || (function.name.empty() && !entry)) return;
    const bool of_object = !member.empty() && e.member.empty();
    if (of_object ? reads_member(function.span, e, member) : reads(function.span, e)) return;
    if (!of_object && (e.extent.span.empty() || stays(text_of(e.extent.span)))) return;
    const Scope& outer = d_.scopes[function.parent];
    if (!of_object && member.empty() && entry) return remove_of_entries(e);
    Unread unread{&e, member, function.name, outer.kind == ScopeKind::type};
    if (function.name == "constructor" && unread.method) {
      unread.called = outer.name;
      unread.method = false;
      if (decorated(outer.span)) return;
    } else if (outer.kind == ScopeKind::function || function.name.find(' ') != std::string::npos) {
      return;
    }
    remove(unread, of_object);
  }

  // A rest parameter takes what comes; one with such words is a field too.
  static bool stays(std::string_view parameter) {
    return parameter.starts_with("...") || parameter.starts_with("private ") ||
           parameter.starts_with("public ") || parameter.starts_with("protected ") ||
           parameter.starts_with("readonly ") || parameter.starts_with("@");
  }

  [[nodiscard]] bool reads(Span body, const Element& e) const {
    return std::any_of(outline_->mentions.begin(), outline_->mentions.end(), [&](const Mention& m) {
      return m.name == e.name && body.contains(m.span) && m.span != e.name_span &&
             !e.span.contains(m.span) && m.role == Mention::Role::use;
    });
  }
  // The member is read, or the object goes to where it may be.
  [[nodiscard]] bool reads_member(Span body, const Element& e, std::string_view member) const {
    for (const Mention& m : outline_->mentions) {
      if (!body.contains(m.span) || m.span == e.name_span) continue;
      if (m.name == e.name && m.role == Mention::Role::use) {
        const char next = m.span.end < text_.size() ? text_[m.span.end] : '\0';
        if (next != '.') return true;
      }
      const bool is_member = m.role == Mention::Role::member || m.role == Mention::Role::taken;
      if (m.name == member && is_member && text_of(m.whole).starts_with(e.name + ".")) return true;
    }
    return false;
  }

  // All entries of that name in this file are called the same way, and only here.
  void remove_of_entries(const Element& parameter) {
    const std::string name = entry_of(d_, d_.scopes[parameter.scope])->name;
    Found found;
    for (const Element& e : d_.elements) {
      const Scope& function = d_.scopes[e.scope];
      if (e.kind != ElementKind::param || e.position != parameter.position) continue;
      const Element* entry = entry_of(d_, function);
      if (entry == nullptr || entry->name != name) continue;
      if (reads(function.span, e) || e.extent.span.empty() || stays(text_of(e.extent.span)) ||
          exports(*outline_, text_, Mention{{}, function.span, function.span, {}}))
        return;
      found.edits[d_.path].push_back({e.extent.span, {}});
      found.removed[d_.path].push_back(e.name_span);
    }
    for (const ProjectFile& file : repository_.project().files())
      if (file.document.path != d_.path && is_script(file.document.language) &&
          repository_.text(file.document.path).find("." + name + "(") != std::string::npos)
        return;
    const Unread unread{&parameter, {}, name, true};
    for (const Mention& m : outline_->mentions) {
      if (m.name != name || m.role == Mention::Role::label) continue;
      const Element* call = call_at(d_, text_, m);
      const char next = m.span.end < text_.size() ? text_[m.span.end] : '\0';
      if (call == nullptr && m.role == Mention::Role::member && (next == '.' || next == '['))
        continue;
      if (call == nullptr || !take_argument(unread, d_, text_, *call, found)) return;
    }
    if (found.calls > 0) keep(found);
  }

  // A framework makes the object and gives it its arguments.
  [[nodiscard]] bool decorated(Span type) const {
    const uint32_t index = outline_->top_statement_at(type);
    if (index == none) return true;
    const std::string_view text = text_of(outline_->statements[index].span);
    const std::string_view before = trim(std::string_view(text_).substr(0, type.begin));
    const size_t line = before.rfind('\n');
    return text.starts_with("@") ||
           trim(line == std::string_view::npos ? before : before.substr(line)).starts_with("@");
  }

  void remove(const Unread& unread, bool of_object) {
    Found found;
    if (!of_object) {
      found.edits[d_.path].push_back({unread.parameter->extent.span, {}});
      found.removed[d_.path].push_back(unread.parameter->name_span);
    }
    for (const ProjectFile& file : repository_.project().files()) {
      const Document& d = file.document;
      if (!is_script(d.language)) continue;
      const std::string text = repository_.text(d.path);
      if (text.find(unread.called) == std::string::npos) continue;
      if (!take_calls(unread, file, text, found)) return;
    }
    // Without a call here, or from a package that others install, somebody else calls it.
    if (found.definitions != 1 || found.calls == 0) return;
    if (found.exported && is_library()) return;
    keep(found);
  }

  void keep(Found& found) {
    for (auto& [path, edits] : found.edits)
      result_.edits[path].insert(result_.edits[path].end(), edits.begin(), edits.end());
    for (auto& [path, spans] : found.removed)
      result_.removed[path].insert(result_.removed[path].end(), spans.begin(), spans.end());
  }

  // The nearest package.json says what others import from it.
  [[nodiscard]] bool is_library() const {
    std::string folder = d_.path;
    do {
      const size_t slash = folder.rfind('/');
      folder = slash == std::string::npos ? std::string() : folder.substr(0, slash);
      const std::string manifest =
          repository_.text(folder.empty() ? "package.json" : folder + "/package.json");
      if (manifest.empty()) continue;
      const auto has = [&](std::string_view word) {
        return manifest.find(word) != std::string::npos;
      };
      if (has("\"private\": true") || has("\"private\":true")) return false;
      return has("\"exports\"") || has("\"types\"") || has("\"typings\"") ||
             has("\"publishConfig\"") || has("\"module\"");
    } while (!folder.empty());
    return false;
  }

  // False when a mention of the name may be more than a call that is understood.
  static bool take_calls(const Unread& unread, const ProjectFile& file, const std::string& text,
                         Found& found) {
    const Document& d = file.document;
    const auto outline = outline_of(text, d.language);
    if (!outline || outline->broken || file.generated || file.vendored) return false;
    for (const Scope& scope : d.scopes)
      found.definitions += scope.name == unread.called && scope.kind != ScopeKind::block ? 1U : 0U;
    for (const Mention& m : outline->mentions) {
      if (m.name != unread.called || m.role == Mention::Role::label) continue;
      if (imported(*outline, m)) continue;
      if (is_definition(d, text, m)) {
        found.exported = found.exported || exports(*outline, text, m);
        continue;
      }
      if (m.role == Mention::Role::target || m.role == Mention::Role::member_target) return false;
      const Element* call = call_at(d, text, m);
      if (call == nullptr && exports(*outline, text, m)) {
        found.exported = true;
        continue;
      }
      if (call == nullptr && is_type(text, m)) continue;
      if (call == nullptr || (unread.method && call->name != "self." + unread.called)) return false;
      if (!take_argument(unread, d, text, *call, found)) return false;
    }
    return true;
  }

  // `const { name } = require(...)`
  static bool imported(const Outline& outline, const Mention& m) {
    const auto takes = [&](const ImportedName& i) {
      return i.local == m.name && i.member == m.name &&
             outline.statements[i.statement].span.contains(m.span);
    };
    const bool taken = m.role == Mention::Role::target || m.role == Mention::Role::taken;
    return taken && std::any_of(outline.imports.begin(), outline.imports.end(), takes);
  }

  // `function name`, `class Name`, `name(...) {`, `const name = (...) =>`: the name's own place.
  static bool is_definition(const Document& d, std::string_view text, const Mention& m) {
    return std::any_of(d.scopes.begin(), d.scopes.end(), [&](const Scope& scope) {
      if (scope.name != m.name) return false;
      if (scope.span.contains(m.span)) return m.span.begin - scope.span.begin < 24 + m.name.size();
      if (scope.span.begin < m.span.end || scope.span.begin - m.span.end > 200) return false;
      const std::string_view between = trim(text.substr(m.span.end, scope.span.begin - m.span.end));
      return (between.starts_with('=') || between.starts_with(':')) &&
             between.find(';') == std::string_view::npos;
    });
  }

  // `export function f`, `export { f }`, `module.exports = { f }`.
  static bool exports(const Outline& outline, std::string_view text, const Mention& m) {
    const uint32_t index = outline.top_statement_at(m.span);
    if (index == none) return false;
    const std::string_view statement = text.substr(outline.statements[index].span.begin);
    return statement.starts_with("export ") || statement.starts_with("module.exports") ||
           statement.starts_with("exports.");
  }

  // `x: Name`, `Promise<Name>`, `x as Name`: nothing is called.
  static bool is_type(std::string_view text, const Mention& m) {
    const std::string_view before = trim(text.substr(0, m.span.begin));
    const std::string_view after = trim(text.substr(m.span.end, 3));
    if (after.starts_with("(")) return false;
    return before.ends_with(":") || before.ends_with("<") || before.ends_with("|") ||
           before.ends_with(" as") || before.ends_with("implements") ||
           before.ends_with("typeof") || before.ends_with("import type {");
  }

  static const Element* call_at(const Document& d, std::string_view text, const Mention& m) {
    for (const Element& e : d.elements) {
      if (e.kind != ElementKind::call || !e.span.contains(m.span)) continue;
      if (e.name != m.name && !e.name.ends_with("." + std::string(m.name))) continue;
      std::string_view callee = text.substr(e.span.begin, m.span.end - e.span.begin);
      if (callee.starts_with("new ")) callee = trim(callee.substr(4));
      if (callee.find_first_of("( \n") == std::string_view::npos) return &e;
    }
    return nullptr;
  }

  static bool take_argument(const Unread& unread, const Document& d, std::string_view text,
                            const Element& call, Found& found) {
    ++found.calls;
    const Input* at = nullptr;
    for (const Input& input : call.inputs) {
      if (input.via == Via::splat) return false;
      const bool whole = input.via == Via::positional && call.span.contains(input.span);
      if (whole && input.position == unread.parameter->position) at = &input;
    }
    const auto take = [&](const Extent& extent, Span span) {
      found.edits[d.path].push_back({extent.span.empty() ? span : extent.span, {}});
      found.removed[d.path].push_back(span);
    };
    if (unread.member.empty()) {
      if (at != nullptr) take(at->extent, at->span);
      return true;
    }
    if (at == nullptr) return true;
    const std::string_view argument = text.substr(at->span.begin, at->span.size());
    if (!argument.starts_with('{') || argument.find("...") != std::string_view::npos) return false;
    for (const Element& e : d.elements) {
      if (e.kind != ElementKind::pair || e.name != unread.member || e.group != at->value) continue;
      if (!at->span.contains(e.span)) return false;
      take(e.extent, e.span);
    }
    return true;
  }

  const Repository& repository_;
  const Document& d_;
  std::string text_;
  std::optional<Outline> outline_;
  ParameterRemoval result_;
};

}  // namespace

ParameterRemoval remove_script_parameters(const Repository& repository, uint32_t file,
                                          const std::set<std::string>& names) {
  return Search(repository, file).run(names);
}

}  // namespace keyless
