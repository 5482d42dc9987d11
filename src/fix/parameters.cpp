#include "fix/parameters.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "fix/script_parameters.h"
#include "syntax/outline.h"

namespace keyless {
namespace {

// A function whose parameter nobody reads.
struct Signature {
  const Element* parameter = nullptr;
  std::string called;   // what calls write: the function, or the class of a constructor
  bool method = false;  // called on an object
};

struct Found : ParameterRemoval {
  size_t calls = 0;
};

class ParameterSearch {
 public:
  ParameterSearch(const Repository& repository, uint32_t file)
      : repository_(repository),
        file_(repository.project().files()[file]),
        d_(file_.document),
        text_(repository.text(d_.path)) {}

  ParameterRemoval run(const std::set<std::string>& names) {
    outline_ = outline_of(text_, d_.language);
    if (!outline_ || outline_->broken) return {};
    for (const Element& e : d_.elements) {
      if (e.kind != ElementKind::param || e.type.starts_with('*')) continue;
      if (!names.contains(scope_name(d_, e.scope) + "." + e.name)) continue;
      if (const auto signature = signature_of(e)) remove(*signature);
    }
    return std::move(result_);
  }

 private:
  [[nodiscard]] std::optional<Signature> signature_of(const Element& e) const {
    const Scope& function = d_.scopes[e.scope];
    if (function.kind != ScopeKind::function || function.name.empty()) return std::nullopt;
    if (read_in(function.span, e) || decorated(function.span)) return std::nullopt;
    const Scope& outer = d_.scopes[function.parent];
    Signature s{&e, function.name, outer.kind == ScopeKind::type};
    if (function.name == "__init__" && s.method) {
      s.called = outer.name;
      s.method = false;
    } else if (function.name.starts_with("__") || outer.kind == ScopeKind::function) {
      return std::nullopt;
    }
    return s;
  }

  [[nodiscard]] bool read_in(Span body, const Element& e) const {
    return std::any_of(outline_->mentions.begin(), outline_->mentions.end(), [&](const Mention& m) {
      return m.name == e.name && body.contains(m.span) && m.span != e.name_span &&
             (m.role == Mention::Role::use || m.role == Mention::Role::target);
    });
  }

  // A decorator may call the function in its own way, or show its parameters to users.
  [[nodiscard]] bool decorated(Span function) const {
    constexpr std::array<std::string_view, 8> harmless{
        "retry",          "lru_cache",  "cache",       "contextmanager", "asynccontextmanager",
        "cache_resource", "cache_data", "on_exception"};
    for (const Statement& s : outline_->statements) {
      if (!s.declares || s.span.end != function.end || s.span.begin >= function.begin) continue;
      const std::string_view head =
          std::string_view(text_).substr(s.span.begin, function.begin - s.span.begin);
      for (const std::string_view line : split(head, '\n')) {
        if (!line.starts_with("@")) continue;
        const std::string_view name = line.substr(1, line.find_first_of("(\r ") - 1);
        if (std::find(harmless.begin(), harmless.end(), after_last(name, '.')) == harmless.end())
          return true;
      }
    }
    return false;
  }

  void remove(const Signature& s) {
    Found found;
    found.edits[d_.path].push_back({s.parameter->extent.span, {}});
    size_t definitions = 0;
    for (const ProjectFile& file : repository_.project().files()) {
      const Document& d = file.document;
      if (d.language != "python") continue;
      const std::string text = repository_.text(d.path);
      if (text.find(s.called) == std::string::npos) continue;
      if (!take_calls(s, file, text, found, definitions)) return;
    }
    // Without a call here somebody else calls it.
    if (definitions != 1 || found.calls == 0) return;
    for (auto& [path, edits] : found.edits)
      result_.edits[path].insert(result_.edits[path].end(), edits.begin(), edits.end());
    for (auto& [path, spans] : found.removed)
      result_.removed[path].insert(result_.removed[path].end(), spans.begin(), spans.end());
  }

