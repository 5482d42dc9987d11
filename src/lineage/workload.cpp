#include "lineage/workload.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>
#include <vector>

#include "base/text.h"
#include "lineage/literals.h"

namespace keyless {
namespace {

// "ca-contoso-worker" -> ca, contoso, worker
void add_words(std::string_view text, std::set<std::string>& words) {
  std::string word;
  for (const char c : text) {
    if (is_alnum(c)) {
      word += lower(c);
    } else if (!word.empty()) {
      words.insert(std::exchange(word, std::string{}));
    }
  }
  if (!word.empty()) words.insert(word);
}

void add_words(const Document& d, ValueId id, std::set<std::string>& words) {
  if (id == none) return;
  const Value& v = d.values[id];
  if (v.kind == ValueKind::literal && !v.secret) add_words(v.text, words);
  if (v.kind == ValueKind::composite)
    for (const ValueId part : v.parts)
      if (d.values[part].kind == ValueKind::literal) add_words(d.values[part].text, words);
}

// What a workload is called: its address, its name, its images, its service of azure.yaml.
std::set<std::string> words_of_workload(const Flow& flow, uint32_t file, const Carrier& c) {
  const Document& d = flow.project().files()[file].document;
  const Element& e = d.elements[c.element];
  std::set<std::string> words;
  add_words(after_last(e.type, '.'), words);
  const Flow::Declared resource = flow.resource_of(file, e.type);
  if (resource.element == nullptr) return words;
  const Document& owner = flow.project().files()[resource.file].document;
  for (const Input& input : resource.element->inputs) {
    const std::string name = to_lower(input.name);
    if (name == "name" || name.ends_with(".name") || name.ends_with("image") ||
        name.ends_with("azd-service-name"))
      add_words(owner, input.value, words);
  }
  return words;
}

// `services: {api: {project: ./src/backend}}`: the unit that a service of that name is.
std::string unit_of_service(const Flow& flow, uint32_t root, const std::set<std::string>& words) {
  const Project& project = flow.project();
  const uint32_t file = project.index_of(root, "azure.yaml");
  if (file == none) return {};
  const Document& d = project.files()[file].document;
  for (const Element& e : d.elements) {
    const bool says = e.kind == ElementKind::entry && e.value != none &&
                      e.name.starts_with("services.") && e.name.ends_with(".project");
    if (!says) continue;
    const std::string service = e.name.substr(9, e.name.size() - 17);
    if (words.contains(to_lower(service)))
      return project.root(root).unit_of(join_path("", d.values[e.value].text) + "/project");
  }
  return {};
}

// The text of a path: literals, with `path.module` and the like left out in front.
std::string path_text(const Document& d, ValueId id) {
  if (id == none) return {};
  const Value& v = d.values[id];
  if (v.kind == ValueKind::literal) return v.text;
  std::string text;
  if (v.kind != ValueKind::composite) return text;
  for (const ValueId part : v.parts) {
    const Value& p = d.values[part];
    if (p.kind == ValueKind::literal)
      text += p.text;
    else if (!text.empty())
      return {};
  }
  while (text.starts_with('/')) text.erase(0, 1);
  return text;
}

// The folder that Terraform packs for the workload: `zip_deploy_file` of an archive's `source_dir`.
std::string packed_folder(const Flow& flow, const Flow::Declared& workload) {
  const Document& d = flow.project().files()[workload.file].document;
  const Input* zip = find_input(*workload.element, "zip_deploy_file");
  if (zip == nullptr || zip->value == none) return {};
  const Value& v = d.values[zip->value];
  if (v.kind != ValueKind::attribute) return {};
  const Flow::Declared archive = flow.resource_of(workload.file, v.text);
  const Input* source =
      archive.element == nullptr ? nullptr : find_input(*archive.element, "source_dir");
  if (source == nullptr) return {};
  const Document& owner = flow.project().files()[archive.file].document;
  const std::string path = path_text(owner, source->value);
  return path.empty() ? std::string{} : join_path(folder_of(owner.path), path);
}

// table: inputs of deploy actions that name the workload, and the folder that is deployed to it
constexpr std::array app_inputs{"app-name", "appname", "containerAppName", "function-app-name"};
constexpr std::array folder_inputs{"package", "app_location", "appSourcePath", "source"};

template <class Names>
std::string text_of_input(const Document& d, const Element& step, const Names& names) {
  for (const std::string_view name : names)
    if (const Input* input = find_input(step, name); input != nullptr && input->value != none)
      if (d.values[input->value].kind == ValueKind::literal) return d.values[input->value].text;
  return {};
}

// The folder that a workflow deploys to the workload of that name; "" when two say so.
std::string deployed_folder(const Flow& flow, uint32_t root, const std::string& workload) {
  std::string folder;
  for (uint32_t file = 0; file < flow.project().files().size(); ++file) {
    const Document& d = flow.project().files()[file].document;
    if (d.language != "yaml" || flow.project().root_of(file) != root) continue;
    for (const Element& e : d.elements) {
      if (e.kind != ElementKind::module || text_of_input(d, e, app_inputs) != workload) continue;
      const std::string said = join_path("", text_of_input(d, e, folder_inputs));
      if (said.empty() || said == folder) continue;
      if (!folder.empty()) return {};
      folder = said;
    }
  }
  return folder;
}

// The unit that is deployed to the workload, where a file says so; "" otherwise.
std::string deployed_unit(const Flow& flow, uint32_t file, const Carrier& c) {
  const Element& e = flow.project().files()[file].document.elements[c.element];
  const Flow::Declared workload = flow.resource_of(file, e.type);
  if (workload.element == nullptr) return {};
  std::string folder = packed_folder(flow, workload);
  const Input* name = find_input(*workload.element, "name");
  if (folder.empty() && name != nullptr) {
    const Literals names = literals_of(flow, workload.file, name->value);
    if (names.complete && names.texts.size() == 1)
      folder = deployed_folder(flow, flow.project().root_of(file), names.texts.front());
  }
  if (folder.empty()) return {};
  const std::string& unit = flow.project().paths_of(file).unit_of(folder + "/file");
  return unit == "." ? std::string{} : unit;
}

struct Filler {
  uint32_t edge = none;
  std::string unit;
  std::set<NodeId> accounts;
};

class Split {
 public:
  Split(Flow& flow, NodeId name) : flow_(flow), graph_(flow.graph()), name_(name) {}

