#include "app/scan_root.h"

#include <algorithm>

#include "base/real_file_system.h"
#include "lineage/verdict.h"
#include "source/marks.h"
#include "source/source_file.h"
#include "syntax/languages.h"

namespace keyless {
namespace {

constexpr int last_wave = 4;
constexpr size_t most_names = 2000;

}  // namespace

ScanRoot::ScanRoot(const ScanOptions& options, const Matcher& matcher,
                   const LiteralSearch& prefilter, Report& report, uint32_t index)
    : options_(options), matcher_(matcher), prefilter_(prefilter), report_(report), index_(index) {}

Result<void> ScanRoot::run(const Configuration& configuration) {
  const Root& root = options_.roots[index_];
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
  project_ = std::make_unique<Project>(std::move(paths), root.id);
  state_.assign(set_.entries.size(), State::unread);

  parse_seeds();
  read_packages();
  for (wave_ = 2; wave_ <= last_wave && options_.prefilter; ++wave_)
    if (!parse_frontier()) break;
  return {};
}

ScannedRoot ScanRoot::take() {
  judgeable_.reset();
  return {std::move(files_), std::move(set_), std::move(attributes_), std::move(project_)};
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
    if (state_[i] != State::parsed) by_structure.push_back(i);
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
    if (state_[i] == State::searched && language_of(set_.entries[i].path) != nullptr)
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
  std::vector<FileEntry> entries;
  entries.reserve(which.size());
  for (const size_t i : which) entries.push_back(set_.entries[i]);
  Misses* misses = options_.cache == nullptr || search.empty()
                       ? nullptr
                       : &options_.cache->misses(options_.roots[index_].folder, search);
  auto results = scan_files(*files_, attributes_, entries, matcher_, selects, wave_,
                            options_.threads, options_.progress, options_.cache, misses);
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
      judgeable_.reset();
      project_->add(std::move(result.file));
      ++parsed;
    } else {
      state = State::searched;
    }
  }
  return parsed;
}

void ScanRoot::cover() {
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
