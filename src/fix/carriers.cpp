#include "fix/carriers.h"

#include <algorithm>

#include "base/redacted.h"

namespace keyless {
namespace {

// Written as data: an extent can go. What a script or code writes is theirs.
bool is_data(Container container) {
  switch (container) {
    case Container::gha_run:
    case Container::code_env:
    case Container::code_map:
    case Container::yaml_settings:
    case Container::named_value:
    case Container::unset:
      return false;
    default:
      return true;
  }
}

bool is_code(const Document& d) {
  return d.language == "python" || d.language == "javascript" || d.language == "typescript" ||
         d.language == "tsx" || d.language == "markup";
}

std::string place_of(const Project& project, const Node& node) {
  if (node.where.file == none) return node.name;
  return project.files()[node.where.file].document.path;
}

// What reads a key that stands at the node; "" when only carriers follow.
std::string reader_of(const Project& project, const Graph& graph, NodeId start) {
  for (const Graph::Reached& r : graph.forward(start)) {
    const Node& n = graph.at(r.node);
    // A settings file that hands a variable on reads it for somebody else.
    const bool code = n.where.file == none || is_code(project.files()[n.where.file].document);
    if ((n.space == "read" && code) || n.space == "use") return place_of(project, n);
  }
  return {};
}

Edit removal_of(const ProjectFile& file, const Carrier& carrier) {
  const Element& element = file.document.elements[carrier.element];
  // A stored secret is the whole resource, not only its value.
  const bool stored = element.kind == ElementKind::resource;
  const Extent& extent = stored ? element.extent : carrier.extent;
  return {extent.parent.value_or(extent.span), {}};
}

}  // namespace

std::map<CarrierKey, std::string> carriers_of_keys(const Project& project, ScanOfDrafts& scan) {
  std::set<std::string> on_the_way;
  for (const GraphNode& node : scan.judged.graph.nodes) on_the_way.insert(node.name);
  std::map<std::pair<std::string, Span>, std::string> rules;
  for (const Finding& f : scan.judged.findings) rules[{f.path, f.span}] = f.rule;
  std::map<CarrierKey, std::string> found;
  for (uint32_t i = 0; i < project.files().size(); ++i) {
    const ProjectFile& file = project.files()[i];
    for (const Carrier& c : file.carriers) {
      const auto rule = rules.find({file.document.path, c.span});
      const NodeId node = carrier_node(*scan.linked.flow, i, c);
      const bool passes = on_the_way.contains(mask_keys(scan.linked.graph->at(node).id()));
      if (rule == rules.end() && !passes) continue;
      found[{file.document.path, c.container, c.name}] = rule == rules.end() ? "" : rule->second;
    }
  }
  return found;
}

CarrierReview review_carriers(const Project& project, ScanOfDrafts& scan,
                              const std::map<CarrierKey, std::string>& of_keys,
                              const std::map<std::string, std::string>& elsewhere) {
  CarrierReview review;
  for (uint32_t i = 0; i < project.files().size(); ++i) {
    const ProjectFile& file = project.files()[i];
    for (const Carrier& c : file.carriers) {
      const auto wanted = of_keys.find({file.document.path, c.container, c.name});
      if (wanted == of_keys.end()) continue;
      CarrierReview::Place place{i, &c, wanted->second, {}, {}};
      const NodeId node = carrier_node(*scan.linked.flow, i, c);
      place.reader = reader_of(project, *scan.linked.graph, node);
      if (const auto hit = elsewhere.find(c.name); place.reader.empty() && hit != elsewhere.end())
        place.reader = hit->second;
      if (file.generated || file.vendored)
        place.reader = "the file is generated or vendored: change its source";
      if (place.reader.empty() && !is_data(c.container))
        place.reader = "code or a script writes it";
      if (place.reader.empty()) place.removal = removal_of(file, c);
      (place.reader.empty() ? review.unread : review.kept).push_back(std::move(place));
    }
  }
  return review;
}

}  // namespace keyless
