// Edges of settings and infrastructure: what a carrier holds, and where it puts it.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "lineage/flow.h"

namespace keyless {
namespace {

// "main.parameters.dev.json" and "main.bicepparam" fill main.bicep of the same folder, or the file
// that `using` names; "" when there is none.
std::string parameter_target(const Project& project, const Document& d) {
  for (const Element& e : d.elements)
    if (e.kind == ElementKind::entry && e.name == "using" && e.value != none)
      return Project::join_path(folder_of(d.path), d.values[e.value].text);
  const std::string_view folder = folder_of(d.path);
  const std::string_view name = after_last(d.path, '/');
  for (std::string_view stem = name.substr(0, name.find('.')); !stem.empty();) {
    for (const std::string_view ending : {".bicep", ".json"}) {
      std::string path = Project::join_path(folder, std::string(stem) + std::string(ending));
      if (path != d.path && project.exists(path)) return path;
    }
    break;
  }
  std::string main = Project::join_path(folder, "main.bicep");
  return project.exists(main) ? main : std::string{};
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
      flow_.graph().edge(
          {flow_.vault_node(v.text), here, bound.kind, false, at(e.span), bound.why});
    else
      flow_.flow(file_, e.scope, name->value, here, bound);
  }

  void bind(NodeId from, NodeId to, const Carrier& c, EdgeKind kind, std::string why) {
    flow_.graph().edge({from, to, kind, false, at(c.span), std::move(why)});
  }

