// ArmTemplate: an ARM deployment template as parameters, variables, outputs, resources, settings.
// Nested templates are read too; their names carry a number of their own and "::".
#pragma once

#include <string>
#include <unordered_map>

#include "syntax/bicep/expressions.h"
#include "syntax/json/reader.h"
#include "syntax/json/values.h"
#include "syntax/resources/settings.h"

namespace keyless::json {

// True when the node is the root of a deployment template.
bool is_arm_template(const JsonTree& tree, NodeId root);

class ArmTemplate {
 public:
  // `outer` is the template that `root` is nested in.
  ArmTemplate(Builder& builder, const JsonTree& tree, NodeId root, ArmTemplate* outer = nullptr);
  ArmTemplate(const ArmTemplate&) = delete;
  ArmTemplate& operator=(const ArmTemplate&) = delete;

  // Adds the elements of the template to the builder.
  void run();

 private:
  struct Definition {
    NodeId node = no_node;
    ValueId value = none;
    bool busy = false;
  };
  struct Resource {
    NodeId node = no_node;
    std::string symbol;
    std::string type;
    std::string name;    // text of its full name
    std::string parent;  // symbol of the resource it is written in
  };

  void declare();
  void declare_resources(NodeId list, const Resource* parent, int depth);
  void declare_resource(NodeId node, const Resource* parent, int depth);
  void parameter(NodeId node);
  void variable(NodeId node);
  void output(NodeId node);
  void resource(const Resource& resource);
  void deployment(const Resource& resource);
  ValueId body_of(NodeId node);
  ValueId expression(Span inside);
  ValueId definition(std::string_view name);
  [[nodiscard]] std::string owner_of(const Resource& resource) const;
  Element element_of(ElementKind kind, NodeId node, const std::string& name);
  bool is_secure(NodeId node) const;
  template <class Visit>
  void each_child(NodeId node, Visit visit) const {
    if (node == no_node) return;
    for (NodeId child = tree_.at(node).first; child != no_node; child = tree_.at(child).next)
      visit(child);
  }

  Builder& builder_;
  const JsonTree& tree_;
  NodeId root_;
  ArmTemplate* outermost_;
  int nested_ = 0;  // of the outermost: templates within it so far
  int level_;
  std::string prefix_;  // of the names declared here
  bicep::File pool_;
  bicep::SymbolTable symbols_;
  Shapes shapes_;
  bicep::Expressions expressions_;
  Values values_;
  Settings settings_;
  std::unordered_map<std::string, Definition> definitions_;
  std::vector<Resource> resources_;
};

}  // namespace keyless::json
