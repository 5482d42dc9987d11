// Joins that need all nodes to be there: settings of weak names, references to accounts, outputs of
// modules and steps, loaded settings, TF_VAR_ names.
#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "lineage/flow.h"
#include "lineage/literals.h"
#include "lineage/vault.h"
#include "lineage/workload.h"

namespace keyless {
namespace {

std::string of_root(uint32_t root, std::string_view text) {
  return std::to_string(root) + "#" + std::string(text);
}

// Nodes of one root by space and name, and the outputs of steps by workflow, in the order they were
// made.
class NodeNames {
 public:
  explicit NodeNames(const Graph& graph) {
    for (NodeId id = 0; id < graph.nodes().size(); ++id) {
      const Node& n = graph.at(id);
      if (n.space == "env" || n.space == "iac")
        by_name_[of_root(n.root, n.space + "#" + n.name)].push_back(id);
      if (n.space == "pipeline") outputs_[of_root(n.root, n.scope)].push_back(id);
    }
  }
  [[nodiscard]] const std::vector<NodeId>& of(uint32_t root, std::string_view space,
                                              const std::string& name) const {
    return find(by_name_, of_root(root, std::string(space) + "#" + name));
  }
  [[nodiscard]] const std::vector<NodeId>& outputs(uint32_t root, const std::string& path) const {
    return find(outputs_, of_root(root, path));
  }

 private:
  using Index = std::unordered_map<std::string, std::vector<NodeId>>;
  [[nodiscard]] const std::vector<NodeId>& find(const Index& index, const std::string& key) const {
    const auto it = index.find(key);
    return it == index.end() ? nothing_ : it->second;
  }

