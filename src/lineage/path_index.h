// PathIndex: the file names of one root and how they find each other: units, imported modules.
// Knows names only; whether a file is parsed is the Project's to say.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "lineage/packages.h"

namespace keyless {

class PathIndex {
 public:
  // `id` names the root; `paths`: every file of its file set, sorted; they must outlive the index.
  PathIndex(std::string id, std::vector<std::string_view> paths);

  [[nodiscard]] const std::string& id() const { return id_; }
  [[nodiscard]] bool exists(std::string_view path) const;
  [[nodiscard]] const std::vector<std::string_view>& paths() const { return paths_; }
  // What the root's own files call its folders; without it only paths find a script.
  void name_packages(Packages packages) { packages_ = std::move(packages); }

  // Folder of the nearest manifest upward (pyproject, package.json, ...); "." at the top.
  [[nodiscard]] const std::string& unit_of(std::string_view path) const;

  // The file that `module`, imported by `from` in `language`, stands for; "" when it is outside.
  // Relative and absolute names, packages, index files, source folders.
  [[nodiscard]] std::string resolve_module(std::string_view language, std::string_view from,
                                           std::string_view module) const;

 private:
  [[nodiscard]] std::string python_module(std::string_view from, std::string_view module) const;
  [[nodiscard]] std::string script_module(std::string_view from, std::string_view module) const;
  [[nodiscard]] std::string first_existing(const std::string& stem,
                                           const std::vector<std::string_view>& endings) const;

  std::string id_;
  Packages packages_;
  std::vector<std::string_view> paths_;
  std::unordered_set<std::string_view> known_;
  std::unordered_set<std::string> manifest_folders_;
  std::unordered_multimap<std::string, std::string_view> by_name_;  // last part without ending
  mutable std::unordered_map<std::string, std::string> units_;      // folder -> unit
};

std::string_view folder_of(std::string_view path);  // "" at the top
// `relative` against the folder, "." and ".." resolved; "" when it leaves the root.
std::string join_path(std::string_view folder, std::string_view relative);

}  // namespace keyless
