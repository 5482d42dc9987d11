#include "fix/carriers.h"

#include <algorithm>

#include "base/redacted.h"
#include "base/text.h"
#include "fix/empty_choice.h"
#include "fix/lines.h"
#include "fix/script_uses.h"

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

// `echo "NAME=..." >> file` on a line of its own among others of a script; empty otherwise.
Span script_line(std::string_view text, Span span, std::string_view name) {
  const Span lines{line_begin(text, span.begin), line_after(text, span.begin)};
  std::string_view line = trim(text.substr(lines.begin, lines.size()));
  if (!line.starts_with("echo ") || line.find(">>") == std::string_view::npos) return {};
  for (const std::string_view more : {"&&", ";", "|", "`", "$("})
    if (line.find(more) != std::string_view::npos) return {};
  line = trim(line.substr(5));
  if (line.starts_with('"') || line.starts_with('\'')) line = line.substr(1);
  if (line.ends_with('\\') || !line.starts_with(std::string(name) + "=")) return {};
  const std::string_view own = indentation_at(text, lines.begin);
  const auto beside = [&](uint32_t at) {
    const std::string_view other = trim(text.substr(at, line_after(text, at) - at));
    return !other.empty() && indentation_at(text, at) == own;
  };
  const uint32_t above = lines.begin == 0 ? 0 : line_begin(text, lines.begin - 1);
  const bool continued =
      lines.begin > 0 && trim(text.substr(above, lines.begin - above)).ends_with('\\');
  const bool others =
      (lines.begin > 0 && beside(above)) || (lines.end < text.size() && beside(lines.end));
  return others && !continued ? lines : Span{};
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

bool feeds_infrastructure(const Graph& graph, NodeId start) {
  const auto reached = graph.forward(start);
  return std::any_of(reached.begin(), reached.end(),
                     [&](const Graph::Reached& r) { return graph.at(r.node).space == "iac"; });
}

Edit removal_of(const ProjectFile& file, const Carrier& carrier) {
  const Element& element = file.document.elements[carrier.element];
  // A stored secret is the whole resource, not only its value.
  const bool stored = element.kind == ElementKind::resource;
  const Extent& extent = stored ? element.extent : carrier.extent;
  return {extent.parent.value_or(extent.span), {}};
}

// Its reader may live anywhere; only one that was seen and changed frees it. A variable follows what
// it fills, an output is read by people.
bool has_known_reader(const CarrierOfKey& known, Container container) {
  if (known.read || container == Container::output) return true;
  const bool passes = container == Container::iac_parameter || container == Container::iac_local;
  return passes && known.leads;
}

class Review {
 public:
  Review(const Repository& repository, ScanOfDrafts& scan, const CarriersOfKeys& of_keys,
         const OtherReaders& readers)
      : repository_(repository),
        project_(repository.project()),
        flow_(*scan.linked.flow),
        graph_(*scan.linked.graph),
        readers_(readers) {
    for (uint32_t i = 0; i < project_.files().size(); ++i)
      for (const Element& e : project_.files()[i].document.elements)
        if (e.kind == ElementKind::module) called_.insert(flow_.module_target(i, e.type));
    called_.erase("");
    for (uint32_t i = 0; i < project_.files().size(); ++i) {
      const ProjectFile& file = project_.files()[i];
      for (const Carrier& c : file.carriers) {
        const NodeId node = carrier_node(*scan.linked.flow, i, c);
        const auto wanted = of_keys.find({file.document.path, c.container, c.name});
        if (wanted == of_keys.end()) {
          others_.push_back({i, c.span, node});
          continue;
        }
        places_.push_back(
            {i, &c, node, wanted->second.rule, {}, {}, feeds_infrastructure(graph_, node)});
        places_.back().stays = first_reason(places_.back(), wanted->second);
      }
    }
  }

  CarrierReview run() {
    while (keep_what_leads_to_kept() || keep_what_is_named() || keep_twins()) continue;
    CarrierReview review;
    for (CarrierReview::Place& place : places_) {
      if (place.stays.empty()) place.removal = removal_at(place);
      (place.stays.empty() ? review.unread : review.kept).push_back(std::move(place));
    }
    return review;
  }

 private:
  std::string first_reason(const CarrierReview::Place& place, const CarrierOfKey& known) const {
    const ProjectFile& file = project_.files()[place.file];
    if (std::string reader = reader_of(project_, graph_, place.node); !reader.empty())
      return "still read: " + reader;
    if (const std::string hit = unanalysed_reader(place); !hit.empty())
      return "still read: " + hit + " (not analysed)";
    if (const std::string hit = data_reader(place); !hit.empty())
      return "still read: " + hit + " (not analysed)";
    if (file.generated || file.vendored)
      return "the file is generated or vendored: change its source";
    const bool of_job =
        place.carrier->container == Container::output && file.document.language == "yaml";
    if (of_job || (!is_data(place.carrier->container) && written_line(place).empty()))
      return "code or a script writes it";
    if (has_known_reader(known, place.carrier->container)) return {};
    // Programs that nobody analyses know settings under other spellings.
    if (!readers_.foreign.empty())
      return "still read, perhaps: " + likely_program(place) + " (not analysed)";
    if (!readers_.vouched) return "nothing here reads it: remove it when nothing outside does";
    if (std::string why = vault_reader(place); !why.empty()) return why;
    if (const auto code = readers_.code.find(place.carrier->name); code != readers_.code.end())
      return "no reader of it was seen, but it is named in " + code->second;
    return {};
  }

  [[nodiscard]] Span written_line(const CarrierReview::Place& place) const {
    if (place.carrier->container != Container::gha_run) return {};
    return script_line(repository_.text(path_of(place)), place.carrier->span, place.carrier->name);
  }

  [[nodiscard]] Edit removal_at(const CarrierReview::Place& place) const {
    if (const Span line = written_line(place); !line.empty()) return {line, {}};
    const ProjectFile& file = project_.files()[place.file];
    Edit removal = removal_of(file, *place.carrier);
    if (file.document.language != "bicep") return removal;
    return with_empty_choice(repository_.text(path_of(place)), std::move(removal));
  }

  // A file without a reader of its language that names it and can see it.
  [[nodiscard]] std::string unanalysed_reader(const CarrierReview::Place& place) const {
    const Container c = place.carrier->container;
    const auto hits = readers_.unanalysed.find(place.carrier->name);
    if (hits == readers_.unanalysed.end() || inside_infrastructure(place)) return {};
    const bool of_workload = c == Container::app_settings || c == Container::container_env ||
                             c == Container::container_secret;
    for (const std::string& path : hits->second) {
      // A script sees the settings of a workload when it runs there.
      const bool script = path.ends_with(".sh") || path.ends_with(".ps1");
      if (of_workload && script && !readers_.units.empty() &&
          !readers_.units.contains(project_.unit_of(path)))
        continue;
      return path;
    }
    return {};
  }

  // What tools are told by name: an output, a parameter or a secret in a file that says no more to us.
  [[nodiscard]] std::string data_reader(const CarrierReview::Place& place) const {
    const Container c = place.carrier->container;
    const auto hits = readers_.data.find(place.carrier->name);
    if (hits == readers_.data.end() ||
        (c != Container::output && c != Container::iac_parameter && c != Container::vault_secret))
      return {};
    for (const std::string& path : hits->second) {
      const uint32_t index = project_.index_of(path);
      // The scripts of workflows are read; a secret of theirs may have the same name.
      if (path == path_of(place) || index == none || path.starts_with(".github/")) continue;
      const ProjectFile& file = project_.files()[index];
      if (file.document.language != "yaml" && file.document.language != "json") continue;
      const auto known = [&](const Carrier& other) { return other.name == place.carrier->name; };
      if (!inside_infrastructure(place) && !file.generated &&
          std::none_of(file.carriers.begin(), file.carriers.end(), known))
        return path;
    }
    return {};
  }

  // A secret is known by its name alone: whoever names it may read it.
  [[nodiscard]] std::string vault_reader(const CarrierReview::Place& place) const {
    if (place.carrier->container != Container::vault_secret) return {};
    const std::string& name = place.carrier->name;
    const bool literal =
        std::all_of(name.begin(), name.end(), [](char c) { return is_alnum(c) || c == '-'; }) &&
        name.find('-') != std::string::npos;
    if (!literal) return "nothing here reads it: remove it when nothing outside does";
    const auto hits = readers_.data.find(name);
    if (hits == readers_.data.end()) return {};
    for (const std::string& path : hits->second)
      if (path != path_of(place)) return "no reader of it was seen, but it is named in " + path;
    return {};
  }

  // The program that speaks of the last part of the name, else the first of all.
  [[nodiscard]] std::string likely_program(const CarrierReview::Place& place) const {
    constexpr size_t most_programs = 300;
    std::string_view last = place.carrier->name;
    for (const std::string_view joint : {"__", ":", "."})
      if (const size_t at = last.rfind(joint); at != std::string_view::npos)
        last = last.substr(at + joint.size());
    for (size_t i = 0; i < std::min(readers_.foreign.size(), most_programs); ++i)
      if (last.size() > 2 && repository_.text(readers_.foreign[i]).find(last) != std::string::npos)
        return readers_.foreign[i];
    return readers_.foreign.front();
  }

  // Only the infrastructure itself can name a local, or what a module that is called takes and
  // gives.
  [[nodiscard]] bool inside_infrastructure(const CarrierReview::Place& place) const {
    const Container c = place.carrier->container;
    if (c == Container::iac_local) return true;
    return (c == Container::iac_parameter || c == Container::output) &&
           called_.contains(flow_.module_of(place.file));
  }

  // A carrier that is none of a key's, or only a second view of one.
  struct Other {
    uint32_t file;
    Span span;
    NodeId node;
  };

  // It stands in what is removed around it: the value of a secret that goes with its name.
  [[nodiscard]] bool goes(const Other& other) const {
    return std::any_of(places_.begin(), places_.end(), [&](const CarrierReview::Place& place) {
      return place.file == other.file && place.stays.empty() &&
             removal_at(place).span.contains(other.span);
    });
  }

  // A variable stays as long as a setting stays that it fills.
  bool keep_what_leads_to_kept() {
    std::map<NodeId, std::string> kept;
    for (const Other& other : others_)
      if (!goes(other)) kept.emplace(other.node, "");
    for (const CarrierReview::Place& place : places_)
      if (!place.stays.empty()) kept[place.node] = place.carrier->name;
    bool changed = false;
    for (CarrierReview::Place& place : places_) {
      if (!place.stays.empty()) continue;
      for (const Graph::Reached& r : graph_.forward(place.node)) {
        const auto it = r.node == place.node ? kept.end() : kept.find(r.node);
        if (it == kept.end()) continue;
        const Node& filled = graph_.at(r.node);
        place.stays = "it fills " + (it->second.empty() ? filled.name : it->second) +
                      (filled.where.file == none ? "" : " in " + place_of(project_, filled)) +
                      ", which stays";
        changed = true;
        break;
      }
    }
    return changed;
  }

  // A symbol of infrastructure stays as long as its module names it anywhere else, a variable as
  // long as a script beside it uses it.
  bool keep_what_is_named() {
    std::map<std::string, std::vector<Span>> gone;
    for (const CarrierReview::Place& place : places_)
      if (place.stays.empty()) gone[path_of(place)].push_back(removal_at(place).span);
    bool changed = false;
    for (CarrierReview::Place& place : places_) {
      if (!place.stays.empty()) continue;
      if (has_script(place) && script_uses(repository_.text(path_of(place)), place.carrier->name,
                                           gone[path_of(place)])) {
        place.stays = "a script in " + path_of(place) + " uses it";
        changed = true;
        continue;
      }
      const std::string symbol = symbol_of(place);
      if (symbol.empty()) continue;
      if (std::string where = named_at(place, symbol, gone); !where.empty()) {
        place.stays = "still named in " + where;
        changed = true;
      }
    }
    return changed;
  }

  // An entry may carry the key in two roles, as a setting and as what a called module is given.
  bool keep_twins() {
    std::map<std::pair<uint32_t, Span>, std::string> kept;
    for (const CarrierReview::Place& place : places_)
      if (!place.stays.empty())
        kept.emplace(std::pair(place.file, place.carrier->span), place.stays);
    bool changed = false;
    for (CarrierReview::Place& place : places_) {
      const auto twin = kept.find({place.file, place.carrier->span});
      if (!place.stays.empty() || twin == kept.end()) continue;
      place.stays = twin->second;
      changed = true;
    }
    return changed;
  }

  // A file that sets variables for scripts which stand in it.
  [[nodiscard]] bool has_script(const CarrierReview::Place& place) const {
    const std::string& language = project_.files()[place.file].document.language;
    return language == "yaml" || language == "terraform" || language == "bicep";
  }

  [[nodiscard]] const std::string& path_of(const CarrierReview::Place& place) const {
    return project_.files()[place.file].document.path;
  }

  // How other places of the module write it; "" for what has no symbol.
  [[nodiscard]] std::string symbol_of(const CarrierReview::Place& place) const {
    const Document& d = project_.files()[place.file].document;
    const Element& e = d.elements[place.carrier->element];
    const bool terraform = d.language == "terraform";
    if (e.kind == ElementKind::iac_variable) return terraform ? "var." + e.name : e.name;
    if (e.kind == ElementKind::iac_local) return terraform ? "local." + e.name : e.name;
    if (e.kind == ElementKind::resource) return e.name;
    return {};
  }

  [[nodiscard]] std::string named_at(const CarrierReview::Place& place, const std::string& symbol,
                                     const std::map<std::string, std::vector<Span>>& gone) const {
    const Document& d = project_.files()[place.file].document;
    for (const ProjectFile& file : project_.files()) {
      const std::string& path = file.document.path;
      const bool same = d.language == "terraform" ? file.document.language == "terraform" &&
                                                        folder_of(path) == folder_of(d.path)
                                                  : path == d.path;
      if (!same) continue;
      const std::string text = repository_.text(path);
      const auto it = gone.find(path);
      for (size_t at = text.find(symbol); at != std::string::npos; at = text.find(symbol, at + 1)) {
        const Span hit{static_cast<uint32_t>(at), static_cast<uint32_t>(at + symbol.size())};
        const auto word = [&](size_t i) {
          return i < text.size() && (is_alnum(text[i]) || text[i] == '_');
        };
        if ((at > 0 && word(at - 1)) || word(hit.end) || in_comment_line(text, hit.begin)) continue;
        const bool goes =
            it != gone.end() && std::any_of(it->second.begin(), it->second.end(),
                                            [&](const Span& s) { return s.contains(hit); });
        const Element& own = d.elements[place.carrier->element];
        if (!goes && !(path == d.path && own.extent.span.contains(hit))) return path;
      }
    }
    return {};
  }

  const Repository& repository_;
  const Project& project_;
  const Flow& flow_;
  const Graph& graph_;
  const OtherReaders& readers_;
  std::set<std::string> called_;  // modules of infrastructure that another one calls
  std::vector<Other> others_;
  std::vector<CarrierReview::Place> places_;
};

}  // namespace