  void run() {
    const auto upstream = graph_.backward(name_);
    const auto accounts = std::count_if(upstream.begin(), upstream.end(), [&](const auto& r) {
      return graph_.at(r.node).space == "account";
    });
    if (accounts < 2) return;
    for (const uint32_t e : graph_.out(name_))
      if (graph_.edges()[e].from != none) units_.insert(unit_of_edge(e));
    for (const uint32_t e : graph_.in(name_))
      if (graph_.edges()[e].from != none) add_filler(e);
    if (!differ()) return;
    std::set<std::string> own;
    for (const Filler& f : fillers_)
      if (!f.unit.empty()) own.insert(f.unit);
    const std::vector<uint32_t> reads = graph_.out(name_);
    const bool accounts_left = std::any_of(fillers_.begin(), fillers_.end(), [](const Filler& f) {
      return f.unit.empty() && !f.accounts.empty();
    });
    for (const std::string& unit : own) {
      const Node shared = graph_.at(name_);
      const NodeId node = graph_.node(shared.root, "env", unit, shared.name, shared.where);
      graph_.at(node).service = shared.service;
      if (!accounts_left)
        graph_.edge({name_, node, EdgeKind::guess, false, shared.where, "name of every unit"});
      for (const Filler& f : fillers_)
        if (f.unit == unit) move(f.edge, graph_.edges()[f.edge].from, node);
      for (const uint32_t e : reads)
        if (graph_.edges()[e].from != none && unit_of_edge(e) == unit)
          move(e, node, graph_.edges()[e].to);
    }
  }

 private:
  [[nodiscard]] std::string unit_of_edge(uint32_t e) const {
    const uint32_t file = graph_.edges()[e].where.file;
    return file == none ? std::string{}
                        : flow_.project().paths_of(file).unit_of(flow_.project().path_of(file));
  }