  void connect(const Carrier& c) {
    const NodeId place = carrier_node(flow_, file_, c);
    flow_.flow(file_, c.scope, c.value, place, {EdgeKind::reference, false, "held"});
    const std::string& path = document_.path;
    switch (c.container) {
      case Container::dotenv:
      case Container::compose:
      case Container::code_env:
      case Container::code_map:
      case Container::app_settings:
      case Container::container_env:
      case Container::gha_env:
      case Container::gha_with:
      case Container::gha_run:
        to_environment(c, place);
        break;
      case Container::json_settings:
      case Container::yaml_settings:
        bind(place, flow_.config_node(c.name, path), c, EdgeKind::binding, "setting of this path");
        break;
      case Container::gha_secret_input:
        bind(place, flow_.graph().node("pipeline", "repository", c.name), c, EdgeKind::binding,
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
        bind(place, flow_.graph().node("pipeline", "repository", c.name), c, EdgeKind::binding,
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

  // The folder that the service of a compose file is built from: a weak name is meant there.
  [[nodiscard]] std::string built_from(const Carrier& c) const {
    if (c.container != Container::compose) return {};
    const std::string build = "services." + workload(c) + ".build";
    for (const Element& e : document_.elements) {
      if (e.kind != ElementKind::entry || e.value == none) continue;
      if (e.name != build && e.name != build + ".context") continue;
      return Project::join_path(folder_of(document_.path), document_.values[e.value].text);
    }
    return {};
  }

  void to_environment(const Carrier& c, NodeId place) {
    const std::string folder = built_from(c);
    const std::string path = folder.empty() ? document_.path : folder + "/compose";
    const NodeId env = flow_.env_node(c.name, path);
    bind(place, env, c, EdgeKind::binding, std::string(to_string(c.container)));
    if (c.name.find("__") != std::string::npos || c.name.find(':') != std::string::npos)
      bind(place, flow_.config_node(c.name, document_.path), c, EdgeKind::convention,
           "nested configuration");
  }

  void to_vault(const Carrier& c, NodeId place) {
    const Element& e = document_.elements[c.element];
    bind(place, flow_.iac_node(file_, e.name), c, EdgeKind::reference, "stored");
    if (c.name != e.name)
      bind(place, flow_.vault_node(c.name), c, EdgeKind::binding, "secret of this name");
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
    if (e.kind == ElementKind::module) {
      const std::string scope = flow_.module_target(file_, e.type);
      if (scope.empty()) return;
      std::string name = c.name;
      if (name.starts_with("params.")) name = name.substr(7);
      if (document_.language == "terraform") name = "var." + name;
      bind(place, flow_.graph().node("iac", scope, name), c, EdgeKind::reference,
           "argument of module " + e.name);
    } else if (e.kind == ElementKind::iac_assign) {
      if (document_.language == "terraform") {
        bind(place, flow_.iac_node(file_, "var." + c.name), c, EdgeKind::reference, "given value");
        return;
      }
      const std::string target = parameter_target(flow_.project(), document_);
      if (!target.empty())
        bind(place, flow_.graph().node("iac", target, c.name), c, EdgeKind::reference,
             "given value");
    }
  }

  // azd writes the outputs of a Bicep deployment into the environment under their own names.
  void to_output(const Carrier& c, NodeId place) {
    const bool upper = std::none_of(c.name.begin(), c.name.end(), is_lower);
    if (document_.language == "bicep" && upper &&
        flow_.rules().names.is(NameClass::key_strong, c.name))
      bind(place, flow_.env_node(c.name, document_.path), c, EdgeKind::convention,
           "deployment outputs become environment variables");
  }

  Flow& flow_;
  uint32_t file_;
  const Document& document_;
};

// A weak setting fills the units below its own folder that read the name.
void join_weak_settings(Flow& flow, const Carrier& c, uint32_t file) {
  Graph& graph = flow.graph();
  const NodeId place = carrier_node(flow, file, c);
  const std::string& unit = flow.project().unit_of(flow.project().files()[file].document.path);
  for (NodeId id = 0; id < graph.nodes().size(); ++id) {
    const Node& n = graph.at(id);
    if (n.space != "env" || n.name != c.name || n.scope == "repository" || n.scope == unit)
      continue;
    const bool below = unit == "." || n.scope.starts_with(unit + "/");
    if (below) graph.edge({place, id, EdgeKind::binding, false, {file, c.span}, "settings above"});
  }
}

// An output at one call comes from what that call hands in, as far as the module passes it on, and
// from what the module makes itself.
void join_module_output(Flow& flow, const Flow::ModuleOutput& read) {
  Graph& graph = flow.graph();
  const Document& d = flow.project().files()[read.module.file].document;
  const auto argument_of = [&](const Node& n) -> const Input* {
    if (n.space != "iac" || n.scope != read.scope) return nullptr;
    const std::string_view name =
        n.name.starts_with("var.") ? std::string_view(n.name).substr(4) : std::string_view(n.name);
    for (const Input& input : read.module.element->inputs)
      if (input.name == name || input.name == "params." + std::string(name)) return &input;
    return nullptr;
  };
  // Upstream of the output, without passing through what the caller gives.
  std::vector<NodeId> pending{read.output};
  std::unordered_set<NodeId> seen{read.output};
  bool own_source = false;
  while (!pending.empty()) {
    const NodeId id = pending.back();
    pending.pop_back();
    const Node& n = graph.at(id);
    if (const Input* input = argument_of(n)) {
      const Carrier argument{Container::iac_parameter,
                             static_cast<ElementId>(read.module.element - d.elements.data()),
                             static_cast<uint32_t>(input - read.module.element->inputs.data()),
                             input->name,
                             input->value,
                             input->span,
                             input->extent,
                             read.module.element->scope,
                             false};
      graph.edge({carrier_node(flow, read.module.file, argument),
                  read.call,
                  EdgeKind::reference,
                  false,
                  {read.module.file, input->span},
                  "through module " + read.module.element->name});
      continue;
    }
    own_source = own_source || n.space == "account" || n.space == "literal" || n.space == "env";
    for (const uint32_t e : graph.in(id))
      if (!graph.edges()[e].partial && seen.insert(graph.edges()[e].from).second)
        pending.push_back(graph.edges()[e].from);
  }
  if (own_source)
    graph.edge({read.output,
                read.call,
                EdgeKind::reference,
                false,
                {read.module.file, read.module.element->span},
                "output of module " + read.module.element->name});
}

// A reference to an account that is declared elsewhere in the repository, when there is only one it
// can mean.
void join_existing_accounts(Flow& flow) {
  Graph& graph = flow.graph();
  std::vector<NodeId> declared;
  std::vector<NodeId> references;
  for (NodeId id = 0; id < graph.nodes().size(); ++id) {
    const Node& n = graph.at(id);
    if (n.space != "account" || n.where.file == none) continue;
    const ProjectFile& file = flow.project().files()[n.where.file];
    const Element* e = flow.resource_of(n.where.file, n.name).element;
    if (file.generated || file.vendored) continue;
    (e != nullptr && !e->flag ? declared : references).push_back(id);
  }
  for (const NodeId reference : references) {
    const std::string& service = graph.at(reference).service;
    NodeId only = none;
    int fitting = 0;
    for (const NodeId id : declared)
      if (service.empty() || graph.at(id).service.empty() || service == graph.at(id).service) {
        only = id;
        ++fitting;
      }
    if (fitting == 1)
      graph.edge({only, reference, EdgeKind::guess, false, graph.at(reference).where,
                  "the only account it can mean"});
  }
}

// What a step writes is read as its output; what a deployment step hands over is a parameter.
void join_pipeline_values(Flow& flow, uint32_t file, const Carrier& c) {
  Graph& graph = flow.graph();
  const NodeId place = carrier_node(flow, file, c);
  const std::string& path = flow.project().files()[file].document.path;
  NodeId parameter = none;
  int parameters = 0;
  for (NodeId id = 0; id < graph.nodes().size(); ++id) {
    const Node& n = graph.at(id);
    if (c.container == Container::gha_run && n.space == "pipeline" && n.scope == path &&
        n.name.ends_with(".outputs." + c.name))
      graph.edge({place, id, EdgeKind::binding, false, {file, c.span}, "output of the step"});
    if (c.container != Container::gha_with || n.space != "iac" || n.name != c.name) continue;
    const auto& in = graph.in(id);
    const bool called = std::any_of(in.begin(), in.end(), [&](uint32_t e) {
      return graph.edges()[e].why.starts_with("argument of module");
    });
    if (called || n.where.file == none) continue;
    parameter = id;
    ++parameters;
  }
  if (parameters == 1)
    graph.edge(
        {place, parameter, EdgeKind::guess, false, {file, c.span}, "parameter of the deployment"});
}

// `settings["AzureOpenAI"]["ApiKey"]` of a loaded file: the last parts of the name are the path of a
// setting in the same unit.
void join_loaded_settings(Flow& flow) {
  Graph& graph = flow.graph();
  std::unordered_map<std::string, NodeId> settings;  // unit + path
  for (NodeId id = 0; id < graph.nodes().size(); ++id)
    if (const Node& n = graph.at(id); n.space == "config" && n.name.find('.') != std::string::npos)
      settings.emplace(n.scope + "#" + n.name, id);
  if (settings.empty()) return;
  for (NodeId id = 0; id < graph.nodes().size(); ++id) {
    const Node n = graph.at(id);
    if (n.space != "code") continue;
    const std::string name = to_lower(n.name);
    for (size_t at = name.find('.'); at != std::string::npos; at = name.find('.', at + 1)) {
      const auto it = settings.find(flow.project().unit_of(n.scope) + "#" + name.substr(at + 1));
      if (it != settings.end())
        graph.edge({it->second, id, EdgeKind::convention, false, n.where,
                    "path of a setting that the unit loads"});
    }
  }
}

void join_terraform_environment(Flow& flow, const Node& env, NodeId id) {
  if (!env.name.starts_with("TF_VAR_")) return;
  const std::string address = "var." + env.name.substr(7);
  Graph& graph = flow.graph();
  for (NodeId to = 0; to < graph.nodes().size(); ++to) {
    const Node& n = graph.at(to);
    if (n.space == "iac" && n.name == address)
      graph.edge({id, to, EdgeKind::convention, false, env.where, "Terraform reads TF_VAR_ names"});
  }
}

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

void add_late_joins(Flow& flow) {
  for (uint32_t file = 0; file < flow.project().files().size(); ++file)
    for (const Carrier& c : flow.project().files()[file].carriers) {
      const bool environment =
          c.container == Container::dotenv || c.container == Container::gha_env ||
          c.container == Container::app_settings || c.container == Container::container_env;
      if (c.container == Container::gha_run || c.container == Container::gha_with)
        join_pipeline_values(flow, file, c);
      if (environment && !flow.rules().names.is(NameClass::key_strong, c.name))
        join_weak_settings(flow, c, file);
    }
  join_existing_accounts(flow);
  join_loaded_settings(flow);
  // Twice: an output may come from another module's output.
  for (int round = 0; round < 2; ++round)
    for (const Flow::ModuleOutput& read : flow.module_outputs()) join_module_output(flow, read);
  for (NodeId id = 0; id < flow.graph().nodes().size(); ++id)
    if (flow.graph().at(id).space == "env") {
      const Node env = flow.graph().at(id);
      join_terraform_environment(flow, env, id);
    }
}

}  // namespace keyless
