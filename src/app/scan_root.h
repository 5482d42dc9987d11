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

// What a scan of one root leaves behind.
struct ScannedRoot {
  std::unique_ptr<FileSystem> files;
  FileSet set;  // the project's paths point into it
  Attributes attributes;
  std::unique_ptr<Project> project;
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
  // The parsed files alone, to be linked with those of other roots.
  Project take_project();
  void give_back(Project project);
  // Everything read so far; the object is of no use afterwards.
  ScannedRoot take();

 private:
  enum class State : uint8_t { unread, skipped, lost, searched, parsed };

  void parse_seeds();
  void read_packages();
  bool parse_frontier();
  size_t parse_named(const std::set<FrontierName>& names);
  // `search`: what decides, for the cache; "" when it is no search.
  size_t wave(const std::vector<size_t>& which, const Selects& selects, const std::string& search);
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
  std::vector<State> state_;
  std::optional<Judgeable> judgeable_;
  std::set<FrontierName> searched_names_;
};

}  // namespace keyless
