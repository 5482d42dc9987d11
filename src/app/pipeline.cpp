#include "app/pipeline.h"

#include <algorithm>
#include <optional>
#include <set>
#include <unordered_map>

#include "app/scan_files.h"
#include "base/real_file_system.h"
#include "lineage/frontier.h"
#include "lineage/judge.h"
#include "source/attributes.h"
#include "source/file_set.h"
#include "source/marks.h"
#include "syntax/languages.h"

namespace keyless {
namespace {

constexpr int last_wave = 4;
constexpr size_t most_names = 2000;

// One root from its file set to its judged places.
class RootScan {
 public:
  RootScan(const ScanOptions& options, const Matcher& matcher, const LiteralSearch& prefilter,
           Report& report, uint32_t index)
      : options_(options),
        matcher_(matcher),
        prefilter_(prefilter),
        report_(report),
        index_(index) {}

  Result<void> run(const Root& root, const Configuration& configuration) {
    auto files = RealFileSystem::open(root.folder);
    if (!files) return fail(files.error());
    files_ = std::move(*files);
    auto exclude = GlobSet::parse(configuration.exclude);
    if (!exclude) return fail(exclude.error());
    auto set = list_files(root, *exclude);
    if (!set) return fail(set.error());
    set_ = std::move(*set);
    attributes_ = read_attributes(*files_, set_);
    std::vector<std::string_view> paths;
    paths.reserve(set_.entries.size());
    for (const FileEntry& entry : set_.entries) paths.emplace_back(entry.path);
    project_ = std::make_unique<Project>(std::move(paths));
    state_.assign(set_.entries.size(), State::unread);

    parse_seeds();
    for (wave_ = 2; wave_ <= last_wave && options_.prefilter; ++wave_)
      if (!parse_frontier()) break;
    finish(root, configuration);
    return {};
  }

  // Everything read so far; the object is of no use afterwards.
  ScannedRoot take() {
    linked_.reset();
    return {std::move(files_), std::move(set_), std::move(attributes_), std::move(project_)};
  }

 private:
  enum class State : uint8_t { unread, skipped, lost, searched, parsed };

  void parse_seeds() {
    std::vector<size_t> all(set_.entries.size());
    for (size_t i = 0; i < all.size(); ++i) all[i] = i;
    wave(all, [this](const FileEntry& entry, std::string_view text) {
      return (!options_.prefilter && language_of(entry.path) != nullptr) || prefilter_.hits(text);
    });
  }

  // What the parsed files point at; false when there is nothing new.
  bool parse_frontier() {
    std::vector<size_t> by_structure;
    for (const std::string& path : structural_frontier(*project_)) {
      const auto it = std::lower_bound(
          set_.entries.begin(), set_.entries.end(), path,
          [](const FileEntry& entry, const std::string& wanted) { return entry.path < wanted; });
      const auto i = static_cast<size_t>(it - set_.entries.begin());
      if (state_[i] != State::parsed) by_structure.push_back(i);
    }
    wave(by_structure, [](const FileEntry&, std::string_view) { return true; });

    std::set<FrontierName> fresh;
    for (const FrontierName& name : name_frontier(linked(), opinions(), most_names))
      // A file that spells a name with an anchor in it is among the seeds.
      if (searched_names_.insert(name).second && !prefilter_.hits(name.name)) fresh.insert(name);
    if (wave_ == last_wave)
      for (const FrontierName& name : fresh) report_.coverage.open_frontier.push_back(name.name);
    const size_t parsed = fresh.empty() || wave_ == last_wave ? 0 : parse_named(fresh);
    return !by_structure.empty() || parsed > 0;
  }

  // Files with a reader that spell one of the names as a whole word, within the name's folder.
  size_t parse_named(const std::set<FrontierName>& names) {
    std::map<std::string, std::vector<std::string>> by_folder;
    for (const FrontierName& name : names) by_folder[name.folder].push_back(name.name);
    std::vector<std::pair<std::string, LiteralSearch>> searches;
    searches.reserve(by_folder.size());
    for (const auto& [folder, words] : by_folder)
      searches.emplace_back(folder, LiteralSearch(words, true));
    std::vector<size_t> rest;
    for (size_t i = 0; i < set_.entries.size(); ++i)
      if (state_[i] == State::searched && language_of(set_.entries[i].path) != nullptr)
        rest.push_back(i);
    return wave(rest, [&](const FileEntry& entry, std::string_view text) {
      return std::any_of(searches.begin(), searches.end(), [&](const auto& search) {
        const bool below = search.first.empty() || entry.path.starts_with(search.first + "/");
        return below && search.second.hits(text);
      });
    });
  }

