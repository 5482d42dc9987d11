#include "lineage/frontier.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "base/text.h"
#include "syntax/languages.h"

namespace keyless {
namespace {

// Names that say nothing outside their own unit.
constexpr std::array generic_names{
    "key",         "apikey",   "api_key", "token",   "value",   "secret",   "config",
    "settings",    "client",   "options", "default", "result",  "password", "credential",
    "credentials", "endpoint", "env",     "params",  "headers", "model",    "name"};

bool is_generic(std::string_view name) {
  const std::string lowered = to_lower(name);
  return lowered.size() < 6 ||
         std::find(generic_names.begin(), generic_names.end(), lowered) != generic_names.end();
}

class Structure {
 public:
  explicit Structure(const Project& project) : project_(project), paths_(project.root(0)) {}

  std::vector<std::string> run() {
    const auto count = static_cast<uint32_t>(project_.files().size());
    for (uint32_t i = 0; i < count; ++i) {
      const ProjectFile& file = project_.files()[i];
      const std::string& language = file.document.language;
      if (language == "terraform")
        terraform(file);
      else if (language == "bicep" || language == "bicepparam")
        bicep(file);
      else if (!file.candidates.empty() || file.wave > 1)
        follow(i);
    }
    while (!open_.empty()) {
      const uint32_t next = open_.back();
      open_.pop_back();
      imports(project_.files()[next]);
    }
    siblings();
    return {found_.begin(), found_.end()};
  }

 private:
  void add(const std::string& path) {
    if (!path.empty() && paths_.exists(path) && project_.index_of(path) == none &&
        language_of(path) != nullptr)
      found_.insert(path);
  }

  void follow(uint32_t file) {
    if (followed_.insert(file).second) open_.push_back(file);
  }

  // A module that is parsed already, though nothing was found in it, leads on to what it imports.
  void add_module(const std::string& path) {
    const uint32_t parsed = path.empty() ? none : project_.index_of(path);
    if (parsed != none)
      follow(parsed);
    else
      add(path);
  }

  void terraform(const ProjectFile& file) {
    folders_.insert(std::string(folder_of(file.document.path)));
    for (const Element& e : file.document.elements)
      if (e.kind == ElementKind::module && e.type.starts_with('.'))
        folders_.insert(join_path(folder_of(file.document.path), e.type));
  }

  void bicep(const ProjectFile& file) {
    const std::string_view folder = folder_of(file.document.path);
    parameter_folders_.insert(std::string(folder));
    for (const Element& e : file.document.elements) {
      if (e.kind == ElementKind::module) add(join_path(folder, e.type));
      if (e.kind == ElementKind::entry && e.name == "using" && e.value != none)
        add(join_path(folder, file.document.values[e.value].text));
    }
  }

  void imports(const ProjectFile& file) {
    const Document& d = file.document;
    for (const Element& e : d.elements) {
      const bool link = e.kind == ElementKind::import ||
                        (e.kind == ElementKind::export_name && !e.module.empty());
      if (!link) continue;
      add_module(paths_.resolve_module(d.language, d.path, e.module));
      if (d.language != "python" || e.member.empty()) continue;
      const bool dots = e.module.find_first_not_of('.') == std::string::npos;
      add_module(
          paths_.resolve_module(d.language, d.path, e.module + (dots ? "" : ".") + e.member));
    }
  }

  // One pass over the file set for everything that is found by its folder.
  void siblings() {
    for (const std::string_view path : paths_.paths()) {
      const std::string folder(folder_of(path));
      const bool terraform =
          path.ends_with(".tf") || path.find(".tfvars") != std::string_view::npos;
      if (terraform && folders_.contains(folder)) add(std::string(path));
      const bool parameters =
          path.ends_with(".bicepparam") ||
          (path.ends_with(".json") && path.find("parameters") != std::string_view::npos);
      if (parameters && parameter_folders_.contains(folder)) add(std::string(path));
      // A module that calls a live one is reached from its caller's folder, above it.
      // Workflows say which folder is deployed to which workload.
      const bool deploys = path == "azure.yaml" || path.starts_with(".github/workflows/");
      if (deploys && !(folders_.empty() && parameter_folders_.empty())) add(std::string(path));
      if (path.ends_with("main.bicep") && parameter_folders_.contains(folder + "/modules"))
        add(std::string(path));
    }
  }

  const Project& project_;
  const PathIndex& paths_;
  std::set<std::string> found_;
  std::vector<uint32_t> open_;
  std::unordered_set<uint32_t> followed_;
  std::unordered_set<std::string> folders_;
  std::unordered_set<std::string> parameter_folders_;
};

}  // namespace

std::vector<std::string> structural_frontier(const Project& project) {
  return Structure(project).run();
}

std::set<std::string> shared_names(const Graph& graph) {
  std::set<std::string> names;
  for (const Node& n : graph.nodes())
    if (n.space == "vault" && n.root == none) names.emplace(after_last(n.name, '/'));
  return names;
}

std::set<FrontierName> name_frontier(const Linked& linked, const std::vector<Opinion>& opinions,
                                     size_t most) {
  const Graph& graph = *linked.graph;
  const Names& names = linked.flow->rules().names;
  std::unordered_set<NodeId> live;
  const auto mark = [&](NodeId start) {
    if (start == none) return;
    for (const Graph::Reached& r : graph.forward(start)) live.insert(r.node);
    for (const Graph::Reached& r : graph.backward(start)) live.insert(r.node);
  };
  for (NodeId id = 0; id < graph.nodes().size(); ++id) {
    const Node& n = graph.at(id);
    if (n.space == "account") mark(id);
    if (n.space == "env" && names.is(NameClass::key_strong, n.name)) mark(id);
  }
  for (size_t i = 0; i < opinions.size(); ++i)
    if (opinions[i].decision == Decision::finding) mark(linked.placed[i].node);

  std::set<FrontierName> strong;
  std::set<FrontierName> weak;
  for (const NodeId id : live) {
    const Node& n = graph.at(id);
    std::string_view name = n.name;
    if (n.space == "iac")
      name = after_last(name, '.');
    else if (n.space == "code")
      name = after_last(name.substr(0, name.find("()")), '.');
    else if (n.space == "vault")
      name = after_last(name, '/');
    else if (!is_carrier(n))
      continue;
    if (name.size() < 3) continue;
    if (names.is(NameClass::key_strong, name))
      strong.insert({std::string(name), ""});
    else if (!is_generic(name))
      weak.insert({std::string(name), ""});
    else if (n.space == "env" || n.space == "config")
      weak.insert({std::string(name), n.scope == "." || n.scope == "repository" ? "" : n.scope});
  }
  for (const FrontierName& name : weak)
    if (strong.size() < most) strong.insert(name);
  return strong;
}

}  // namespace keyless