  Index by_name_;
  Index outputs_;
  std::vector<NodeId> nothing_;
};

// A weak setting fills the units below its own folder that read the name.
void join_weak_settings(Flow& flow, const NodeNames& names, const Carrier& c, uint32_t file) {
  Graph& graph = flow.graph();
  const NodeId place = carrier_node(flow, file, c);
  const uint32_t root = flow.project().root_of(file);
  const std::string& unit = flow.project().root(root).unit_of(flow.project().path_of(file));
  for (const NodeId id : names.of(root, "env", c.name)) {
    const Node& n = graph.at(id);
    if (n.scope == "repository" || n.scope == unit) continue;
    const bool below = unit == "." || n.scope.starts_with(unit + "/");
    if (below) graph.edge({place, id, EdgeKind::binding, false, {file, c.span}, "settings above"});
  }
}

// An output at one call comes from what that call hands in, as far as the module passes it on, and
// from what the module makes itself.
void join_module_output(Flow& flow, const Flow::ModuleOutput& read) {
  Graph& graph = flow.graph();
  const Document& d = flow.project().files()[read.module.file].document;
  const uint32_t root = flow.project().root_of(read.module.file);
  const auto argument_of = [&](const Node& n) -> const Input* {
    if (n.space != "iac" || n.root != root || n.scope != read.scope) return nullptr;
    const std::string_view name =
        n.name.starts_with("var.") ? std::string_view(n.name).substr(4) : std::string_view(n.name);
    return find_argument(d, *read.module.element, name);
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

// Every name that an account may have, in lower case; empty when one of them is not known.
std::set<std::string> written_names(const Flow& flow, NodeId account, const Graph& graph) {
  const Node& n = graph.at(account);
  const Flow::Declared declared = flow.resource_of(n.where.file, n.name);
  const Input* name = declared.element == nullptr ? nullptr : find_input(*declared.element, "name");
  std::set<std::string> names;
  if (name == nullptr) return names;
  const Literals literals = literals_of(flow, declared.file, name->value);
  if (!literals.complete) return names;
  for (const std::string& text : literals.texts) names.insert(to_lower(text));
  return names;
}

bool disjoint(const std::set<std::string>& a, const std::set<std::string>& b) {
  return !a.empty() && !b.empty() &&
         std::none_of(a.begin(), a.end(), [&](const std::string& x) { return b.contains(x); });
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
    const std::string service = graph.at(reference).service;
    const std::set<std::string> called = written_names(flow, reference, graph);
    NodeId only = none;
    int fitting = 0;
    for (const NodeId id : declared) {
      if (disjoint(called, written_names(flow, id, graph))) continue;
      if (graph.at(id).root == graph.at(reference).root &&
          (service.empty() || graph.at(id).service.empty() || service == graph.at(id).service)) {
        only = id;
        ++fitting;
      }
    }
    if (fitting == 1)
      graph.edge({only, reference, EdgeKind::guess, false, graph.at(reference).where,
                  "the only account it can mean"});
  }
}

// What a step writes is read as its output; what a deployment step hands over is a parameter.
void join_pipeline_values(Flow& flow, const NodeNames& names, const Carrier& c, uint32_t file) {
  Graph& graph = flow.graph();
  const NodeId place = carrier_node(flow, file, c);
  const std::string& path = flow.project().path_of(file);
  const uint32_t root = flow.project().root_of(file);
  if (c.container == Container::gha_run) {
    for (const NodeId id : names.outputs(root, path))
      if (graph.at(id).name.ends_with(".outputs." + c.name))
        graph.edge({place, id, EdgeKind::binding, false, {file, c.span}, "output of the step"});
    return;
  }
  NodeId parameter = none;
  int parameters = 0;
  for (const NodeId id : names.of(root, "iac", c.name)) {
    const auto& in = graph.in(id);
    const bool called = std::any_of(in.begin(), in.end(), [&](uint32_t e) {
      return graph.edges()[e].why.starts_with("argument of module");
    });
    if (called || graph.at(id).where.file == none) continue;
    parameter = id;
    ++parameters;
  }
  if (parameters == 1)
    graph.edge(
        {place, parameter, EdgeKind::guess, false, {file, c.span}, "parameter of the deployment"});
}

// A secret that a reusable workflow asks for and no caller here hands over by name: callers that
// say `secrets: inherit` give the repository's secret of that name.
void join_inherited_secrets(Flow& flow, const Carrier& c, uint32_t file) {
  Graph& graph = flow.graph();
  const Document& d = flow.project().files()[file].document;
  const Element& e = d.elements[c.element];
  if (e.kind != ElementKind::iac_variable || !e.flag || d.language != "yaml") return;
  const NodeId asked = carrier_node(flow, file, c);
  for (const uint32_t in : graph.in(asked))
    if (graph.edges()[in].from != none) return;
  const NodeId secret = graph.find(flow.project().root_of(file), "pipeline", "repository", c.name);
  if (secret != none)
    graph.edge({secret, asked, EdgeKind::binding, false, {file, c.span}, "inherited by its name"});
}

// `settings["AzureOpenAI"]["ApiKey"]` of a loaded file: the last parts of the name are the path of a
// setting in the same unit.
void join_loaded_settings(Flow& flow) {
  Graph& graph = flow.graph();
  std::unordered_map<std::string, NodeId> settings;  // unit + path
  for (NodeId id = 0; id < graph.nodes().size(); ++id)
    if (const Node& n = graph.at(id); n.space == "config" && n.name.find('.') != std::string::npos)
      settings.emplace(of_root(n.root, n.scope + "#" + n.name), id);
  if (settings.empty()) return;
  for (NodeId id = 0; id < graph.nodes().size(); ++id) {
    const Node n = graph.at(id);
    if (n.space != "code") continue;
    const std::string name = to_lower(n.name);
    for (size_t at = name.find('.'); at != std::string::npos; at = name.find('.', at + 1)) {
      const std::string& unit = flow.project().root(n.root).unit_of(n.scope);
      const auto it = settings.find(of_root(n.root, unit + "#" + name.substr(at + 1)));
      if (it != settings.end())
        graph.edge({it->second, id, EdgeKind::convention, false, n.where,
                    "path of a setting that the unit loads"});
    }
  }
}

void join_terraform_environment(Flow& flow, const NodeNames& names, NodeId id) {
  Graph& graph = flow.graph();
  const Node& env = graph.at(id);
  if (!env.name.starts_with("TF_VAR_")) return;
  for (const NodeId to : names.of(env.root, "iac", "var." + env.name.substr(7)))
    graph.edge({id, to, EdgeKind::convention, false, env.where, "Terraform reads TF_VAR_ names"});
}

}  // namespace

void add_late_joins(Flow& flow) {
  const NodeNames names(flow.graph());
  for (uint32_t file = 0; file < flow.project().files().size(); ++file)
    for (const Carrier& c : flow.project().files()[file].carriers) {
      const bool environment =
          c.container == Container::dotenv || c.container == Container::gha_env ||
          c.container == Container::app_settings || c.container == Container::container_env;
      if (c.container == Container::iac_parameter) join_inherited_secrets(flow, c, file);
      if (c.container == Container::gha_run || c.container == Container::gha_with)
        join_pipeline_values(flow, names, c, file);
      if (environment && !flow.rules().names.is(NameClass::key_strong, c.name))
        join_weak_settings(flow, names, c, file);
    }
  join_existing_accounts(flow);
  join_loaded_settings(flow);
  join_vaults(flow);
  // Twice: an output may come from another module's output.
  for (int round = 0; round < 2; ++round)
    for (const Flow::ModuleOutput& read : flow.module_outputs()) join_module_output(flow, read);
  for (NodeId id = 0; id < flow.graph().nodes().size(); ++id)
    if (flow.graph().at(id).space == "env") join_terraform_environment(flow, names, id);
  split_strong_names(flow);
}

}  // namespace keyless
