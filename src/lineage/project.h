// Project: the parsed files of one root with their candidates, and how paths find each other.
// Files are only added, wave by wave; pointers into `files` stay valid.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

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
};

class Project {
 public:
  // `paths`: every file of the root's file set, sorted; they must outlive the project.
  explicit Project(std::vector<std::string_view> paths);

  void add(ProjectFile file);
  // The file at `index` as it reads now: same path, other content.
  void replace(uint32_t index, ProjectFile file);
  [[nodiscard]] const std::deque<ProjectFile>& files() const { return files_; }
  [[nodiscard]] uint32_t index_of(std::string_view path) const;  // `none` when not parsed
  [[nodiscard]] bool exists(std::string_view path) const;
  [[nodiscard]] const std::vector<std::string_view>& paths() const { return paths_; }

  // Folder of the nearest manifest upward (pyproject, package.json, ...); "." at the top.
  [[nodiscard]] const std::string& unit_of(std::string_view path) const;

  // The file that `module`, imported by `from` in `language`, stands for; "" when it is outside.
  // Relative and absolute names, packages, index files, source folders.
  [[nodiscard]] std::string resolve_module(std::string_view language, std::string_view from,
                                           std::string_view module) const;
  // `relative` against the folder of `from`, "." and ".." resolved; "" when it leaves the root.
  [[nodiscard]] static std::string join_path(std::string_view folder, std::string_view relative);

 private:
  [[nodiscard]] std::string python_module(std::string_view from, std::string_view module) const;
  [[nodiscard]] std::string script_module(std::string_view from, std::string_view module) const;
  [[nodiscard]] std::string first_existing(const std::string& stem,
                                           const std::vector<std::string_view>& endings) const;

  std::vector<std::string_view> paths_;
  std::unordered_set<std::string_view> known_;
  std::unordered_set<std::string> manifest_folders_;
  std::unordered_multimap<std::string, std::string_view> by_name_;  // last part without ending
  std::deque<ProjectFile> files_;
  std::unordered_map<std::string, uint32_t> index_;
  mutable std::unordered_map<std::string, std::string> units_;  // folder -> unit
};

std::string_view folder_of(std::string_view path);  // "" at the top

}  // namespace keyless
