#include "lineage/vault.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "lineage/origins.h"

namespace keyless {
namespace {

constexpr int deepest = 8;
constexpr int most_steps = 300;

// The texts a value may be, as far as they are literal.
class Texts {
 public:
  explicit Texts(const Flow& flow) : flow_(flow), project_(flow.project()) {}

  std::set<std::string> of(uint32_t file, ScopeId scope, ValueId value, int depth = 0) {
    std::set<std::string> texts;
    if (value == none || depth > deepest || ++steps_ > most_steps) return texts;
    const Value& v = project_.files()[file].document.values[value];
    switch (v.kind) {
      case ValueKind::literal:
        if (!v.secret) texts.insert(v.text);
        break;
      case ValueKind::composite:
        if (auto whole = joined(file, scope, v, depth)) texts.insert(std::move(*whole));
        break;
      case ValueKind::alternative:
        for (const ValueId part : v.parts) texts.merge(of(file, scope, part, depth + 1));
        break;
      case ValueKind::symbol:
        for (const Origin& o : origins_of(project_, flow_.symbols(), file, scope, value))
          if (o.value != value || o.file != file)
            texts.merge(of(o.file, o.scope, o.value, depth + 1));
        break;
      case ValueKind::env:
        texts = set_under(file, v.text, depth);
        break;
      case ValueKind::attribute:
        texts = attribute(file, v, depth);
        break;
      default:
        break;
    }
    return texts;
  }

 private:
  std::optional<std::string> joined(uint32_t file, ScopeId scope, const Value& v, int depth) {
    std::string whole;
    for (const ValueId part : v.parts) {
      const std::set<std::string> texts = of(file, scope, part, depth + 1);
      if (texts.size() != 1) return std::nullopt;
      whole += *texts.begin();
    }
    return whole;
  }

  // What settings of the root give an environment variable.
  std::set<std::string> set_under(uint32_t file, const std::string& name, int depth) {
    std::set<std::string> texts;
    for (uint32_t f = 0; f < project_.files().size(); ++f) {
      if (project_.root_of(f) != project_.root_of(file)) continue;
      for (const Carrier& c : project_.files()[f].carriers)
        if (c.name == name) texts.merge(of(f, c.scope, c.value, depth + 1));
    }
    return texts;
  }

  std::set<std::string> attribute(uint32_t file, const Value& v, int depth) {
    const VaultTable& vaults = flow_.rules().resources.vaults();
    const Flow::Declared resource = flow_.resource_of(file, v.text);
    if (resource.element != nullptr) {
      const Input* name = find_input(*resource.element, vaults.name);
      if (name == nullptr || !flow_.rules().resources.is_vault(resource.element->type)) return {};
      return of(resource.file, resource.element->scope, name->value, depth + 1);
    }
    const std::string_view called =
        v.text.starts_with("module.") ? std::string_view(v.text).substr(7) : v.text;
    const Flow::Declared module = flow_.module_called(file, called);
    if (module.element != nullptr) {
      std::string_view output = v.member;
      if (output.starts_with("outputs.")) output.remove_prefix(8);
      return given(file, flow_.module_target(module.file, module.element->type), output, depth);
    }
    std::string_view name = v.text;
    for (const std::string_view prefix : {"var.", "local."})
      if (name.starts_with(prefix)) name.remove_prefix(prefix.size());
    if (v.text == "local" || v.text == "var") name = v.member;
    return given(file, flow_.module_of(file), name, depth);
  }

  // Everything that gives the variable, local or output of a module a value.
  std::set<std::string> given(uint32_t file, const std::string& module, std::string_view name,
                              int depth) {
    std::set<std::string> texts;
    if (module.empty() && project_.files()[file].document.language != "terraform") return texts;
    for (uint32_t f = 0; f < project_.files().size(); ++f) {
      if (project_.root_of(f) != project_.root_of(file)) continue;
      const bool here = flow_.module_of(f) == module;
      for (const Element& e : project_.files()[f].document.elements) {
        const bool declares =
            e.kind == ElementKind::iac_variable || e.kind == ElementKind::iac_local ||
            e.kind == ElementKind::iac_assign || e.kind == ElementKind::iac_output;
        if (here && declares && e.name == name) texts.merge(of(f, e.scope, e.value, depth + 1));
        if (e.kind != ElementKind::module || flow_.module_target(f, e.type) != module) continue;
        if (const Input* input = find_argument(project_.files()[f].document, e, name))
          texts.merge(of(f, e.scope, input->value, depth + 1));
      }
    }
    return texts;
  }

