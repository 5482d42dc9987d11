#include "lineage/judge.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/hash.h"
#include "base/redacted.h"
#include "base/text.h"
#include "lineage/covered.h"
#include "lineage/roots.h"

namespace keyless {
namespace {

// The more specific matcher wins where two speak of the same place.
int rank(const Candidate& c) {
  constexpr MatchKind order[] = {MatchKind::text,    MatchKind::call,     MatchKind::implicit,
                                 MatchKind::assign,  MatchKind::header,   MatchKind::map,
                                 MatchKind::command, MatchKind::resource, MatchKind::module,
                                 MatchKind::setting, MatchKind::read};
  int position = 0;
  for (const MatchKind kind : order) {
    if (kind == c.rule->match.kind) return position;
    ++position;
  }
  return position;
}

Severity severity_of(const Finding& f) {
  Severity severity = row_of(f.category).severity;
  const bool literal = f.category == Category::key_literal;
  if (f.verdict == Verdict::cannot_migrate) return Severity::low;
  if (!literal && (f.test_code || f.generated || f.vendored)) return Severity::low;
  if (f.confidence != Confidence::high && severity != Severity::low)
    severity = static_cast<Severity>(static_cast<uint8_t>(severity) - 1);
  return severity;
}

// Nested templates carry a number, "16::name", which an edit elsewhere in the file changes.
std::string without_numbers(std::string_view symbol) {
  std::string text;
  for (size_t at = 0; at < symbol.size();) {
    size_t end = at;
    while (end < symbol.size() && is_digit(symbol[end])) ++end;
    const bool apart = text.empty() || !is_alnum(text.back());
    if (end == at || !apart || !symbol.substr(end).starts_with("::"))
      end = std::max(end, at + 1);
    else
      at = end;
    text += symbol.substr(at, end - at);
    at = end;
  }
  return text;
}

class Judge {
 public:
  Judge(const Linked& linked, std::vector<Opinion> opinions)
      : linked_(linked), opinions_(std::move(opinions)), roots_(linked) {}

  Judged run() {
    drop_covered();
    for (size_t i = 0; i < linked_.placed.size(); ++i) {
      const Decision decision = opinions_[i].decision;
      if (decision == Decision::finding || decision == Decision::lead) write(i);
    }
    const auto by_place = [](const Finding& a, const Finding& b) {
      return std::tie(a.root, a.path, a.span, a.rule, a.symbol) <
             std::tie(b.root, b.path, b.span, b.rule, b.symbol);
    };
    std::stable_sort(judged_.findings.begin(), judged_.findings.end(), by_place);
    std::stable_sort(judged_.leads.begin(), judged_.leads.end(), by_place);
    number(judged_.findings);
    number(judged_.leads);
    write_lineages();
    write_graph();
    return std::move(judged_);
  }

 private:
  const ProjectFile& file_of(size_t i) const {
    return linked_.flow->project().files()[linked_.placed[i].file];
  }

  // One span, one finding: what lies inside a more specific place of the same file is part of it.
  void drop_covered() {
    std::map<uint32_t, std::vector<size_t>> by_file;
    for (size_t i = 0; i < linked_.placed.size(); ++i)
      if (opinions_[i].decision == Decision::finding || opinions_[i].decision == Decision::lead)
        by_file[linked_.placed[i].file].push_back(i);
    for (auto& [file, all] : by_file) {
      std::stable_sort(all.begin(), all.end(), [&](size_t a, size_t b) {
        const auto key = [&](size_t i) {
          const Candidate& c = *linked_.placed[i].candidate;
          // Findings beat leads; then the more specific matcher.
          return std::tuple(opinions_[i].decision == Decision::lead, rank(c), c.span);
        };
        return key(a) < key(b);
      });
      Taken literals;
      Taken others;
      for (const size_t i : all) {
        const Candidate& c = *linked_.placed[i].candidate;
        // A leaked value and the setting that holds it are two things to do.
        Taken& taken = c.category == Category::key_literal ? literals : others;
        InnermostSpans& alike = taken.of_kind[c.rule->match.kind];
        if (taken.all.any_contains(c.span) || alike.any_within(c.span)) {
          opinions_[i].decision = Decision::dropped;
        } else {
          taken.all.add(c.span);
          alike.add(c.span);
        }
      }
    }
  }

  // Places of one file that stay; a place around one of its own kind is the same said more widely.
  struct Taken {
    OutermostSpans all;
    std::map<MatchKind, InnermostSpans> of_kind;
  };

  void write(size_t i) {
    const Placed& p = linked_.placed[i];
    const Candidate& c = *p.candidate;
    const ProjectFile& file = file_of(i);
    const Opinion& opinion = opinions_[i];
    Finding f;
    f.rule = c.rule->id;
    f.category = c.category;
    f.confidence = opinion.confidence;
    f.verdict = opinion.decision == Decision::lead  ? Verdict::lead
                : !c.rule->cannot_migrate.empty()   ? Verdict::cannot_migrate
                : opinion.mixed || opinion.switched ? Verdict::mixed
                                                    : Verdict::finding;
    f.message = c.rule->message;
    f.reason = c.rule->cannot_migrate.empty() ? opinion.reason
                                              : c.rule->cannot_migrate + ": " + opinion.reason;
    f.root = file.root;
    f.path = file.document.path;
    f.span = c.span;
    f.extent = c.extent;
    f.definition = mask_keys(scope_name(file.document, c.scope));
    f.symbol = mask_keys(without_numbers(c.symbol));
    f.tracked = file.tracked;
    f.test_code = file.test_code;
    f.generated = file.generated;
    f.vendored = file.vendored;
    const Rooted rooted = roots_.of(p.node, service_of(p));
    f.lineage = roots_.lineage_id(rooted.root);
    for (const NodeId root : rooted.all) f.lineages.push_back(roots_.lineage_id(root));
    std::sort(f.lineages.begin(), f.lineages.end());
    f.trace = rooted.trace;
    f.severity = severity_of(f);
    (f.verdict == Verdict::lead ? judged_.leads : judged_.findings).push_back(std::move(f));
    if (opinion.decision == Decision::finding) {
      root_nodes_.emplace(roots_.lineage_id(rooted.root), rooted.root);
      live_.insert(p.node);
    }
  }

