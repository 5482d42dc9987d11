// Flow: turns what values say into edges of the graph, one hop each, from source to use.
// Owns how places are named as nodes; code_flow and carrier_flow walk the elements through it.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "lineage/graph.h"
#include "lineage/project.h"
#include "lineage/symbols.h"
#include "rule/load.h"

namespace keyless {

// How a value reaches its target.
struct Step {
  EdgeKind kind = EdgeKind::reference;
  bool partial = false;
  std::string why;
};

class Flow {
 public:
  Flow(const Project& project, const Symbols& symbols, const RuleSet& rules, Graph& graph);

  // Edges from everything the value is made of to `target`.
  void flow(uint32_t file, ScopeId scope, ValueId value, NodeId target, const Step& step = {});

  NodeId code_node(const Ref& ref);
  NodeId result_node(uint32_t file, ScopeId function);
  // Strong names are one node for the repository, others one per unit of the file.
  NodeId env_node(uint32_t file, std::string_view name);
  // As if written in a file at `path`.
  NodeId env_node_at(uint32_t file, std::string_view path, std::string_view name);
  NodeId config_node(uint32_t file, std::string_view name);
  // Shared by all roots where the vault is named, else of the root.
  NodeId vault_node(uint32_t file, std::string_view name, const std::string& vault = {});
  // Any other node of the root of `file`.
  NodeId node(uint32_t file, std::string_view space, std::string_view scope, std::string_view name,
              Where where = {}) {
    return graph_.node(project_.root_of(file), space, scope, name, where);
  }
  NodeId account_node(uint32_t file, std::string_view symbol);
  // The secret of that name; "$NAME" is a variable's unknown value.
  NodeId secret_node(uint32_t file, std::string_view name);
  // What a command prints: an account's key or a stored secret; `none` for any other command.
  NodeId command_node(uint32_t file, const Element& command);
  NodeId host_node(const HostRow& row, Where where);
  // The place where a value of kind env, config or secret is read.
  NodeId read_node(uint32_t file, ValueId value);
  // The node of a variable, parameter, local or output, by address, in the module of `file`.
  NodeId iac_node(uint32_t file, std::string_view address, Where where = {});
  // A place of its own: "use", "setting".
  NodeId place_node(std::string_view space, uint32_t file, std::string_view name, Span span);
  // Folder (Terraform) or path (everything else) that scopes infrastructure names.
  [[nodiscard]] std::string module_of(uint32_t file) const;
  // The resource of that address in the module of `file`, with the file that declares it.
  struct Declared {
    const Element* element = nullptr;
    uint32_t file = none;
  };
  [[nodiscard]] Declared resource_of(uint32_t file, std::string_view address) const;
  // The row of a resource that gives out an account's keys, or nullptr; and that account.
  [[nodiscard]] const ActionRow* action_of(const Declared& declared) const;
  NodeId acted_on(const Declared& declared, const ActionRow& row);
  [[nodiscard]] Declared module_called(uint32_t file, std::string_view name) const;
  // Module scope that `source`, written in `file`, names; "" when it is no local one.
  [[nodiscard]] std::string module_target(uint32_t file, std::string_view source) const;

  // A function whose result is the environment variable named by one of its parameters.
  void add_env_reader(uint32_t file, ScopeId function, const Element& param);
  // The literal names that a call of such a function reads; empty for any other call.
  [[nodiscard]] std::vector<ValueId> names_read(uint32_t file, const Element& call) const;

  // An output read at one call of a local module.
  struct ModuleOutput {
    NodeId call = none;
    NodeId output = none;
    std::string scope;  // of the module
    Declared module;
  };
  [[nodiscard]] const std::vector<ModuleOutput>& module_outputs() const { return calls_; }

  [[nodiscard]] const Project& project() const { return project_; }
  [[nodiscard]] const Symbols& symbols() const { return symbols_; }
  [[nodiscard]] const RuleSet& rules() const { return rules_; }
  Graph& graph() { return graph_; }

 private:
  void flow(uint32_t file, ScopeId scope, ValueId value, NodeId target, Step step, int depth);
  void flow_symbol(uint32_t file, ScopeId scope, const Value& v, NodeId target, const Step& step);
  void flow_call(uint32_t file, ScopeId scope, const Value& v, NodeId target, const Step& step,
                 int depth);
  void flow_command(uint32_t file, const Element& command, NodeId target, const Step& step,
                    int depth);
  void flow_composite(uint32_t file, ScopeId scope, const Value& v, NodeId target, Step step,
                      int depth);
  void flow_attribute(uint32_t file, const Value& v, NodeId target, const Step& step);
  void flow_literal(uint32_t file, const Value& v, NodeId target, const Step& step);
  void flow_read(uint32_t file, ScopeId scope, ValueId id, NodeId target, const Step& step);
  void connect(NodeId from, NodeId to, const Step& step, Where where);

  const Project& project_;
  const Symbols& symbols_;
  const RuleSet& rules_;
  Graph& graph_;
  std::vector<ModuleOutput> calls_;
  std::unordered_map<std::string, const Element*> env_readers_;  // the parameter
  std::unordered_map<std::string, Declared> resources_;          // "module#address"
  std::unordered_map<std::string, Declared> modules_;            // "module#name"
};

// Edges of programming languages: assignments, parameters, results, fields.
void add_code_flow(Flow& flow, uint32_t file);
// Edges of settings and infrastructure: carriers and what they fill.
void add_carrier_flow(Flow& flow, uint32_t file);
// Joins that need all nodes to be there: settings of weak names, TF_VAR_ names, existing accounts.
void add_late_joins(Flow& flow);

// What a call of a module gives its variable or parameter of that name, or nullptr. In Bicep and ARM
// the call's own `name` and `scope` are no arguments.
const Input* find_argument(const Document& document, const Element& module, std::string_view name);

// The node at which a carrier of the file is a place.
NodeId carrier_node(Flow& flow, uint32_t file, const Carrier& carrier);

}  // namespace keyless
