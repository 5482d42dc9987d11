// Edges of settings and infrastructure: what a carrier holds, and where it puts it.
#include <algorithm>

#include "base/text.h"
#include "lineage/flow.h"
#include "lineage/vault.h"
#include "lineage/workload.h"

namespace keyless {
namespace {

// "main.parameters.dev.json" and "main.bicepparam" fill main.bicep of the same folder, or the file
// that `using` names; "" when there is none.
std::string parameter_target(const PathIndex& paths, const Document& d) {
  for (const Element& e : d.elements)
    if (e.kind == ElementKind::entry && e.name == "using" && e.value != none)
      return join_path(folder_of(d.path), d.values[e.value].text);
  const std::string_view folder = folder_of(d.path);
  const std::string_view name = after_last(d.path, '/');
  for (std::string_view stem = name.substr(0, name.find('.')); !stem.empty();) {
    for (const std::string_view ending : {".bicep", ".json"}) {
      std::string path = join_path(folder, std::string(stem) + std::string(ending));
      if (path != d.path && paths.exists(path)) return path;
    }
    break;
  }
  std::string main = join_path(folder, "main.bicep");
  return paths.exists(main) ? main : std::string{};
}

// The workflow or action of the root that a step uses; "" for one from elsewhere.
std::string used_file(const PathIndex& paths, std::string_view used) {
  if (!used.starts_with("./")) return {};
  const std::string path = join_path("", used);
  for (const std::string_view ending : {"", "/action.yml", "/action.yaml"})
    if (std::string file = path + std::string(ending); paths.exists(file)) return file;
  return {};
}

class CarrierFlow {
 public:
  CarrierFlow(Flow& flow, uint32_t file)
      : flow_(flow), file_(file), document_(flow.project().files()[file].document) {}

  void run() {
    for (const Carrier& carrier : flow_.project().files()[file_].carriers) connect(carrier);
    for (const Element& e : document_.elements) {
      if (e.kind == ElementKind::iac_local)
        flow_.flow(file_, e.scope, e.value, flow_.iac_node(file_, local_address(e), at(e.span)),
                   {EdgeKind::reference, false, "local"});
      if (e.kind == ElementKind::resource && e.flag) existing(e);
    }
  }

 private:
  [[nodiscard]] Where at(Span span) const { return {file_, span}; }

  [[nodiscard]] std::string local_address(const Element& e) const {
    return document_.language == "terraform" ? "local." + e.name : e.name;
  }

  // `data "azurerm_key_vault_secret"`: the name it reads by leads to the store's node.
  void existing(const Element& e) {
    const StoreRow* row = flow_.rules().resources.store(e.type);
    if (row == nullptr) return;
    const Input* name = find_input(e, row->name);
    if (name == nullptr || name->value == none) return;
    const NodeId here = flow_.iac_node(file_, e.name, at(e.span));
    const Value& v = document_.values[name->value];
    const Step bound{EdgeKind::binding, false, "secret of this name"};
    if (v.kind == ValueKind::literal)
      flow_.graph().edge({flow_.vault_node(file_, v.text, vault_of_store(flow_, file_, e)), here,
                          bound.kind, false, at(e.span), bound.why});
    else
      flow_.flow(file_, e.scope, name->value, here, bound);
  }

  void bind(NodeId from, NodeId to, const Carrier& c, EdgeKind kind, std::string why) {
    flow_.graph().edge({from, to, kind, false, at(c.span), std::move(why)});
  }

  void connect(const Carrier& c) {
    const NodeId place = carrier_node(flow_, file_, c);
    flow_.flow(file_, c.scope, c.value, place, {EdgeKind::reference, false, "held"});
    switch (c.container) {
      case Container::dotenv:
      case Container::compose:
      case Container::code_env:
      case Container::code_map:
      case Container::app_settings:
      case Container::container_env:
      case Container::gha_env:
      case Container::gha_run:
        to_environment(c, place);
        break;
      case Container::gha_with:
        if (!to_used_file(c, place)) to_environment(c, place);
        break;
      case Container::json_settings:
      case Container::yaml_settings:
        bind(place, flow_.config_node(file_, c.name), c, EdgeKind::binding, "setting of this path");
        break;
      case Container::gha_secret_input:
        if (!to_used_file(c, place))
          bind(place, flow_.node(file_, "pipeline", "repository", c.name), c, EdgeKind::binding,
               "secret handed on");
        break;
      case Container::container_secret:
        bind(place, flow_.iac_node(file_, workload(c) + "#secret:" + c.name), c,
             EdgeKind::reference, "secret of the workload");
        break;
      case Container::vault_secret:
        to_vault(c, place);
        break;
      case Container::iac_parameter:
        to_parameter(c, place);
        break;
      case Container::output:
        to_output(c, place);
        break;
      case Container::pipeline_secret:
        bind(place, flow_.node(file_, "pipeline", "repository", c.name), c, EdgeKind::binding,
             "secret of this name");
        break;
      case Container::named_value:
        to_vault(c, place);
        break;
      case Container::iac_local:
      case Container::unset:
        break;
    }
  }

  [[nodiscard]] const std::string& workload(const Carrier& c) const {
    return document_.elements[c.element].type;
  }