  // True, and said, if a file was left out that the user would have wanted read.
  bool lose(const std::string& path, SkipReason reason) {
    const bool wanted = row_of(reason).lost && language_of(path) != nullptr &&
                        !is_vendored(path, attributes_) && !is_generated(path, {}, attributes_);
    if (wanted)
      report_.diagnostics.push_back({Problem::lost_file, shown(path), 0,
                                     "not read: " + std::string(row_of(reason).text),
                                     "exclude it in .keyless.yaml if it holds no code"});
    return wanted;
  }

  // What a parsed file says about itself; true if it was lost. A file of somebody else's that cannot
  // be parsed is worth saying, and no more.
  bool take_diagnostics(const ProjectFile& file) {
    bool lost = false;
    for (Diagnostic diagnostic : file.document.diagnostics) {
      const bool foreign = file.generated || file.vendored;
      if (foreign && diagnostic.problem == Problem::lost_file)
        diagnostic.problem = Problem::incomplete;
      if (diagnostic.problem == Problem::lost_file) {
        lost = true;
        ++report_.coverage.not_read[diagnostic.message];
      }
      diagnostic.path = shown(diagnostic.path);
      report_.diagnostics.push_back(std::move(diagnostic));
    }
    return lost;
  }

  // The path as the writers show it.
  [[nodiscard]] std::string shown(const std::string& path) const {
    return options_.roots.size() < 2 ? path : options_.roots[index_].id + "/" + path;
  }

  size_t wave(const std::vector<size_t>& which, const Selects& selects) {
    std::vector<FileEntry> entries;
    entries.reserve(which.size());
    for (const size_t i : which) entries.push_back(set_.entries[i]);
    auto results = scan_files(*files_, attributes_, entries, matcher_, selects, wave_,
                              options_.threads, options_.progress);
    size_t parsed = 0;
    auto& parsed_bytes = report_.coverage.bytes_parsed_by_wave;
    if (!which.empty())
      parsed_bytes.resize(std::max(parsed_bytes.size(), static_cast<size_t>(wave_)));
    for (size_t k = 0; k < results.size(); ++k) {
      ScannedFile& result = results[k];
      State& state = state_[which[k]];
      if (state == State::unread) report_.coverage.bytes_read += result.bytes;
      if (result.state == ScannedFile::State::skipped) {
        if (state == State::unread) set_.skipped.add(result.skip);
        state = lose(set_.entries[which[k]].path, result.skip) ? State::lost : State::skipped;
      } else if (result.state == ScannedFile::State::parsed) {
        state = take_diagnostics(result.file) ? State::lost : State::parsed;
        parsed_bytes[static_cast<size_t>(wave_) - 1] += result.bytes;
        linked_.reset();
        opinions_.reset();
        project_->add(std::move(result.file));
        ++parsed;
      } else {
        state = State::searched;
      }
    }
    return parsed;
  }

  // The files parsed so far as one graph: made once, for as long as no file is added.
  Linked& linked() {
    if (!linked_) {
      if (options_.progress != nullptr) options_.progress->start("linking", 0);
      linked_ = link(*project_, matcher_.rules());
    }
    return *linked_;
  }

  const std::vector<Opinion>& opinions() {
    Linked& graph = linked();
    if (!opinions_) opinions_ = decide(graph);
    return *opinions_;
  }

  void finish(const Root& root, const Configuration& configuration) {
    for (const NodePair& pair : configuration.separate) join(linked(), pair, false);
    for (const NodePair& pair : configuration.same) join(linked(), pair, true);
    Judged judged = judge(linked(), opinions(), index_);
    narrow(judged, root);
    cover();
    std::set<std::string> paths;
    const auto named = [&](const std::vector<Finding>& findings) {
      for (const Finding& f : findings) {
        paths.insert(f.path);
        for (const TraceStep& step : f.trace) paths.insert(step.path);
      }
    };
    named(judged.findings);
    named(judged.leads);
    for (const Lineage& lineage : judged.lineages)
      if (!lineage.path.empty()) paths.insert(lineage.path);
    for (const GraphNode& node : judged.graph.nodes)
      if (!node.path.empty()) paths.insert(node.path);
    for (const GraphEdge& edge : judged.graph.edges)
      if (!edge.path.empty()) paths.insert(edge.path);
    report_.files[index_] = read_report_files(*files_, attributes_, {paths.begin(), paths.end()});
    append(std::move(judged));
  }

  // The node that `space:scope:name` of the configuration names.
  static NodeId node_named(const Linked& linked, const std::string& text) {
    for (NodeId id = 0; id < linked.graph->nodes().size(); ++id)
      if (linked.graph->at(id).id() == text) return id;
    return none;
  }

