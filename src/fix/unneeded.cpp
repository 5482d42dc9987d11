#include "fix/unneeded.h"

#include <algorithm>

#include "base/text.h"

namespace keyless {
namespace {

class Unneeded {
 public:
  Unneeded(const Project& project, const Linked& linked, const RuleSet& rules,
           const std::vector<FixedPlace>& fixed)
      : project_(project), graph_(*linked.graph), rules_(rules) {
    for (const FixedPlace& place : fixed) spans_[{place.path, place.span}] = place.rule;
    for (const Placed& p : linked.placed) {
      const std::string& path = project_.files()[p.file].document.path;
      const auto it = spans_.find({path, p.candidate->span});
      if (it != spans_.end() && it->second == p.candidate->rule) fixed_[p.node] = path;
    }
    for (const Node& n : graph_.nodes())
      if (n.space == "code" && n.where.file != none)
        variables_.insert({n.where.file, n.where.span});
  }

  std::map<std::string, std::set<std::string>> run(std::set<std::string>& others) {
    for (const auto& [node, path] : fixed_)
      for (const Graph::Reached& r : graph_.backward(node))
        if (const NodeId setting = setting_at(r.node);
            setting != none && considered_.insert(setting).second && !consider(setting))
          others.insert(graph_.at(setting).name);
    return std::move(names_);
  }

 private:
  // The setting that the node is, or that a field which nobody could follow is named after.
  [[nodiscard]] NodeId setting_at(NodeId id) const {
    const Node& n = graph_.at(id);
    if (n.space == "env" || n.space == "config") return id;
    const std::string_view last = after_last(n.name, '.');
    if (n.space != "code" || !rules_.names.is(NameClass::key_strong, last)) return none;
    return graph_.find(n.root, "env", "repository", last);
  }

  bool consider(NodeId setting) {
    std::set<std::string> paths;
    for (const Graph::Reached& r : graph_.forward(setting)) {
      if (graph_.at(r.node).space != "use") continue;
      if (const auto it = fixed_.find(r.node); it != fixed_.end())
        paths.insert(it->second);
      else if (!counted_elsewhere(graph_.at(r.node)))
        return false;
    }
    names_[graph_.at(setting).name].merge(paths);
    return true;
  }

  // Two rules may see one argument; an entry of a variable is read by whoever reads the variable.
  [[nodiscard]] bool counted_elsewhere(const Node& use) const {
    if (use.where.file == none) return false;
    const std::string& path = project_.files()[use.where.file].document.path;
    return spans_.contains({path, use.where.span}) ||
           variables_.contains({use.where.file, use.where.span});
  }

  const Project& project_;
  const Graph& graph_;
  const RuleSet& rules_;
  std::map<std::pair<std::string, Span>, const Rule*> spans_;
  std::map<NodeId, std::string> fixed_;  // node of a use -> path
  std::set<std::pair<uint32_t, Span>> variables_;
  std::set<NodeId> considered_;
  std::map<std::string, std::set<std::string>> names_;
};

}  // namespace

std::map<std::string, std::set<std::string>> unneeded_settings(const Project& project,
                                                               const Linked& linked,
                                                               const RuleSet& rules,
                                                               const std::vector<FixedPlace>& fixed,
                                                               std::set<std::string>& others) {
  return Unneeded(project, linked, rules, fixed).run(others);
}

std::set<std::string> settings_without_use(const Linked& linked,
                                           const std::set<std::string>& names) {
  std::set<std::string> found = names;
  const Graph& graph = *linked.graph;
  for (NodeId id = 0; id < graph.nodes().size(); ++id) {
    const Node& n = graph.at(id);
    if ((n.space != "env" && n.space != "config") || !found.contains(n.name)) continue;
    for (const Graph::Reached& r : graph.forward(id))
      if (graph.at(r.node).space == "use") {
        found.erase(n.name);
        break;
      }
  }
  return found;
}

}  // namespace keyless