  // False when a mention of the name may be more than a call that is understood.
  bool take_calls(const Signature& s, const ProjectFile& file, const std::string& text,
                  Found& found, size_t& definitions) const {
    const Document& d = file.document;
    for (const Scope& scope : d.scopes)
      definitions += scope.name == s.called && scope.kind != ScopeKind::block ? 1U : 0U;
    const auto outline = outline_of(text, d.language);
    if (!outline || outline->broken || file.generated || file.vendored) return false;
    for (const Mention& m : outline->mentions) {
      if (m.name != s.called || m.role == Mention::Role::label) continue;
      if (m.role == Mention::Role::target || m.role == Mention::Role::member_target) return false;
      if (is_definition(d, m) || is_annotation(text, m)) continue;
      const Element* call = call_at(d, m);
      if (call == nullptr) return false;
      if (!take_argument(s, d, *call, found)) return false;
    }
    return true;
  }

  // `def name`, `class Name`: the name's own place.
  static bool is_definition(const Document& d, const Mention& m) {
    return std::any_of(d.scopes.begin(), d.scopes.end(), [&](const Scope& scope) {
      const bool named = scope.name == m.name && scope.span.contains(m.span);
      return named && m.span.begin - scope.span.begin < 16 + m.name.size();
    });
  }

  // `x: Name`, `-> Name`: a type, nothing is called.
  static bool is_annotation(std::string_view text, const Mention& m) {
    const std::string_view before = trim(text.substr(0, m.span.begin));
    const std::string_view after = trim(text.substr(m.span.end, 3));
    return (before.ends_with(":") || before.ends_with("->")) && !after.starts_with("(");
  }

  static const Element* call_at(const Document& d, const Mention& m) {
    for (const Element& e : d.elements) {
      if (e.kind != ElementKind::call || after_last(e.name, '.') != m.name) continue;
      const size_t begin = e.span.begin + (e.name.size() - m.name.size());
      if (begin == m.span.begin) return &e;
    }
    return nullptr;
  }

  static bool take_argument(const Signature& s, const Document& d, const Element& call,
                            Found& found) {
    const Element& p = *s.parameter;
    ++found.calls;
    for (const Input& input : call.inputs) {
      if (!call.span.contains(input.span) || input.via == Via::splat) return false;
      const bool by_name = input.via == Via::keyword && input.name == p.name;
      const bool by_place = input.via == Via::positional && input.position == p.position;
      if (!by_name && !by_place) continue;
      found.edits[d.path].push_back(
          {input.extent.span.empty() ? input.span : input.extent.span, {}});
      found.removed[d.path].push_back(input.span);
    }
    return true;
  }

  const Repository& repository_;
  const ProjectFile& file_;
  const Document& d_;
  std::string text_;
  std::optional<Outline> outline_;
  ParameterRemoval result_;
};

}  // namespace

std::set<std::string> parameters_read_in(const Document& document, const std::vector<Span>& spans) {
  std::set<std::string> found;
  const bool python = document.language == "python";
  for (const Element& e : document.elements) {
    if (e.kind != ElementKind::param) continue;
    const Span body = document.scopes[e.scope].span;
    for (const Value& v : document.values) {
      if (v.kind != ValueKind::symbol || !body.contains(v.span)) continue;
      if (v.text != e.name && !v.text.starts_with(e.name + ".")) continue;
      const auto holds = [&](const Span& span) { return span.contains(v.span); };
      if (!std::any_of(spans.begin(), spans.end(), holds)) continue;
      // What is read of an object is a thing of its own in JavaScript.
      found.insert(scope_name(document, e.scope) + "." + (python ? e.name : v.text));
    }
  }
  return found;
}

ParameterRemoval remove_parameters(const Repository& repository, uint32_t file,
                                   const std::set<std::string>& names) {
  if (repository.project().files()[file].document.language != "python")
    return remove_script_parameters(repository, file, names);
  return ParameterSearch(repository, file).run(names);
}

}  // namespace keyless
