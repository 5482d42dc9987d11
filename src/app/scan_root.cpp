#include "app/scan_root.h"

#include <algorithm>

#include "base/real_file_system.h"
#include "base/text.h"
#include "lineage/verdict.h"
#include "source/marks.h"
#include "source/source_file.h"
#include "source/tree.h"
#include "source/tree_files.h"
#include "syntax/languages.h"

namespace keyless {
namespace {

constexpr int last_wave = 4;
constexpr size_t most_names = 2000;

// The place of a path among the entries of a scan; `none` when it is not there.
size_t index_in(const ScannedRoot& scanned, const std::string& path) {
  const auto& entries = scanned.set.entries;
  const auto found = std::ranges::lower_bound(entries, path, {}, &FileEntry::path);
  return found == entries.end() || found->path != path
             ? size_t{none}
             : static_cast<size_t>(found - entries.begin());
}

std::map<std::string_view, std::string_view> attribute_files(const FileSet& set) {
  std::map<std::string_view, std::string_view> names;
  for (const FileEntry& entry : set.entries)
    if (after_last(entry.path, '/') == ".gitattributes") names.emplace(entry.path, entry.blob);
  return names;
}

// Marks of files can be taken over only when they were made by the same rules.
bool same_attributes(const FileSet& set, const ScannedRoot& earlier) {
  auto now = attribute_files(set);
  for (size_t i = 0; i < earlier.set.entries.size(); ++i) {
    const std::string& path = earlier.set.entries[i].path;
    if (after_last(path, '/') != ".gitattributes") continue;
    const auto found = now.find(path);
    if (found == now.end() || found->second != earlier.outcomes[i].blob) return false;
    now.erase(found);
  }
  return now.empty();
}

// Files of which the scan before has read these very bytes. It may have read them from Git too, so
// this holds only after a scan of the work tree.
std::unordered_set<std::string> same_on_disk(const FileSet& set, const ScannedRoot& earlier) {
  std::unordered_set<std::string> paths;
  for (const FileEntry& entry : set.entries) {
    const size_t at = index_in(earlier, entry.path);
    if (at == none || earlier.outcomes[at].blob != entry.blob) continue;
    if (earlier.from_disk) paths.insert(entry.path);
  }
  return paths;
}

}  // namespace

ScanRoot::ScanRoot(const ScanOptions& options, const Matcher& matcher,
                   const LiteralSearch& prefilter, Report& report, uint32_t index)
    : options_(options), matcher_(matcher), prefilter_(prefilter), report_(report), index_(index) {}

Result<void> ScanRoot::run(const Configuration& configuration) {
  auto exclude = GlobSet::parse(configuration.exclude);
  if (!exclude) return fail(exclude.error());
  const View view = options_.views.empty() ? View{} : options_.views[index_];
  auto opened =
      view.kind == View::Kind::work_tree ? open_work_tree(*exclude) : open_tree(view, *exclude);
  if (!opened) return opened;
  attributes_ = read_attributes(*files_, set_);
  if (options_.earlier != nullptr && same_attributes(set_, (*options_.earlier)[index_]))
    earlier_ = &(*options_.earlier)[index_];
  std::vector<std::string_view> paths;
  paths.reserve(set_.entries.size());
  for (const FileEntry& entry : set_.entries) paths.emplace_back(entry.path);
  project_ = std::make_unique<Project>(std::move(paths), options_.roots[index_].id);
  outcomes_.assign(set_.entries.size(), FileOutcome{});

  parse_seeds();
  read_packages();
  for (wave_ = 2; wave_ <= last_wave && options_.prefilter; ++wave_)
    if (!parse_frontier()) break;
  return {};
}

Result<void> ScanRoot::open_work_tree(const GlobSet& exclude) {
  const Root& root = options_.roots[index_];
  auto files = RealFileSystem::open(root.folder);
  if (!files) return fail(files.error());
  files_ = std::move(*files);
  auto set = list_files(root, exclude);
  if (!set) return fail(set.error());
  set_ = std::move(*set);
  return {};
}

Result<void> ScanRoot::open_tree(const View& view, const GlobSet& exclude) {
  const Root& root = options_.roots[index_];
  auto tree = view.kind == View::Kind::index ? tree_of_index(root) : tree_at(root, view.commit);
  if (!tree) return fail(tree.error());
  auto files = TreeFiles::open(root, std::move(*tree));
  if (!files) return fail(files.error());
  set_ = files_of((*files)->tree(), exclude);
  if (options_.earlier != nullptr) (*files)->trust(same_on_disk(set_, (*options_.earlier)[index_]));
  files_ = std::move(*files);
  return {};
}

ScannedRoot ScanRoot::take() {
  judgeable_.reset();
  return {std::move(files_),      std::move(set_),     std::move(outcomes_),
          std::move(attributes_), std::move(project_), from_disk()};
}

Project ScanRoot::take_project() {
  judgeable_.reset();
  return std::move(*project_);
}

void ScanRoot::give_back(Project project) {
  *project_ = std::move(project);
}

Judgeable& ScanRoot::judgeable() {
  if (!judgeable_) {
    if (options_.progress != nullptr) options_.progress->start("linking", 0);
    judgeable_ = Judgeable{link(*project_, matcher_.rules()), {}};
    judgeable_->opinions = decide(judgeable_->linked);
  }
  return *judgeable_;
}

std::set<std::string> ScanRoot::shared() {
  return shared_names(*judgeable().linked.graph);
}

size_t ScanRoot::follow(const std::set<std::string>& shared) {
  std::set<FrontierName> fresh;
  for (const std::string& name : shared)
    if (const FrontierName wanted{name, ""};
        searched_names_.insert(wanted).second && !prefilter_.hits(name))
      fresh.insert(wanted);
  if (fresh.empty() || !options_.prefilter) return 0;
  wave_ = 2;
  const size_t parsed = parse_named(fresh);
  for (wave_ = 3; wave_ <= last_wave && parsed > 0; ++wave_)
    if (!parse_frontier()) break;
  return parsed;
}

void ScanRoot::parse_seeds() {
  std::vector<size_t> all(set_.entries.size());
  for (size_t i = 0; i < all.size(); ++i) all[i] = i;
  wave(
      all,
      [this](const FileEntry& entry, std::string_view text) {
        return (!options_.prefilter && language_of(entry.path) != nullptr) || prefilter_.hits(text);
      },
      options_.prefilter ? prefilter_.id() : std::string());
}

// What the packages of the root are called, if there is code that may import one by its name.
void ScanRoot::read_packages() {
  if (packages_read_) return;
  const bool scripts =
      std::any_of(project_->files().begin(), project_->files().end(), [](const ProjectFile& file) {
        return language_matches("javascript", file.document.language);
      });
  if (!scripts) return;
  packages_read_ = true;
  judgeable_.reset();
  SourceReader reader(*files_, attributes_);
  Packages packages;
  for (const FileEntry& entry : set_.entries) {
    if (!Packages::is_source(entry.path) || is_vendored(entry.path, attributes_)) continue;
    if (const auto text = reader.peek(entry)) packages.add(entry.path, *text);
  }
  project_->name_packages(std::move(packages));
}

// What the parsed files point at; false when there is nothing new.
bool ScanRoot::parse_frontier() {
  read_packages();
  std::vector<size_t> by_structure;
  for (const std::string& path : structural_frontier(*project_)) {
    const auto it = std::lower_bound(
        set_.entries.begin(), set_.entries.end(), path,
        [](const FileEntry& entry, const std::string& wanted) { return entry.path < wanted; });
    const auto i = static_cast<size_t>(it - set_.entries.begin());
    if (outcomes_[i].state != State::parsed) by_structure.push_back(i);
  }
  wave(by_structure, [](const FileEntry&, std::string_view) { return true; }, {});

  std::set<FrontierName> fresh;
  for (const FrontierName& name :
       name_frontier(judgeable().linked, judgeable().opinions, most_names))
    // A file that spells a name with an anchor in it is among the seeds.
    if (searched_names_.insert(name).second && !prefilter_.hits(name.name)) fresh.insert(name);
  if (wave_ == last_wave)
    for (const FrontierName& name : fresh) report_.coverage.open_frontier.push_back(name.name);
  const size_t parsed = fresh.empty() || wave_ == last_wave ? 0 : parse_named(fresh);
  return !by_structure.empty() || parsed > 0;
}

// Files with a reader that spell one of the names as a whole word, within the name's folder.
size_t ScanRoot::parse_named(const std::set<FrontierName>& names) {
  std::map<std::string, std::vector<std::string>> by_folder;
  for (const FrontierName& name : names) by_folder[name.folder].push_back(name.name);
  std::vector<std::pair<std::string, LiteralSearch>> searches;
  searches.reserve(by_folder.size());
  for (const auto& [folder, words] : by_folder)
    searches.emplace_back(folder, LiteralSearch(words, true));
  std::string id;
  for (const auto& [folder, search] : searches) id += folder + '\0' + search.id() + '\0';
  std::vector<size_t> rest;
  for (size_t i = 0; i < set_.entries.size(); ++i)
    if (outcomes_[i].state == State::searched && language_of(set_.entries[i].path) != nullptr)
      rest.push_back(i);
  return wave(
      rest,
      [&](const FileEntry& entry, std::string_view text) {
        return std::any_of(searches.begin(), searches.end(), [&](const auto& search) {
          const bool below = search.first.empty() || entry.path.starts_with(search.first + "/");
          return below && search.second.hits(text);
        });
      },
      id);
}

// True, and said, if a file was left out that the user would have wanted read.
bool ScanRoot::lose(const std::string& path, SkipReason reason) {
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
bool ScanRoot::take_diagnostics(const ProjectFile& file) {
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
std::string ScanRoot::shown(const std::string& path) const {
  return options_.roots.size() < 2 ? path : options_.roots[index_].id + "/" + path;
}

size_t ScanRoot::wave(const std::vector<size_t>& which, const Selects& selects,
                      const std::string& search) {
  auto& parsed_bytes = report_.coverage.bytes_parsed_by_wave;
  if (!which.empty())
    parsed_bytes.resize(std::max(parsed_bytes.size(), static_cast<size_t>(wave_)));
  const size_t before = project_->files().size();
  std::vector<size_t> unknown;
  std::vector<FileEntry> entries;
  SourceReader reader(*files_, attributes_);
  for (const size_t i : which) {
    if (reuse(i, selects, reader)) continue;
    unknown.push_back(i);
    entries.push_back(set_.entries[i]);
  }
  // What the cache knows of files is true of those on disk.
  Misses* misses = options_.cache == nullptr || search.empty() || !from_disk()
                       ? nullptr
                       : &options_.cache->misses(options_.roots[index_].folder, search);
  auto results = scan_files({*files_, attributes_, matcher_, wave_, options_.threads,
                             options_.progress, options_.compare, options_.cache, misses},
                            entries, selects);
  for (size_t k = 0; k < results.size(); ++k) take_result(unknown[k], std::move(results[k]));
  return project_->files().size() - before;
}

void ScanRoot::take_result(size_t i, ScannedFile result) {
  FileOutcome& outcome = outcomes_[i];
  if (outcome.state == State::unread) report_.coverage.bytes_read += result.bytes;
  outcome.blob = std::move(result.blob);
  outcome.generated = result.generated;
  outcome.vendored = result.vendored;
  if (result.state == ScannedFile::State::skipped) {
    if (outcome.state == State::unread) set_.skipped.add(result.skip);
    outcome.skip = result.skip;
    outcome.state = lose(set_.entries[i].path, result.skip) ? State::lost : State::skipped;
  } else if (result.state == ScannedFile::State::parsed) {
    report_.coverage.bytes_parsed_by_wave[static_cast<size_t>(wave_) - 1] += result.bytes;
    outcome.exceptions = std::move(result.exceptions);
    add_parsed(i, std::move(result.file));
  } else {
    outcome.state = State::searched;
  }
}

void ScanRoot::add_parsed(size_t i, ProjectFile file) {
  FileOutcome& outcome = outcomes_[i];
  outcome.wave = wave_;
  outcome.broken = static_cast<uint32_t>(file.document.broken.size());
  outcome.state = take_diagnostics(file) ? State::lost : State::parsed;
  judgeable_.reset();
  project_->add(std::move(file));
}

// What the earlier scan found out about the same bytes under the same path; null when nothing.
const FileOutcome* ScanRoot::known(size_t i) const {
  if (earlier_ == nullptr) return nullptr;
  const size_t at = index_in(*earlier_, set_.entries[i].path);
  if (at == none) return nullptr;
  const FileOutcome& outcome = earlier_->outcomes[at];
  const bool same = !outcome.blob.empty() && outcome.blob == set_.entries[i].blob;
  return same ? &outcome : nullptr;
}

// True when the earlier scan had the answer, which is then taken over.
bool ScanRoot::reuse(size_t i, const Selects& selects, SourceReader& reader) {
  const FileOutcome* outcome = known(i);
  if (outcome == nullptr) return false;
  const FileEntry& entry = set_.entries[i];
  const uint32_t file = earlier_->project->index_of(entry.path);
  // The first wave chooses by the rules alone, so it chooses the same again.
  const bool chosen = wave_ == 1 && file != none && outcome->wave == 1;
  if (wave_ == 1 && !chosen) {
    FileOutcome& mine = outcomes_[i];
    mine = *outcome;
    mine.exceptions.clear();
    if (file != none) mine.state = State::searched;
    return true;
  }
  if (file == none) return false;
  if (!chosen) {
    const auto text = reader.peek(entry);
    if (!text || !selects(entry, *text)) return text.has_value();
  }
  ProjectFile taken = earlier_->project->release(file);
  taken.wave = wave_;
  taken.tracked = true;
  outcomes_[i] = *outcome;
  add_parsed(i, std::move(taken));
  return true;
}

void ScanRoot::cover() {
  std::map<std::string, CoverageRow> rows;
  for (size_t i = 0; i < set_.entries.size(); ++i) {
    const LanguageRow* language = language_of(set_.entries[i].path);
    if (outcomes_[i].state == State::skipped) continue;
    CoverageRow& row = rows[language == nullptr ? "other" : std::string(language->name)];
    ++row.considered;
    if (outcomes_[i].state == State::lost) ++row.lost;
    if (outcomes_[i].state == State::parsed) ++row.parsed;
    if (outcomes_[i].state == State::searched) ++row.text_only;
  }
  for (auto& [name, row] : rows) {
    row.language = name;
    auto& all = report_.coverage.languages;
    const auto it = std::find_if(all.begin(), all.end(),
                                 [&](const CoverageRow& r) { return r.language == row.language; });
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

}  // namespace keyless
