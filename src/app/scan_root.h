// ScanRoot: one root from its file set to its parsed files, wave by wave.
// Writes coverage and diagnostics of its root into the report, nothing else.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/configuration.h"
#include "app/inline_exceptions.h"
#include "app/options.h"
#include "app/scan_files.h"
#include "base/file_system.h"
#include "lineage/frontier.h"
#include "match/matcher.h"
#include "match/prefilter.h"
#include "output/report.h"
#include "source/attributes.h"
#include "source/file_set.h"

namespace keyless {

// What became of one file.
struct FileOutcome {
  enum class State : uint8_t { unread, skipped, lost, searched, parsed } state = State::unread;
  SkipReason skip = SkipReason::missing;  // when skipped
  int wave = 1;                           // that parsed it
  uint32_t broken = 0;                    // regions that could not be parsed
  std::vector<InlineException> exceptions;
  // For a comparison only:
  std::string blob;
  bool generated = false;
  bool vendored = false;
};

// What a scan of one root leaves behind.
struct ScannedRoot {
  std::unique_ptr<FileSystem> files;
  FileSet set;                        // the project's paths point into it
  std::vector<FileOutcome> outcomes;  // by index of the set's entries
  Attributes attributes;
  std::unique_ptr<Project> project;
  bool from_disk = true;  // it was the work tree that was read
};

// Parsed files as one graph, with what was decided about it.
struct Judgeable {
  Linked linked;
  std::vector<Opinion> opinions;
};

class ScanRoot {
 public:
  // Everything given must outlive the scan; `index` is the root's place in the report.
  ScanRoot(const ScanOptions& options, const Matcher& matcher, const LiteralSearch& prefilter,
           Report& report, uint32_t index);

  // Lists, searches and parses the files, until nothing parsed points at a further one.
  Result<void> run(const Configuration& configuration);
  // Secrets that other roots may spell; and how many files such names of theirs brought in here.
  [[nodiscard]] std::set<std::string> shared();
  size_t follow(const std::set<std::string>& shared);
  // Coverage of the root, once no wave follows.
  void cover();

  // The files parsed so far, linked and decided; made once, for as long as no file is added.
  Judgeable& judgeable();
  [[nodiscard]] const FileSystem& files() const { return *files_; }
  [[nodiscard]] const Attributes& attributes() const { return attributes_; }
  [[nodiscard]] const FileSet& set() const { return set_; }
  [[nodiscard]] const std::vector<FileOutcome>& outcomes() const { return outcomes_; }
  // The parsed files alone, to be linked with those of other roots.
  Project take_project();
  void give_back(Project project);
  // Everything read so far; the object is of no use afterwards.
  ScannedRoot take();

 private:
  using State = FileOutcome::State;

  Result<void> open_work_tree(const GlobSet& exclude);
  Result<void> open_tree(const View& view, const GlobSet& exclude);
  [[nodiscard]] bool from_disk() const {
    return options_.views.empty() || options_.views[index_].kind == View::Kind::work_tree;
  }
  void parse_seeds();
  void read_packages();
  bool parse_frontier();
  size_t parse_named(const std::set<FrontierName>& names);
  // `search`: what decides, for the cache; "" when it is no search.
  size_t wave(const std::vector<size_t>& which, const Selects& selects, const std::string& search);
  void take_result(size_t i, ScannedFile result);
  bool reuse(size_t i, const Selects& selects, SourceReader& reader);
  [[nodiscard]] const FileOutcome* known(size_t i) const;
  void add_parsed(size_t i, ProjectFile file);
  bool lose(const std::string& path, SkipReason reason);
  bool take_diagnostics(const ProjectFile& file);
  [[nodiscard]] std::string shown(const std::string& path) const;

  const ScanOptions& options_;
  const Matcher& matcher_;
  const LiteralSearch& prefilter_;
  Report& report_;
  uint32_t index_;
  int wave_ = 1;
  bool packages_read_ = false;
  std::unique_ptr<FileSystem> files_;
  FileSet set_;
  Attributes attributes_;
  std::unique_ptr<Project> project_;
  std::vector<FileOutcome> outcomes_;
  ScannedRoot* earlier_ = nullptr;  // null: nothing to take from
  std::optional<Judgeable> judgeable_;
  std::set<FrontierName> searched_names_;
};

}  // namespace keyless