  [[nodiscard]] std::string service_of(const Placed& p) const {
    const Names& names = linked_.flow->rules().names;
    if (!p.candidate->name.empty())
      if (std::string service = names.service_of(p.candidate->name); !service.empty())
        return service;
    // The name it comes from knows the account better than the class it goes to.
    for (const Graph::Reached& r : linked_.graph->backward(p.node)) {
      const Node& n = linked_.graph->at(r.node);
      const bool named = n.space == "env" || n.space == "config" || n.space == "vault";
      if (!named || !names.is(NameClass::key_strong, n.name)) continue;
      if (std::string service = names.service_of(n.name); !service.empty()) return service;
    }
    for (const Graph::Reached& r : linked_.graph->backward(p.node))
      if (const std::string& service = linked_.graph->at(r.node).service;
          !service.empty() && linked_.graph->at(r.node).space != "host")
        return service;
    for (const Graph::Reached& r : linked_.graph->forward(p.node))
      if (linked_.graph->at(r.node).space == "use" && !linked_.graph->at(r.node).service.empty())
        return linked_.graph->at(r.node).service;
    return p.candidate->rule->service;
  }

  [[nodiscard]] uint32_t root_of(const Where& where) const {
    return where.file == none ? 0 : linked_.flow->project().root_of(where.file);
  }

  // Identity without lines or values: the n-th of its kind in its file.
  static void number(std::vector<Finding>& findings) {
    std::map<std::string, int> seen;
    for (Finding& f : findings) {
      const std::string key = f.rule + '\n' + f.path + '\n' + f.definition + '\n' + f.symbol;
      const int ordinal = seen[std::to_string(f.root) + '\n' + key]++;
      f.id = sha256_hex(key + '\n' + std::to_string(ordinal)).substr(0, 16);
    }
  }

  void write_lineages() {
    std::map<std::string, Lineage> all;
    for (const Finding& f : judged_.findings) {
      const auto it = root_nodes_.find(f.lineage);
      if (it == root_nodes_.end()) continue;
      Lineage& lineage = all[f.lineage];
      if (lineage.id.empty()) {
        const Node& root = linked_.graph->at(it->second);
        lineage.id = f.lineage;
        lineage.root = mask_keys(shown_id(linked_, it->second));
        lineage.service = root.service;
        if (root.space == "account") lineage.account = lineage.root;
        // A name that nothing here gives a key: the value lives outside the repository.
        if (is_carrier(root)) lineage.open_ends.push_back(lineage.root);
        if (root.where.file != none) {
          lineage.path = linked_.flow->project().path_of(root.where.file);
          lineage.root_index = root_of(root.where);
          lineage.span = root.where.span;
        }
      }
      lineage.severity = std::max(lineage.severity, f.severity);
      lineage.findings.push_back(f.id);
    }
    for (auto& [id, lineage] : all) judged_.lineages.push_back(std::move(lineage));
    std::stable_sort(judged_.lineages.begin(), judged_.lineages.end(),
                     [](const Lineage& a, const Lineage& b) {
                       return std::tuple(b.severity, a.root) < std::tuple(a.severity, b.root);
                     });
  }

  // Nodes between a root and a finding, in the order of their names.
  void write_graph() {
    const Graph& graph = *linked_.graph;
    std::set<NodeId> shown;
    for (const NodeId node : live_) {
      for (const Graph::Reached& r : graph.backward(node)) shown.insert(r.node);
      for (const Graph::Reached& r : graph.forward(node))
        if (live_.contains(r.node)) shown.insert(r.node);
    }
    std::vector<NodeId> order(shown.begin(), shown.end());
    std::sort(order.begin(), order.end(),
              [&](NodeId a, NodeId b) { return shown_id(linked_, a) < shown_id(linked_, b); });
    std::map<NodeId, uint32_t> index;
    const auto path_of = [&](const Where& where) {
      return where.file == none ? std::string{}
                                : linked_.flow->project().files()[where.file].document.path;
    };
    for (const NodeId id : order) {
      index[id] = static_cast<uint32_t>(judged_.graph.nodes.size());
      const Node& n = graph.at(id);
      judged_.graph.nodes.push_back({mask_keys(shown_id(linked_, id)), mask_keys(n.name),
                                     path_of(n.where), n.where.span, root_of(n.where)});
    }
    for (const NodeId id : order)
      for (const uint32_t e : graph.out(id)) {
        const Edge& edge = graph.edges()[e];
        if (edge.from == none || edge.partial || !index.contains(edge.to)) continue;
        judged_.graph.edges.push_back({index[edge.from], index[edge.to], edge.kind,
                                       root_of(edge.where), path_of(edge.where), edge.where.span,
                                       mask_keys(edge.why)});
      }
  }

  const Linked& linked_;
  std::vector<Opinion> opinions_;
  Roots roots_;
  Judged judged_;
  std::map<std::string, NodeId> root_nodes_;
  std::set<NodeId> live_;
};

}  // namespace

Judged judge(const Linked& linked, std::vector<Opinion> opinions) {
  return Judge(linked, std::move(opinions)).run();
}

}  // namespace keyless