  void join(Linked& linked, const NodePair& pair, bool same) {
    opinions_.reset();
    const NodeId first = node_named(linked, pair.first);
    const NodeId second = node_named(linked, pair.second);
    if (first == none || second == none) {
      report_.diagnostics.push_back({Problem::note, std::string(configuration_file), pair.line,
                                     "no such node: " + (first == none ? pair.first : pair.second),
                                     "remove the entry, or copy a name from `keyless lineage`"});
    } else if (same) {
      linked.graph->edge({first, second, EdgeKind::reference, false, {}, "configuration"});
    } else {
      linked.graph->cut(first, second);
    }
  }

  static void narrow(Judged& judged, const Root& root) {
    const auto hidden = [&](const Finding& f) { return !in_view(root, f.path); };
    std::erase_if(judged.findings, hidden);
    std::erase_if(judged.leads, hidden);
    std::set<std::string> shown;
    for (const Finding& f : judged.findings) shown.insert(f.id);
    for (Lineage& lineage : judged.lineages)
      std::erase_if(lineage.findings, [&](const std::string& id) { return !shown.contains(id); });
    std::erase_if(judged.lineages, [](const Lineage& l) { return l.findings.empty(); });
  }

  void cover() {
    std::map<std::string, CoverageRow> rows;
    for (size_t i = 0; i < set_.entries.size(); ++i) {
      const LanguageRow* language = language_of(set_.entries[i].path);
      if (state_[i] == State::skipped) continue;
      CoverageRow& row = rows[language == nullptr ? "other" : std::string(language->name)];
      ++row.considered;
      if (state_[i] == State::lost) ++row.lost;
      if (state_[i] == State::parsed) ++row.parsed;
      if (state_[i] == State::searched) ++row.text_only;
    }
    for (auto& [name, row] : rows) {
      row.language = name;
      auto& all = report_.coverage.languages;
      const auto it = std::find_if(
          all.begin(), all.end(), [&](const CoverageRow& r) { return r.language == row.language; });
      if (it == all.end()) {
        all.push_back(row);
      } else {
        it->considered += row.considered;
        it->parsed += row.parsed;
        it->text_only += row.text_only;
        it->lost += row.lost;
      }
    }
    for (const SkipReasonRow& row : skip_reasons())
      if (const uint64_t count = set_.skipped[row.reason]; count > 0)
        report_.coverage.not_read[std::string(row.text)] += count;
    report_.diagnostics.insert(report_.diagnostics.end(), set_.notes.begin(), set_.notes.end());
  }

  void append(Judged judged) {
    const auto move_all = [](auto& from, auto& into) {
      into.insert(into.end(), std::make_move_iterator(from.begin()),
                  std::make_move_iterator(from.end()));
    };
    const auto base = static_cast<uint32_t>(report_.graph.nodes.size());
    for (GraphEdge& edge : judged.graph.edges) {
      edge.from += base;
      edge.to += base;
    }
    move_all(judged.findings, report_.findings);
    move_all(judged.leads, report_.leads);
    move_all(judged.lineages, report_.lineages);
    move_all(judged.graph.nodes, report_.graph.nodes);
    move_all(judged.graph.edges, report_.graph.edges);
  }

  const ScanOptions& options_;
  const Matcher& matcher_;
  const LiteralSearch& prefilter_;
  Report& report_;
  uint32_t index_;
  int wave_ = 1;
  std::unique_ptr<RealFileSystem> files_;
  FileSet set_;
  Attributes attributes_;
  std::unique_ptr<Project> project_;
  std::vector<State> state_;
  std::optional<Linked> linked_;
  std::optional<std::vector<Opinion>> opinions_;  // of linked_
  std::set<FrontierName> searched_names_;
};

}  // namespace

Result<Report> run_scan(const ScanOptions& options, const RuleSet& rules,
                        const std::vector<Configuration>& configurations,
                        std::vector<ScannedRoot>* keep) {
  Report report;
  report.version = KEYLESS_VERSION;
  const Matcher matcher(rules);
  const LiteralSearch prefilter(all_anchors(rules));
  for (uint32_t i = 0; i < options.roots.size(); ++i) {
    const Root& root = options.roots[i];
    report.roots.push_back({root.id, root.commit});
    report.files.emplace_back();
    RootScan scan(options, matcher, prefilter, report, i);
    if (auto done = scan.run(root, configurations[i]); !done) return fail(done.error());
    if (keep != nullptr) keep->push_back(scan.take());
  }
  std::set<std::string> used;
  for (const auto* list : {&report.findings, &report.leads})
    for (const Finding& f : *list) used.insert(f.rule);
  for (const Rule& rule : rules.rules)
    if (used.contains(rule.id)) report.rules.push_back(&rule);
  return report;
}

}  // namespace keyless
