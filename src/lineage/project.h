// Project: the parsed files of one or several roots with their candidates.
// Files are only added, wave by wave; pointers into `files` stay valid.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "lineage/path_index.h"
#include "match/candidate.h"
#include "match/carrier.h"
#include "syntax/document.h"
#include "syntax/import_table.h"

namespace keyless {

struct ProjectFile {
  Document document;
  std::vector<Candidate> candidates;
  std::vector<Carrier> carriers;
  std::unique_ptr<ImportTable> imports;
  bool tracked = true;
  bool generated = false;
  bool vendored = false;
  bool test_code = false;
  int wave = 1;
  uint32_t root = 0;  // of the project; set by `add`
};

class Project {
 public:
  Project() = default;
  // With one root; `id` and `paths` as in PathIndex.
  explicit Project(std::vector<std::string_view> paths, std::string id = {});

  // To the last root.
  void add(ProjectFile file);
  void name_packages(Packages packages) { roots_.back().paths.name_packages(std::move(packages)); }
  // Takes over the roots and files of the other, after the own ones.
  void take(Project other);
  // Gives a file away; what stays in its place says nothing.
  ProjectFile release(uint32_t index);
  // One project for each root.
  std::vector<Project> split() &&;
  // The file at `index` as it reads now: same path, other content.
  void replace(uint32_t index, ProjectFile file);

  [[nodiscard]] const std::deque<ProjectFile>& files() const { return files_; }
  [[nodiscard]] size_t root_count() const { return roots_.size(); }
  [[nodiscard]] const PathIndex& root(uint32_t root) const { return roots_[root].paths; }
  // `none` when that file of the root is not parsed.
  [[nodiscard]] uint32_t index_of(uint32_t root, std::string_view path) const;

  [[nodiscard]] uint32_t root_of(uint32_t file) const { return files_[file].root; }
  [[nodiscard]] const PathIndex& paths_of(uint32_t file) const { return root(root_of(file)); }
  [[nodiscard]] const std::string& path_of(uint32_t file) const {
    return files_[file].document.path;
  }

  // The same for the first root.
  [[nodiscard]] uint32_t index_of(std::string_view path) const { return index_of(0, path); }
  [[nodiscard]] const std::string& unit_of(std::string_view path) const {
    return root(0).unit_of(path);
  }
  [[nodiscard]] std::string resolve_module(std::string_view language, std::string_view from,
                                           std::string_view module) const {
    return root(0).resolve_module(language, from, module);
  }

 private:
  struct RootFiles {
    PathIndex paths;
    std::unordered_map<std::string, uint32_t> index;  // path -> file
  };

  std::vector<RootFiles> roots_;
  std::deque<ProjectFile> files_;
};

}  // namespace keyless