  const Flow& flow_;
  const Project& project_;
  int steps_ = 0;
};

// The name in "https://NAME.vault.azure.net/...", "/subscriptions/.../vaults/NAME" or "NAME".
std::string name_in(const VaultTable& vaults, const std::string& text) {
  const std::string lowered = to_lower(text);
  std::string_view name = lowered;
  if (const size_t id = name.rfind("/vaults/"); id != std::string_view::npos) {
    name = name.substr(id + 8);
    name = name.substr(0, name.find('/'));
  } else if (const size_t scheme = name.find("://"); scheme != std::string_view::npos) {
    const std::string_view host = name.substr(scheme + 3, name.find('/', scheme + 3) - scheme - 3);
    name = host.substr(0, host.find('.'));
    if (std::none_of(vaults.hosts.begin(), vaults.hosts.end(),
                     [&](const std::string& end) { return host.substr(name.size()) == end; }))
      return {};
  }
  const bool named = name.size() >= 3 && std::all_of(name.begin(), name.end(), [](char c) {
                       return is_alnum(c) || c == '-';
                     });
  return named ? std::string(name) : std::string{};
}

}  // namespace

NodeId Flow::vault_node(uint32_t file, std::string_view name, const std::string& vault) {
  const std::string secret = to_lower(name);
  if (vault.empty()) return node(file, "vault", "repository", secret);
  return graph_.node(none, "vault", "global", vault + "/" + secret);
}

std::string vault_named(const Flow& flow, uint32_t file, ScopeId scope, ValueId value) {
  std::set<std::string> names;
  for (const std::string& text : Texts(flow).of(file, scope, value))
    if (!text.empty()) names.insert(name_in(flow.rules().resources.vaults(), text));
  return names.size() == 1 ? *names.begin() : std::string{};
}

std::string vault_of_client(const Flow& flow, uint32_t file, ScopeId scope, const Value& secret) {
  if (secret.member.empty()) return {};
  const Resources& resources = flow.rules().resources;
  const Ref ref = flow.symbols().resolve(file, scope, secret.member);
  if (ref.kind != Ref::Kind::variable) return {};
  std::set<std::string> names;
  const ProjectFile& owner = flow.project().files()[ref.file];
  for (const Element& e : owner.document.elements) {
    const bool assigns = e.kind == ElementKind::assign || e.kind == ElementKind::field;
    if (!assigns || e.value == none) continue;
    const Ref own = flow.symbols().resolve(ref.file, e.scope, e.name);
    if (own.file != ref.file || own.scope != ref.scope || own.name != ref.name) continue;
    for (const Origin& o : origins_of(flow.project(), flow.symbols(), ref.file, e.scope, e.value)) {
      const ProjectFile& f = flow.project().files()[o.file];
      const Value& v = f.document.values[o.value];
      if (v.kind != ValueKind::call || v.element == none) continue;
      const Element& call = f.document.elements[v.element];
      if (!resources.is_vault_client(f.imports->symbols(call.name))) continue;
      for (const Input& input : call.inputs)
        if (resources.is_vault_address(input.name, input.position))
          names.insert(vault_named(flow, o.file, call.scope, input.value));
    }
  }
  return names.size() == 1 ? *names.begin() : std::string{};
}

std::string vault_of_store(const Flow& flow, uint32_t file, const Element& resource) {
  const StoreRow* row = flow.rules().resources.store(resource.type);
  if (row == nullptr) return {};
  for (const std::string& attribute : row->vaults)
    if (const Input* vault = find_input(resource, attribute))
      return vault_named(flow, file, resource.scope, vault->value);
  return {};
}

void join_vaults(Flow& flow) {
  Graph& graph = flow.graph();
  const auto root_of = [&](uint32_t e) {
    const uint32_t file = graph.edges()[e].where.file;
    return file == none ? none : flow.project().root_of(file);
  };
  const size_t count = graph.nodes().size();
  for (NodeId id = 0; id < count; ++id) {
    if (graph.at(id).space != "vault" || graph.at(id).root != none) continue;
    const std::string secret(after_last(graph.at(id).name, '/'));
    const std::vector<uint32_t> stores = graph.in(id);
    const std::vector<uint32_t> reads = graph.out(id);
    for (uint32_t root = 0; root < flow.project().root_count(); ++root) {
      const NodeId nameless = graph.find(root, "vault", "repository", secret);
      if (nameless == none) continue;
      const auto own = [&](uint32_t e) { return root_of(e) == root; };
      const auto store = std::find_if(stores.begin(), stores.end(), own);
      if (store != stores.end()) {
        const Where where = graph.edges()[*store].where;
        graph.edge({id, nameless, EdgeKind::binding, false, where, "secret of this name"});
        continue;
      }
      if (!stores.empty()) continue;
      const std::vector<uint32_t> nameless_stores = graph.in(nameless);
      for (const uint32_t s : nameless_stores)
        for (const uint32_t r : reads) {
          if (!own(r)) continue;
          const Edge read = graph.edges()[r];
          graph.edge({graph.edges()[s].from, read.to, EdgeKind::binding, false, read.where,
                      "secret of this name"});
        }
    }
  }
}

}  // namespace keyless