CarriersOfKeys carriers_of_keys(const Project& project, ScanOfDrafts& scan) {
  std::set<std::string> on_the_way;
  for (const GraphNode& node : scan.judged.graph.nodes) on_the_way.insert(node.name);
  std::map<std::pair<std::string, Span>, std::string> rules;
  for (const Finding& f : scan.judged.findings) rules[{f.path, f.span}] = f.rule;
  CarriersOfKeys found;
  std::set<NodeId> carriers;
  for (uint32_t i = 0; i < project.files().size(); ++i)
    for (const Carrier& c : project.files()[i].carriers)
      carriers.insert(carrier_node(*scan.linked.flow, i, c));
  for (uint32_t i = 0; i < project.files().size(); ++i) {
    const ProjectFile& file = project.files()[i];
    for (const Carrier& c : file.carriers) {
      const auto rule = rules.find({file.document.path, c.span});
      const NodeId node = carrier_node(*scan.linked.flow, i, c);
      const bool passes = on_the_way.contains(mask_keys(scan.linked.graph->at(node).id()));
      if (rule == rules.end() && !passes) continue;
      CarrierOfKey& known = found[{file.document.path, c.container, c.name}];
      if (rule != rules.end()) known.rule = rule->second;
      for (const Graph::Reached& r : scan.linked.graph->forward(node))
        known.leads = known.leads || (r.node != node && carriers.contains(r.node));
      known.read = known.read || !reader_of(project, *scan.linked.graph, node).empty();
    }
  }
  return found;
}

CarrierReview review_carriers(const Repository& repository, ScanOfDrafts& scan,
                              const CarriersOfKeys& of_keys, const OtherReaders& others) {
  return Review(repository, scan, of_keys, others).run();
}

}  // namespace keyless
