#include "lineage/evidence.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "lineage/literals.h"
#include "lineage/origins.h"

namespace keyless {
namespace {

const Document& document_of(const Linked& linked, uint32_t file) {
  return linked.flow->project().files()[file].document;
}

const Element* element_of(const Linked& linked, const Placed& p) {
  if (p.candidate->element == none) return nullptr;
  return &document_of(linked, p.file).elements[p.candidate->element];
}

bool is_name_space(const Node& n) {
  return is_carrier(n) || n.space == "setting" || n.space == "code";
}

// Name of a setting place without its container and offset.
std::string plain_name(const Node& n) {
  if (n.space != "setting") return std::string(after_last(n.name, '.'));
  const std::string_view name = std::string_view(n.name).substr(0, n.name.rfind('@'));
  const size_t dot = name.find('.');
  return std::string(dot == std::string_view::npos ? name : name.substr(dot + 1));
}

// table: value kinds that a rule may name as origin
constexpr std::array<std::pair<std::string_view, ValueKind>, 9> kind_names{
    {{"literal", ValueKind::literal},
     {"empty", ValueKind::empty},
     {"env", ValueKind::env},
     {"config", ValueKind::config},
     {"secret", ValueKind::secret},
     {"function", ValueKind::function},
     {"call", ValueKind::call},
     {"symbol", ValueKind::symbol},
     {"composite", ValueKind::composite}}};

std::vector<std::string> symbols_called(const Linked& linked, uint32_t file, const Element& call,
                                        int depth);

// `token.token`, where `token` is what a call gave, is also what the call's result has of that name.
std::vector<std::string> symbols_named(const Linked& linked, uint32_t file,
                                       const std::string& text) {
  const ProjectFile& f = linked.flow->project().files()[file];
  std::vector<std::string> names = f.imports->symbols(text);
  const std::string_view owner = before_last(text, '.');
  if (owner.empty()) return names;
  for (const Element& e : f.document.elements) {
    if (e.kind != ElementKind::assign || e.value == none || e.name != owner) continue;
    const Value& made = f.document.values[e.value];
    if (made.kind != ValueKind::call || made.element == none) continue;
    for (const std::string& name : f.imports->symbols(f.document.elements[made.element].name))
      names.push_back(name + "()." + std::string(after_last(text, '.')));
  }
  return names;
}

// What a value is called where it is made: the call, the name, or what a lambda gives.
std::vector<std::string> symbols_of(const Linked& linked, uint32_t file, ValueId id, int depth) {
  constexpr int deepest_function = 3;
  const Document& d = document_of(linked, file);
  if (id == none || depth > deepest_function) return {};
  const Value& v = d.values[id];
  if (v.kind == ValueKind::call && v.element != none)
    return symbols_called(linked, file, d.elements[v.element], depth + 1);
  if (v.kind == ValueKind::symbol) return symbols_named(linked, file, v.text);
  if (v.kind == ValueKind::function && v.parts.size() == 1)
    return symbols_of(linked, file, v.parts.front(), depth + 1);
  return {};
}

// What a function of the repository returns; nothing when one of its results is no call or name.
std::vector<std::string> symbols_returned(const Linked& linked, uint32_t file, const Element& call,
                                          int depth) {
  std::vector<std::string> names;
  const Ref function = linked.symbols->resolve(file, call.scope, call.name);
  if (function.kind != Ref::Kind::function) return names;
  for (const Element& e : document_of(linked, function.file).elements) {
    if (e.kind != ElementKind::result || e.scope != function.scope) continue;
    const auto returned = symbols_of(linked, function.file, e.value, depth + 1);
    if (returned.empty()) return {};
    names.insert(names.end(), returned.begin(), returned.end());
  }
  return names;
}

// What a call calls; `provider()` of a variable is what the call that made it gives, called again,
// and a call of a function of the repository is what that returns.
std::vector<std::string> symbols_called(const Linked& linked, uint32_t file, const Element& call,
                                        int depth) {
  const Document& d = document_of(linked, file);
  const ImportTable& imports = *linked.flow->project().files()[file].imports;
  std::vector<std::string> names = imports.symbols(call.name);
  for (const Element& e : d.elements) {
    if (e.kind != ElementKind::assign || e.value == none || e.name != call.name) continue;
    const Value& made = d.values[e.value];
    if (made.kind == ValueKind::call && made.element != none)
      for (const std::string& name : imports.symbols(d.elements[made.element].name))
        names.push_back(name + "()");
    if (made.kind == ValueKind::function)
      for (std::string& name : symbols_of(linked, file, e.value, depth))
        names.push_back(std::move(name));
  }
  for (std::string& name : symbols_returned(linked, file, call, depth))
    names.push_back(std::move(name));
  return names;
}

bool origin_fits(const Linked& linked, const Origin& origin, const std::string& wanted) {
  const uint32_t file = origin.file;
  const ValueId id = origin.value;
  const Document& d = document_of(linked, file);
  const Value& v = d.values[id];
  for (const auto& [name, kind] : kind_names)
    if (name == wanted) return v.kind == kind;
  if (wanted.starts_with('\'')) return v.kind == ValueKind::literal && wanted == "'" + v.text + "'";
  std::vector<std::string> names;
  if (v.kind == ValueKind::call && v.element != none) {
    names = symbols_called(linked, file, d.elements[v.element], 0);
    // `partial(fetch, scope)` is lowered as both calls.
    const ImportTable& imports = *linked.flow->project().files()[file].imports;
    for (const Element& e : d.elements)
      if (e.kind == ElementKind::call && e.span == d.elements[v.element].span)
        for (std::string& name : imports.symbols(e.name)) names.push_back(std::move(name));
  }
  if (v.kind == ValueKind::symbol) names = symbols_named(linked, file, v.text);
  if (wanted == "token-provider") {
    const Resources& resources = linked.flow->rules().resources;
    // A function of the repository that is handed over uncalled provides something for each call.
    const bool function =
        v.kind == ValueKind::symbol &&
        linked.symbols->resolve(file, origin.scope, v.text).kind == Ref::Kind::function;
    return function || v.kind == ValueKind::function ||
           std::any_of(names.begin(), names.end(),
                       [&](const std::string& symbol) { return resources.is_token(symbol); });
  }
  return std::any_of(names.begin(), names.end(),
                     [&](const std::string& symbol) { return wildcard_matches(wanted, symbol); });
}

// The value a capture names: `value`, or an input of the call.
ValueId captured(const Linked& linked, const Placed& p, const std::string& capture) {
  if (capture == "value") return p.candidate->value;
  const Element* e = element_of(linked, p);
  if (e == nullptr) return none;
  for (const std::string_view name : split(capture, '|')) {
    if (const Input* input = find_input(*e, name)) return input->value;
    for (const Input& input : e->inputs)
      if (input.name.empty() && std::to_string(input.position) == name) return input.value;
  }
  return none;
}

// `"Bearer " + token` is the token; any other value is itself.
ValueId without_scheme(const Document& d, ValueId id) {
  if (id == none || d.values[id].kind != ValueKind::composite) return id;
  ValueId inner = none;
  for (const ValueId part : d.values[id].parts) {
    const Value& v = d.values[part];
    const bool scheme = v.kind == ValueKind::literal && to_lower(trim(v.text)) == "bearer";
    if (!scheme && inner != none) return id;
    if (!scheme) inner = part;
  }
  return inner == none ? id : inner;
}

bool any_origin(const Linked& linked, const Placed& p, const Constraint& c) {
  const std::vector<Origin> origins =
      origins_of(linked.flow->project(), *linked.symbols, p.file, p.candidate->scope,
                 without_scheme(document_of(linked, p.file), captured(linked, p, c.subject)));
  return std::any_of(origins.begin(), origins.end(), [&](const auto& origin) {
    return std::any_of(c.values.begin(), c.values.end(), [&](const std::string& wanted) {
      return origin_fits(linked, origin, wanted);
    });
  });
}

bool origin_has_name(Linked& linked, const Placed& p, const Constraint& c) {
  const auto name_class = name_class_from(c.values.front());
  if (!name_class) return false;
  const Names& names = linked.flow->rules().names;
  bool found = false;
  bool strong = false;
  for (const Graph::Reached& r : linked.graph->backward(p.node)) {
    const Node& n = linked.graph->at(r.node);
    if (r.node == p.node || !is_name_space(n)) continue;
    const std::string name = plain_name(n);
    found = found || names.is(*name_class, name);
    strong = strong || names.is(NameClass::key_strong, name);
  }
  // An Azure name on the way says more than the name of a vault or file that holds other keys too.
  return found && (!strong || *name_class != NameClass::other_service);
}

bool input_is(Linked& linked, const Placed& p, const Constraint& c) {
  const ValueId value = captured(linked, p, c.subject);
  if (value == none) return false;
  const Span span = document_of(linked, p.file).values[value].span;
  const NodeId probe = linked.flow->place_node("probe", p.file, c.subject, span);
  linked.flow->flow(p.file, p.candidate->scope, value, probe);
  const Leg leg = endpoint_leg(linked, probe);
  if (c.values.front() == "azure-endpoint") return leg == Leg::azure || leg == Leg::both;
  return leg == Leg::other;
}

bool has_input(const Linked& linked, const Placed& p, const std::string& name) {
  const Element* e = element_of(linked, p);
  return e != nullptr && captured(linked, p, name) != none;
}

// A host of the class spelled in a literal within the span.
bool host_within(const Linked& linked, const Document& d, Span span, bool azure) {
  const Hosts& hosts = linked.flow->rules().hosts;
  const Names& names = linked.flow->rules().names;
  return std::any_of(d.values.begin(), d.values.end(), [&](const Value& v) {
    if (!span.contains(v.span)) return false;
    if (azure && v.kind == ValueKind::env && names.is(NameClass::endpoint_azure, v.text))
      return true;
    if (v.kind != ValueKind::literal || v.secret) return false;
    if (azure && v.text.find("/openai/deployments/") != std::string::npos) return true;
    const HostRow* row = hosts.find(v.text);
    return row != nullptr && row->azure == azure;
  });
}

bool scope_is(const Linked& linked, const Placed& p, const Constraint& c) {
  const Document& d = document_of(linked, p.file);
  const ScopeKind kind = c.subject == "function" ? ScopeKind::function
                         : c.subject == "class"  ? ScopeKind::type
                                                 : ScopeKind::file;
  const bool azure = c.values.front() == "azure-host";
  // The call that the header stands in says more than anything around it.
  const Span own = p.candidate->span;
  const Element* call = nullptr;
  for (const Element& e : d.elements)
    if (e.kind == ElementKind::call && e.span.contains(own) &&
        (call == nullptr || call->span.size() > e.span.size()))
      call = &e;
  if (call != nullptr && host_within(linked, d, call->span, azure)) return true;
  if (call != nullptr && host_within(linked, d, call->span, !azure)) return false;
  const ScopeId scope = enclosing(d, p.candidate->scope, kind);
  if (scope == none) return false;
  // A file that talks to several vendors says nothing about one header.
  const bool whole_file = kind == ScopeKind::file && azure;
  if (whole_file && host_within(linked, d, d.scopes[scope].span, false)) return false;
  return host_within(linked, d, d.scopes[scope].span, azure);
}

// Whether the value of an assignment is one of the wanted: `*` any, azure-endpoint, or a literal.
bool assigns_one_of(Linked& linked, const Placed& p, const Element& e, const Constraint& c) {
  const auto any_wanted = [&](const auto& test) {
    return std::any_of(c.values.begin(), c.values.end(), test);
  };
  if (any_wanted([](const std::string& wanted) { return wanted == "*"; })) return true;
  if (any_wanted([](const std::string& wanted) { return wanted == "azure-endpoint"; })) {
    const NodeId probe = linked.flow->place_node("probe", p.file, c.subject, e.span);
    linked.flow->flow(p.file, e.scope, e.value, probe);
    if (endpoint_leg(linked, probe) == Leg::azure) return true;
  }
  // A default beside the environment read counts too.
  const std::vector<Origin> origins =
      origins_of(linked.flow->project(), *linked.symbols, p.file, e.scope, e.value);
  return any_wanted([&](const std::string& wanted) {
    const auto fits = [&](const Origin& origin, std::string_view glob) {
      const Value& v = document_of(linked, origin.file).values[origin.value];
      return v.kind == ValueKind::literal && wildcard_matches(to_lower(glob), to_lower(v.text));
    };
    constexpr std::string_view only = "only ";
    if (!wanted.starts_with(only))
      return std::any_of(origins.begin(), origins.end(),
                         [&](const Origin& o) { return fits(o, wanted); });
    const std::string_view glob = std::string_view(wanted).substr(only.size());
    return !origins.empty() && std::all_of(origins.begin(), origins.end(), [&](const Origin& o) {
      const Value& v = document_of(linked, o.file).values[o.value];
      return v.kind == ValueKind::symbol || fits(o, glob);
    });
  });
}

bool assigned(Linked& linked, const Placed& p, const Constraint& c) {
  const ProjectFile& f = linked.flow->project().files()[p.file];
  const auto& elements = f.document.elements;
  const auto is_target = [&](const Element& e) {
    if (e.kind != ElementKind::assign || e.value == none) return false;
    const auto names = f.imports->symbols(e.name);
    return std::find(names.begin(), names.end(), c.subject) != names.end();
  };
  // A function that says it for itself is not asked about the rest of the file.
  const bool own = std::any_of(elements.begin(), elements.end(), [&](const Element& e) {
    return e.scope == p.candidate->scope && is_target(e);
  });
  return std::any_of(elements.begin(), elements.end(), [&](const Element& e) {
    return is_target(e) && (!own || e.scope == p.candidate->scope) &&
           assigns_one_of(linked, p, e, c);
  });
}

// A setting beside it gets an Azure address: through a variable, an output or from parts.
bool address_flows_beside(const Linked& linked, const Placed& p, const Element& own) {
  const Document& d = document_of(linked, p.file);
  const Names& names = linked.flow->rules().names;
  constexpr size_t most_settings = 500;
  size_t seen = 0;
  bool azure = false;
  for (const Element& e : d.elements) {
    const bool beside = e.kind == own.kind && e.container == own.container && e.group == own.group;
    if (!beside || &e == &own || ++seen > most_settings) continue;
    if (names.is(NameClass::key_strong, e.name)) return false;  // it has a key of its own
    const std::string lowered = to_lower(e.name);
    const bool address = lowered.ends_with("endpoint") || lowered.ends_with("url") ||
                         lowered.ends_with("base") || lowered.ends_with("host");
    if (!address || azure) continue;
    const std::string unique =
        std::string(to_string(e.container)) + "." + e.name + "@" + std::to_string(e.span.begin);
    const NodeId setting =
        linked.graph->find(linked.flow->project().root_of(p.file), "setting", d.path, unique);
    azure = setting != none && endpoint_leg(linked, setting) == Leg::azure;
  }
  return azure;
}

bool has_sibling(Linked& linked, const Placed& p, const std::string& kind) {
  const Element* own = element_of(linked, p);
  if (own == nullptr) return false;
  if (linked.siblings.any(*linked.flow, p.file, *own, kind)) return true;
  return kind == "endpoint-azure" && own->kind == ElementKind::setting &&
         address_flows_beside(linked, p, *own);
}

bool has_sibling_header(const Linked& linked, const Placed& p, const std::string& name) {
  const Element* own = element_of(linked, p);
  if (own == nullptr) return false;
  const Document& d = document_of(linked, p.file);
  return std::any_of(d.elements.begin(), d.elements.end(), [&](const Element& e) {
    return e.kind == ElementKind::pair && to_lower(e.name) == name &&
           (own->group != none ? e.group == own->group
                               : e.type == own->type && e.scope == own->scope);
  });
}

// `headers["api-key"] = key` and then `headers` itself as the input, within one function.
bool is_entry_of(const Document& d, const Element* entry, ScopeId scope, ValueId input) {
  return entry != nullptr && entry->kind == ElementKind::pair && entry->group == none &&
         input != none && d.values[input].kind == ValueKind::symbol && entry->scope == scope &&
         d.values[input].text == entry->type;
}

// The result of a call, or the map around an entry, reaches an input of one of the symbols.
bool passed_to(const Linked& linked, const Placed& p, const Constraint& c) {
  const ProjectFile& f = linked.flow->project().files()[p.file];
  const Element* own = element_of(linked, p);
  const bool entry = own != nullptr && own->kind == ElementKind::pair;
  const ValueId map = entry ? own->group : none;
  const auto fits = [&](const std::vector<std::string>& names) {
    return std::any_of(c.values.begin(), c.values.end(), [&](const std::string& glob) {
      return std::any_of(names.begin(), names.end(),
                         [&](const std::string& n) { return wildcard_matches(glob, n); });
    });
  };
  // `session.headers["api-key"] = key` stands in what it is written to.
  if (entry && map == none && fits(f.imports->symbols(own->type))) return true;
  for (const Element& e : f.document.elements) {
    if (e.kind != ElementKind::call) continue;
    if (!fits(f.imports->symbols(e.name))) continue;
    for (const Input& input : e.inputs) {
      if (is_entry_of(f.document, own, e.scope, input.value)) return true;
      const std::vector<Origin> origins =
          origins_of(linked.flow->project(), *linked.symbols, p.file, e.scope, input.value);
      for (const auto& [file, scope, id] : origins)
        if (file == p.file &&
            (map != none ? id == map : f.document.values[id].element == p.candidate->element))
          return true;
    }
  }
  return false;
}

// The literals that a value can be: through variables of infrastructure, or through names of code.
Literals texts_of(const Linked& linked, const Placed& p, ValueId value) {
  Literals literals = literals_of(*linked.flow, p.file, value);
  if (!literals.texts.empty()) return literals;
  const Project& project = linked.flow->project();
  for (const Origin& o : origins_of(project, *linked.symbols, p.file, p.candidate->scope, value)) {
    const Value& v = document_of(linked, o.file).values[o.value];
    if (v.kind == ValueKind::literal) literals.texts.push_back(v.text);
  }
  return literals;
}

// A value that the attribute can take within the repository fits one of the globs; with `wanted`
// false: all its values are known, and none fits.
bool attribute_is(const Linked& linked, const Placed& p, const Constraint& c, bool wanted) {
  const ValueId value = captured(linked, p, c.subject);
  if (value == none) return false;
  const Literals literals = texts_of(linked, p, value);
  if (!wanted && (!literals.complete || literals.texts.empty())) return false;
  const bool fits = std::any_of(c.values.begin(), c.values.end(), [&](const std::string& glob) {
    return std::any_of(literals.texts.begin(), literals.texts.end(), [&](const std::string& text) {
      return wildcard_matches(to_lower(glob), to_lower(text));
    });
  });
  return fits == wanted;
}

}  // namespace

Leg credential_leg(const Linked& linked, NodeId node) {
  const Names& names = linked.flow->rules().names;
  bool other = false;
  for (const Graph::Reached& r : linked.graph->backward(node)) {
    const Node& n = linked.graph->at(r.node);
    if (n.space == "account") return Leg::azure;
    if (r.node == node && n.space == "use") continue;
    if (!is_name_space(n)) continue;
    const std::string name = plain_name(n);
    if (names.is(NameClass::key_strong, name)) return Leg::azure;
    other = other || names.is(NameClass::other_service, name);
  }
  return other ? Leg::other : Leg::unknown;
}

Leg endpoint_leg(const Linked& linked, NodeId node) {
  bool azure = false;
  bool other = false;
  const Names& names = linked.flow->rules().names;
  for (const Graph::Reached& r : linked.graph->backward(node, true)) {
    const Node& n = linked.graph->at(r.node);
    azure =
        azure || n.azure_host ||
        (r.node != node && is_name_space(n) && names.is(NameClass::endpoint_azure, plain_name(n)));
    other = other || n.other_host;
  }
  if (azure) return other ? Leg::both : Leg::azure;
  return other ? Leg::other : Leg::unknown;
}

bool holds(Linked& linked, const Placed& p, const Constraint& c) {
  const auto any_value = [&](const auto& test) {
    return std::any_of(c.values.begin(), c.values.end(), test);
  };
  switch (c.kind) {
    case ConstraintKind::origin:
      return any_origin(linked, p, c);
    case ConstraintKind::origin_not:
      return !any_origin(linked, p, c);
    case ConstraintKind::origin_name:
      return origin_has_name(linked, p, c);
    case ConstraintKind::input_is:
      return input_is(linked, p, c);
    case ConstraintKind::has_input:
      return any_value([&](const std::string& name) { return has_input(linked, p, name); });
    case ConstraintKind::input_absent:
      return !any_value([&](const std::string& name) { return has_input(linked, p, name); });
    case ConstraintKind::passed_to:
      return passed_to(linked, p, c);
    case ConstraintKind::assigned:
      return assigned(linked, p, c);
    case ConstraintKind::sibling:
      return any_value([&](const std::string& kind) { return has_sibling(linked, p, kind); });
    case ConstraintKind::sibling_header:
      return any_value(
          [&](const std::string& name) { return has_sibling_header(linked, p, name); });
    case ConstraintKind::scope_is:
      return scope_is(linked, p, c);
    case ConstraintKind::attribute_one_of:
      return attribute_is(linked, p, c, true);
    case ConstraintKind::attribute_none_of:
      return attribute_is(linked, p, c, false);
    case ConstraintKind::imports: {
      const ImportTable& imports = *linked.flow->project().files()[p.file].imports;
      return any_value([&](const std::string& glob) { return imports.imports(glob); });
    }
  }
  return false;
}

}  // namespace keyless