  void to_environment(const Carrier& c, NodeId place) {
    const std::string folder = built_from(flow_, file_, c);
    const std::string path = folder.empty() ? document_.path : folder + "/compose";
    const NodeId env = flow_.env_node_at(file_, path, c.name);
    bind(place, env, c, EdgeKind::binding, std::string(to_string(c.container)));
    if (c.name.find("__") != std::string::npos || c.name.find(':') != std::string::npos)
      bind(place, flow_.config_node(file_, c.name), c, EdgeKind::convention,
           "nested configuration");
  }

  // What a workflow or action of the same root is given; false when it is from elsewhere.
  bool to_used_file(const Carrier& c, NodeId place) {
    const std::string used = used_file(flow_.project().paths_of(file_), workload(c));
    if (used.empty()) return false;
    bind(place, flow_.node(file_, "iac", used, c.name), c, EdgeKind::reference,
         "argument of module " + used);
    return true;
  }

  // "vault/secret" names the vault of a secret that has no parent.
  void bind_secret(NodeId place, const Carrier& c, const Element& e) {
    const size_t slash = c.name.find('/');
    const std::string vault =
        slash == std::string::npos ? vault_of_store(flow_, file_, e) : c.name.substr(0, slash);
    const std::string secret = slash == std::string::npos ? c.name : c.name.substr(slash + 1);
    bind(place, flow_.vault_node(file_, secret, to_lower(vault)), c, EdgeKind::binding,
         "secret of this name");
  }

  void to_vault(const Carrier& c, NodeId place) {
    const Element& e = document_.elements[c.element];
    if (e.kind == ElementKind::command) {
      if (!c.name.empty())
        bind(place, flow_.secret_node(file_, c.name), c, EdgeKind::binding, "secret of this name");
      return;
    }
    bind(place, flow_.iac_node(file_, e.name), c, EdgeKind::reference, "stored");
    if (c.name != e.name) bind_secret(place, c, e);
    const StoreRow* row = flow_.rules().resources.store(e.type);
    const Input* name = row == nullptr ? nullptr : find_input(e, row->name);
    if (name == nullptr || name->value == none) return;
    const Value& v = document_.values[name->value];
    // Two modules meet at a secret whose name both take from the same symbol.
    if (v.kind == ValueKind::attribute || v.kind == ValueKind::symbol)
      bind(place, flow_.iac_node(file_, "secret-name:" + v.text), c, EdgeKind::binding,
           "secret of this name");
  }

  void to_parameter(const Carrier& c, NodeId place) {
    const Element& e = document_.elements[c.element];
    if (e.kind == ElementKind::iac_variable && document_.language == "yaml" && !e.flag)
      bind(place, flow_.node(file_, "pipeline", document_.path, "inputs." + c.name), c,
           EdgeKind::reference, "input of this name");
    if (e.kind == ElementKind::module) {
      const std::string scope = flow_.module_target(file_, e.type);
      if (scope.empty() && e.member.empty()) return;
      std::string name = c.name;
      if (name.starts_with("params."))
        name = name.substr(7);
      else if (document_.language != "terraform")
        return;  // the name and scope of the deployment itself
      if (document_.language == "terraform") name = "var." + name;
      if (scope.empty()) {
        bind(place, flow_.iac_node(file_, e.member + name), c, EdgeKind::reference,
             "argument of module " + e.name);
        return;
      }
      bind(place, flow_.node(file_, "iac", scope, name), c, EdgeKind::reference,
           "argument of module " + e.name);
    } else if (e.kind == ElementKind::iac_assign) {
      if (document_.language == "terraform") {
        bind(place, flow_.iac_node(file_, "var." + c.name), c, EdgeKind::reference, "given value");
        return;
      }
      const std::string target = parameter_target(flow_.project().paths_of(file_), document_);
      if (!target.empty())
        bind(place, flow_.node(file_, "iac", target, c.name), c, EdgeKind::reference,
             "given value");
    }
  }

  // azd writes the outputs of a Bicep deployment into the environment under their own names.
  void to_output(const Carrier& c, NodeId place) {
    const bool upper = std::none_of(c.name.begin(), c.name.end(), is_lower);
    if (document_.language == "bicep" && upper &&
        flow_.rules().names.is(NameClass::key_strong, c.name))
      bind(place, flow_.env_node(file_, c.name), c, EdgeKind::convention,
           "deployment outputs become environment variables");
  }

  Flow& flow_;
  uint32_t file_;
  const Document& document_;
};

}  // namespace

NodeId carrier_node(Flow& flow, uint32_t file, const Carrier& c) {
  const Document& d = flow.project().files()[file].document;
  const Element& e = d.elements[c.element];
  const Where where{file, c.span};
  if (e.kind == ElementKind::iac_variable)
    return flow.iac_node(file, d.language == "terraform" ? "var." + c.name : c.name, where);
  if (e.kind == ElementKind::iac_local)
    return flow.iac_node(file, d.language == "terraform" ? "local." + c.name : c.name, where);
  if (e.kind == ElementKind::iac_output) return flow.iac_node(file, "output." + c.name, where);
  return flow.place_node("setting", file, std::string(to_string(c.container)) + "." + c.name,
                         c.span);
}

void add_carrier_flow(Flow& flow, uint32_t file) {
  CarrierFlow(flow, file).run();
}

}  // namespace keyless
