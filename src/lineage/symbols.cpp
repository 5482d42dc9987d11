#include "lineage/symbols.h"

#include <algorithm>

#include "base/text.h"

namespace keyless {
namespace {

// Calls of this class inside one another; a hop through an import takes about four of them.
constexpr int most_hops = 24;
constexpr int most_steps = 400;
constexpr int steps_in_generated = 12;

std::string key_of(ScopeId scope, std::string_view name) {
  return std::to_string(scope) + "#" + std::string(name);
}

std::string_view first_of(std::string_view dotted) {
  return dotted.substr(0, dotted.find('.'));
}

std::string_view rest_of(std::string_view dotted) {
  const size_t dot = dotted.find('.');
  return dot == std::string_view::npos ? std::string_view{} : dotted.substr(dot + 1);
}

bool is_self(std::string_view name) {
  return name == "self" || name == "this" || name == "cls";
}

}  // namespace

Symbols::Symbols(const Project& project) : project_(project), files_(project.files().size()) {
  for (uint32_t file = 0; file < files_.size(); ++file) index(file);
}

void Symbols::start(uint32_t file) const {
  steps_left_ = project_.files()[file].generated ? steps_in_generated : most_steps;
}

bool Symbols::exhausted(int depth) const {
  return depth > most_hops || --steps_left_ < 0;
}

void Symbols::index(uint32_t file) {
  const Document& d = project_.files()[file].document;
  FileIndex& index = files_[file];
  for (ScopeId s = 1; s < d.scopes.size(); ++s) {
    const Scope& scope = d.scopes[s];
    if (scope.name.empty() || scope.parent == none) continue;
    const bool type = scope.kind == ScopeKind::type;
    if (!type && scope.kind != ScopeKind::function) continue;
    index.declared[key_of(scope.parent, scope.name)] = {
        type ? Ref::Kind::type : Ref::Kind::function, s, {}};
  }
  const auto declare = [&](ScopeId scope, std::string_view name, const Element& e) {
    Declared& found = index.declared[key_of(scope, name)];
    if (found.kind == Ref::Kind::variable) found.elements.push_back(&e);
  };
  for (const Element& e : d.elements) switch (e.kind) {
      case ElementKind::assign: {
        ScopeId scope = e.scope;
        std::string_view name = e.name;
        const ScopeId type = enclosing(d, scope, ScopeKind::type);
        if (is_self(first_of(name)) && type != none && name.find('.') != std::string_view::npos) {
          scope = type;
          name = rest_of(name);
        }
        declare(scope, name, e);
        break;
      }
      case ElementKind::param:
        declare(e.scope, e.name, e);
        index.params[e.scope].push_back(&e);
        break;
      case ElementKind::field:
        declare(e.scope, e.name, e);
        break;
      case ElementKind::result:
        index.results[e.scope].push_back(&e);
        break;
      case ElementKind::base:
        index.bases[e.scope].push_back(&e);
        break;
      case ElementKind::export_name:
        (e.name == "*" ? index.stars : index.exports).push_back(&e);
        break;
      case ElementKind::import:
        if (e.member == "*") index.stars.push_back(&e);
        break;
      default:
        break;
    }
}

const Symbols::Declared* Symbols::declared(uint32_t file, ScopeId scope,
                                           std::string_view name) const {
  const auto& all = files_[file].declared;
  const auto it = all.find(key_of(scope, name));
  return it == all.end() ? nullptr : &it->second;
}

Ref Symbols::resolve(uint32_t file, ScopeId scope, std::string_view dotted, int depth) const {
  if (exhausted(depth) || dotted.empty() || file >= files_.size()) return {};
  const Document& d = project_.files()[file].document;
  const std::string_view first = first_of(dotted);
  const std::string_view rest = rest_of(dotted);
  if (is_self(first) && !rest.empty()) {
    const ScopeId type = enclosing(d, scope, ScopeKind::type);
    if (type != none) return member(file, type, rest, depth + 1);
  }
  if (const size_t call = dotted.find("()."); call != std::string_view::npos && call > 0)
    return behind_call(file, scope, dotted.substr(0, call), dotted.substr(call + 3), depth + 1);
  for (ScopeId s = scope; s != none; s = d.scopes[s].parent) {
    if (const Declared* whole = rest.empty() ? nullptr : declared(file, s, dotted))
      return {whole->kind, file, whole->kind == Ref::Kind::variable ? s : whole->target,
              std::string(dotted)};
    const Declared* found = declared(file, s, first);
    if (found == nullptr) continue;
    if (found->kind == Ref::Kind::variable)
      return rest.empty() ? Ref{Ref::Kind::variable, file, s, std::string(first)}
                          : behind(file, s, first, rest, depth + 1);
    if (rest.empty()) return {found->kind, file, found->target, std::string(first)};
    if (found->kind == Ref::Kind::type) return member(file, found->target, rest, depth + 1);
    return {};
  }
  return imported(file, dotted, depth + 1);
}

Ref Symbols::imported(uint32_t file, std::string_view dotted, int depth) const {
  if (exhausted(depth)) return {};
  const ProjectFile& f = project_.files()[file];
  if (const Element* e = f.imports->import_of(dotted)) {
    std::string_view rest = dotted.substr(e->name.size());
    if (rest.starts_with('.')) rest.remove_prefix(1);
    return from_module(file, e->module, e->member, rest, depth);
  }
  for (const Element* e : files_[file].stars)
    if (Ref ref = from_module(file, e->module, {}, dotted, depth + 1)) return ref;
  return {};
}

Ref Symbols::from_module(uint32_t file, std::string_view module, std::string_view member_name,
                         std::string_view rest, int depth) const {
  if (exhausted(depth)) return {};
  const Document& d = project_.files()[file].document;
  const auto index_of = [&](const std::string& name) {
    const std::string path = project_.paths_of(file).resolve_module(d.language, d.path, name);
    return path.empty() || path == d.path ? none : project_.index_of(project_.root_of(file), path);
  };
  std::string name(member_name);
  if (d.language == "python" && !name.empty() && name != "*") {
    // A name that the package itself binds hides its module of that name.
    const uint32_t package = index_of(std::string(module));
    if (package != none && declared(package, 0, name) != nullptr)
      return exported(package, rest.empty() ? name : name + "." + std::string(rest), depth + 1);
    // `from package import module`
    const bool relative_only = module.find_first_not_of('.') == std::string_view::npos;
    const uint32_t target = index_of(std::string(module) + (relative_only ? "" : ".") + name);
    if (target != none) return exported(target, rest, depth + 1);
  }
  uint32_t target = index_of(std::string(module));
  std::string wanted = name == "*" ? std::string{} : name;
  if (!rest.empty()) wanted += (wanted.empty() ? "" : ".") + std::string(rest);
  // A required module may itself be a function.
  if (wanted.empty() && d.language != "python") wanted = "default";
  if (target == none && name.empty() && d.language == "python" && !rest.empty()) {
    // `import a` and then a.b.c: b may be a module.
    target = index_of(std::string(module) + "." + std::string(first_of(rest)));
    wanted = rest_of(rest);
  }
  return target == none ? Ref{} : exported(target, wanted, depth + 1);
}

Ref Symbols::exported(uint32_t file, std::string_view dotted, int depth) const {
  if (exhausted(depth) || dotted.empty()) return {};
  const std::string_view first = first_of(dotted);
  const std::string_view rest = rest_of(dotted);
  const std::string tail = rest.empty() ? std::string{} : "." + std::string(rest);
  const FileIndex& index = files_[file];
  for (const Element* e : index.exports) {
    if (e->name != first) continue;
    if (!e->module.empty()) return from_module(file, e->module, e->member, rest, depth + 1);
    if (e->value == none) continue;
    const Value& v = project_.files()[file].document.values[e->value];
    if (v.kind == ValueKind::symbol && v.text != first)
      return resolve(file, e->scope, v.text + tail, depth + 1);
    if (v.kind == ValueKind::map || v.kind == ValueKind::call)
      if (declared(file, 0, first) == nullptr)
        return {Ref::Kind::variable, file, 0, std::string(first) + tail};
  }
  if (declared(file, 0, first) != nullptr || project_.files()[file].imports->import_of(first))
    return resolve(file, 0, dotted, depth + 1);
  // CommonJS: the module is what `module.exports` was given, a function or an object with members.
  const Declared* function = dotted == "default" ? declared(file, 0, "module.exports") : nullptr;
  if (function != nullptr && function->kind == Ref::Kind::function)
    return {Ref::Kind::function, file, function->target, "module.exports"};
  for (const Element* e : index.exports) {
    if (e->name != "default" || e->value == none) continue;
    const Value& v = project_.files()[file].document.values[e->value];
    if (v.kind != ValueKind::symbol || v.text == dotted) continue;
    const Ref ref = resolve(file, e->scope, v.text + "." + std::string(dotted), depth + 1);
    if (ref.kind == Ref::Kind::function) return ref;
  }
  for (const Element* e : index.stars)
    if (Ref ref = from_module(file, e->module, {}, dotted, depth + 1)) return ref;
  return {};
}

Ref Symbols::member(uint32_t file, ScopeId type, std::string_view dotted, int depth) const {
  if (exhausted(depth)) return {};
  const std::string_view first = first_of(dotted);
  const std::string_view rest = rest_of(dotted);
  if (!rest.empty() && declared(file, type, dotted) != nullptr)
    return {Ref::Kind::variable, file, type, std::string(dotted)};
  if (const Declared* found = declared(file, type, first)) {
    if (found->kind == Ref::Kind::variable)
      return rest.empty() ? Ref{Ref::Kind::variable, file, type, std::string(first)}
                          : behind(file, type, first, rest, depth + 1);
    if (rest.empty()) return {found->kind, file, found->target, std::string(first)};
    return {};
  }
  const auto bases = files_[file].bases.find(type);
  if (bases == files_[file].bases.end()) return {};
  const ScopeId outer = project_.files()[file].document.scopes[type].parent;
  for (const Element* base : bases->second) {
    const Ref parent = resolve(file, outer, base->name, depth + 1);
    if (parent.kind != Ref::Kind::type) continue;
    if (Ref ref = member(parent.file, parent.scope, dotted, depth + 1)) return ref;
  }
  return {};
}

// `variable.rest`: an entry of a literal map, a member of its class, or behind an alias.
Ref Symbols::behind(uint32_t file, ScopeId scope, std::string_view variable, std::string_view rest,
                    int depth) const {
  if (exhausted(depth)) return {};
  const Document& d = project_.files()[file].document;
  const Declared* found = declared(file, scope, variable);
  for (const Element* e : found->elements) {
    if (e->value == none || e->kind == ElementKind::param) continue;
    const Value& v = d.values[e->value];
    if (v.kind == ValueKind::symbol && v.text != variable)
      if (Ref ref = resolve(file, e->scope, v.text + "." + std::string(rest), depth + 1))
        return ref;
  }
  if (const Ref type = type_of_variable(file, *found, depth + 1))
    if (Ref ref = member(type.file, type.scope, rest, depth + 1)) return ref;
  return {Ref::Kind::variable, file, scope, std::string(variable) + "." + std::string(rest)};
}

// `f().rest`: a member of the class that f makes, or of the object that it returns.
Ref Symbols::behind_call(uint32_t file, ScopeId scope, std::string_view callee,
                         std::string_view rest, int depth) const {
  const Ref called = resolve(file, scope, callee, depth + 1);
  if (called.kind == Ref::Kind::type) return member(called.file, called.scope, rest, depth + 1);
  if (called.kind != Ref::Kind::function) return {};
  const auto results = files_[called.file].results.find(called.scope);
  if (results == files_[called.file].results.end()) return {};
  const Document& d = project_.files()[called.file].document;
  for (const Element* result : results->second) {
    if (exhausted(depth)) return {};
    if (const Ref type = type_of_value(called.file, result->scope, result->value, depth + 1))
      if (Ref ref = member(type.file, type.scope, rest, depth + 1)) return ref;
    if (result->value == none || d.values[result->value].kind != ValueKind::symbol) continue;
    const std::string name = d.values[result->value].text + "." + std::string(rest);
    if (Ref ref = resolve(called.file, result->scope, name, depth + 1)) return ref;
  }
  return {};
}

Ref Symbols::type_of_variable(uint32_t file, const Declared& variable, int depth) const {
  for (const Element* e : variable.elements) {
    if (!e->type.empty())
      if (Ref type = type_named(file, e->scope, e->type, depth + 1)) return type;
    if (e->value != none && e->kind != ElementKind::param)
      if (Ref type = type_of_value(file, e->scope, e->value, depth + 1)) return type;
  }
  return {};
}

// "Optional[Settings]", "Annotated[Settings, Depends(f)]", "Settings | None", "Readonly<Config>":
// the first name that is a class.
Ref Symbols::type_named(uint32_t file, ScopeId scope, std::string_view annotation,
                        int depth) const {
  if (exhausted(depth)) return {};
  for (size_t i = 0; i < annotation.size();) {
    const auto is_name = [](char c) { return is_alnum(c) || c == '_' || c == '.'; };
    if (!is_name(annotation[i])) {
      ++i;
      continue;
    }
    size_t end = i;
    while (end < annotation.size() && is_name(annotation[end])) ++end;
    const Ref ref = resolve(file, scope, annotation.substr(i, end - i), depth + 1);
    if (ref.kind == Ref::Kind::type) return ref;
    i = end;
  }
  return {};
}

Ref Symbols::type_of_value(uint32_t file, ScopeId scope, ValueId value, int depth) const {
  if (exhausted(depth) || value == none) return {};
  const Document& d = project_.files()[file].document;
  const Value& v = d.values[value];
  if (v.kind == ValueKind::alternative)
    for (const ValueId part : v.parts)
      if (Ref type = type_of_value(file, scope, part, depth + 1)) return type;
  if (v.kind == ValueKind::symbol) {
    const Ref ref = resolve(file, scope, v.text, depth + 1);
    if (ref.kind == Ref::Kind::variable)
      if (const Declared* found = declared(ref.file, ref.scope, ref.name))
        return type_of_variable(ref.file, *found, depth + 1);
    return {};
  }
  if (v.kind != ValueKind::call || v.element == none) return {};
  const Element& call = d.elements[v.element];
  Ref callee = resolve(file, scope, call.name, depth + 1);
  if (callee.kind == Ref::Kind::type) return callee;
  if (callee.kind == Ref::Kind::function) {
    const auto results = files_[callee.file].results.find(callee.scope);
    if (results != files_[callee.file].results.end())
      for (const Element* result : results->second)
        if (Ref type = type_of_value(callee.file, callee.scope, result->value, depth + 1))
          return type;
  }
  // `lru_cache(Settings)()`, `Depends(get_settings)`: the argument may be the factory.
  for (const Input& input : call.inputs) {
    if (input.value == none || d.values[input.value].kind != ValueKind::symbol) continue;
    const Ref ref = resolve(file, scope, d.values[input.value].text, depth + 1);
    if (ref.kind != Ref::Kind::function) continue;
    const auto results = files_[ref.file].results.find(ref.scope);
    if (results == files_[ref.file].results.end()) continue;
    for (const Element* result : results->second)
      if (Ref type = type_of_value(ref.file, ref.scope, result->value, depth + 2)) return type;
  }
  return {};
}

ScopeId Symbols::constructor_of(uint32_t file, ScopeId type) const {
  for (const std::string_view name : {"__init__", "constructor"})
    if (const Declared* found = declared(file, type, name))
      if (found->kind == Ref::Kind::function) return found->target;
  return none;
}

std::vector<const Element*> Symbols::fields_of(uint32_t file, ScopeId type) const {
  std::vector<const Element*> fields;
  for (const Element& e : project_.files()[file].document.elements)
    if (e.kind == ElementKind::field && e.scope == type) fields.push_back(&e);
  return fields;
}

const std::vector<const Element*>& Symbols::params_of(uint32_t file, ScopeId function) const {
  const auto it = files_[file].params.find(function);
  return it == files_[file].params.end() ? no_elements_ : it->second;
}

}  // namespace keyless
