#include "app/pipeline.h"

#include <algorithm>
#include <set>

#include "lineage/judge.h"
#include "lineage/verdict.h"

namespace keyless {
namespace {

using Scans = std::vector<std::unique_ptr<ScanRoot>>;

// A secret that one root stores is searched for in the others.
void follow_shared(const Scans& scans) {
  if (scans.size() < 2) return;
  for (bool more = true; more;) {
    std::set<std::string> names;
    for (const auto& scan : scans) names.merge(scan->shared());
    more = false;
    for (const auto& scan : scans) more = scan->follow(names) > 0 || more;
  }
}

// The node of that name in the root, or shared by all of them.
NodeId node_named(const Linked& linked, uint32_t root, const std::string& text) {
  for (NodeId id = 0; id < linked.graph->nodes().size(); ++id) {
    const Node& n = linked.graph->at(id);
    if (n.root != root && n.root != none) continue;
    if (n.id() == text || shown_id(linked, id) == text) return id;
  }
  return none;
}

void join(Linked& linked, uint32_t root, const NodePair& pair, bool same, Report& report) {
  const NodeId first = node_named(linked, root, pair.first);
  const NodeId second = node_named(linked, root, pair.second);
  if (first == none || second == none) {
    report.diagnostics.push_back({Problem::note, std::string(configuration_file), pair.line,
                                  "no such node: " + (first == none ? pair.first : pair.second),
                                  "remove the entry, or copy a name from `keyless lineage`"});
  } else if (same) {
    linked.graph->edge({first, second, EdgeKind::reference, false, {}, "configuration"});
  } else {
    linked.graph->cut(first, second);
  }
}

// Cuts and joins that the roots' configurations ask for; the opinions are made anew if there are
// any.
void configure(Judgeable& whole, const std::vector<Configuration>& configurations, Report& report) {
  bool changed = false;
  for (uint32_t root = 0; root < configurations.size(); ++root) {
    for (const NodePair& pair : configurations[root].separate)
      join(whole.linked, root, pair, false, report);
    for (const NodePair& pair : configurations[root].same)
      join(whole.linked, root, pair, true, report);
    changed =
        changed || !configurations[root].separate.empty() || !configurations[root].same.empty();
  }
  if (changed) whole.opinions = decide(whole.linked);
}

// A PATH inside a root narrows what is shown, not what was read.
void narrow(Judged& judged, const std::vector<Root>& roots) {
  const auto hidden = [&](const Finding& f) { return !in_view(roots[f.root], f.path); };
  std::erase_if(judged.findings, hidden);
  std::erase_if(judged.leads, hidden);
  std::set<std::string> shown;
  for (const Finding& f : judged.findings) shown.insert(f.id);
  for (Lineage& lineage : judged.lineages)
    std::erase_if(lineage.findings, [&](const std::string& id) { return !shown.contains(id); });
  std::erase_if(judged.lineages, [](const Lineage& l) { return l.findings.empty(); });
}

// Files that the report names, by root.
std::vector<std::set<std::string>> named_files(const Judged& judged, size_t roots) {
  std::vector<std::set<std::string>> paths(roots);
  const auto named = [&](uint32_t root, const std::string& path) {
    if (!path.empty()) paths[root].insert(path);
  };
  for (const auto* findings : {&judged.findings, &judged.leads})
    for (const Finding& f : *findings) {
      named(f.root, f.path);
      for (const TraceStep& step : f.trace) named(step.root, step.path);
    }
  for (const Lineage& lineage : judged.lineages) named(lineage.root_index, lineage.path);
  for (const GraphNode& node : judged.graph.nodes) named(node.root, node.path);
  for (const GraphEdge& edge : judged.graph.edges) named(edge.root, edge.path);
  return paths;
}

std::vector<PlacedException> exceptions_of(const ScanRoot& scan) {
  std::vector<PlacedException> all;
  for (size_t i = 0; i < scan.outcomes().size(); ++i)
    for (const InlineException& exception : scan.outcomes()[i].exceptions)
      all.push_back({scan.set().entries[i].path, exception});
  return all;
}

void write_report(Judged judged, const Scans& scans, const RuleSet& rules, Report& report) {
  auto paths = named_files(judged, scans.size());
  for (size_t root = 0; root < scans.size(); ++root) {
    for (const PlacedException& placed : exceptions_of(*scans[root]))
      paths[root].insert(placed.path);
    paths[root].insert(std::string(configuration_file));
  }
  for (size_t root = 0; root < scans.size(); ++root)
    report.files.push_back(read_report_files(scans[root]->files(), scans[root]->attributes(),
                                             {paths[root].begin(), paths[root].end()}));
  report.findings = std::move(judged.findings);
  report.leads = std::move(judged.leads);
  report.lineages = std::move(judged.lineages);
  report.graph = std::move(judged.graph);
  std::set<std::string> used;
  for (const auto* list : {&report.findings, &report.leads})
    for (const Finding& f : *list) used.insert(f.rule);
  for (const Rule& rule : rules.rules)
    if (used.contains(rule.id)) report.rules.push_back(&rule);
}

}  // namespace

Result<Scanned> run_scan(const ScanOptions& options, const RuleSet& rules,
                         const std::vector<Configuration>& configurations, bool keep) {
  Scanned scanned;
  Report& report = scanned.report;
  report.version = KEYLESS_VERSION;
  const Matcher matcher(rules);
  std::vector<std::string> anchors = all_anchors(rules);
  anchors.emplace_back(exception_mark);
  const LiteralSearch prefilter(anchors);
  Scans scans;
  for (uint32_t i = 0; i < options.roots.size(); ++i) {
    report.roots.push_back({options.roots[i].id, options.roots[i].commit});
    scans.push_back(std::make_unique<ScanRoot>(options, matcher, prefilter, report, i));
    if (auto done = scans.back()->run(configurations[i]); !done) return fail(done.error());
  }
  follow_shared(scans);
  for (const auto& scan : scans) scan->cover();

  Judged judged;
  const auto judge_whole = [&](Judgeable& whole) {
    configure(whole, configurations, report);
    judged = judge(whole.linked, whole.opinions);
    narrow(judged, options.roots);
  };
  if (scans.size() == 1) {
    judge_whole(scans[0]->judgeable());
  } else {
    Project all;
    for (const auto& scan : scans) all.take(scan->take_project());
    {
      Judgeable whole{link(all, rules), {}};
      whole.opinions = decide(whole.linked);
      judge_whole(whole);
    }
    if (keep) {
      std::vector<Project> projects = std::move(all).split();
      for (size_t i = 0; i < scans.size(); ++i) scans[i]->give_back(std::move(projects[i]));
    }
  }
  write_report(std::move(judged), scans, rules, report);
  for (const auto& scan : scans) scanned.exceptions.push_back(exceptions_of(*scan));
  if (keep)
    for (const auto& scan : scans) scanned.roots.push_back(scan->take());
  return scanned;
}

}  // namespace keyless