  void add_filler(uint32_t index) {
    const Edge& edge = graph_.edges()[index];
    Filler filler{index, {}, {}};
    if (edge.where.file != none) {
      const ProjectFile& file = flow_.project().files()[edge.where.file];
      for (const Carrier& c : file.carriers)
        if (c.span == edge.where.span) {
          filler.unit = unit_of_carrier(flow_, edge.where.file, c, units_);
          break;
        }
      // A compiled copy names the accounts of its source once more.
      if (!file.generated && !file.vendored)
        for (const Graph::Reached& r : graph_.backward(edge.from))
          if (graph_.at(r.node).space == "account" && is_first(r.node))
            filler.accounts.insert(r.node);
    }
    fillers_.push_back(std::move(filler));
  }

  // No other account stands before it: it is no reference to one.
  [[nodiscard]] bool is_first(NodeId account) const {
    const auto& in = graph_.in(account);
    return std::none_of(in.begin(), in.end(), [&](uint32_t e) {
      const NodeId from = graph_.edges()[e].from;
      return from != none && graph_.at(from).space == "account";
    });
  }

  [[nodiscard]] bool differ() const {
    std::map<std::string, std::set<NodeId>> accounts;
    for (const Filler& f : fillers_)
      if (!f.unit.empty() && !f.accounts.empty())
        accounts[f.unit].insert(f.accounts.begin(), f.accounts.end());
    return std::any_of(accounts.begin(), accounts.end(),
                       [&](const auto& unit) { return unit.second != accounts.begin()->second; });
  }

  void move(uint32_t index, NodeId from, NodeId to) {
    Edge edge = graph_.edges()[index];
    graph_.cut(edge.from, edge.to);
    edge.from = from;
    edge.to = to;
    graph_.edge(std::move(edge));
  }

  Flow& flow_;
  Graph& graph_;
  NodeId name_;
  std::set<std::string> units_;  // that read the name
  std::vector<Filler> fillers_;
};

}  // namespace

std::string built_from(const Flow& flow, uint32_t file, const Carrier& carrier) {
  if (carrier.container != Container::compose) return {};
  const Document& d = flow.project().files()[file].document;
  const std::string build = "services." + d.elements[carrier.element].type + ".build";
  for (const Element& e : d.elements) {
    if (e.kind != ElementKind::entry || e.value == none) continue;
    if (e.name != build && e.name != build + ".context") continue;
    return join_path(folder_of(d.path), d.values[e.value].text);
  }
  return {};
}

std::string unit_of_carrier(const Flow& flow, uint32_t file, const Carrier& carrier,
                            const std::set<std::string>& units) {
  const PathIndex& paths = flow.project().paths_of(file);
  const std::string folder = built_from(flow, file, carrier);
  const std::string& place = folder.empty() ? flow.project().path_of(file) : folder;
  // A file above several units says nothing about one of them.
  const std::string& near = paths.unit_of(folder.empty() ? place : place + "/compose");
  if (near != ".") return near;
  const bool deployed =
      carrier.container == Container::app_settings || carrier.container == Container::container_env;
  if (deployed) {
    if (std::string unit = deployed_unit(flow, file, carrier); !unit.empty()) return unit;
    const std::set<std::string> words = words_of_workload(flow, file, carrier);
    const std::string service = unit_of_service(flow, flow.project().root_of(file), words);
    if (!service.empty() && service != ".") return service;
    std::string only;
    int fitting = 0;
    for (const std::string& unit : units) {
      std::set<std::string> wanted;
      add_words(after_last(unit, '/'), wanted);
      if (wanted.empty() ||
          !std::includes(words.begin(), words.end(), wanted.begin(), wanted.end()))
        continue;
      only = unit;
      ++fitting;
    }
    if (fitting == 1) return only;
  }
  return units.size() == 1 ? *units.begin() : std::string{};
}

void split_strong_names(Flow& flow) {
  const size_t count = flow.graph().nodes().size();
  for (NodeId id = 0; id < count; ++id) {
    const Node& n = flow.graph().at(id);
    if (n.space == "env" && n.scope == "repository") Split(flow, id).run();
  }
}

}  // namespace keyless
