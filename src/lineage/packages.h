// Packages: what the package.json and tsconfig.json files of one root call its folders.
// Gives paths inside the root only, whether they exist or not; a broken file says nothing.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace keyless {

class Packages {
 public:
  // package.json, pnpm-workspace.yaml and the like, tsconfig*.json, jsconfig*.json.
  [[nodiscard]] static bool is_source(std::string_view path);
  // `text` is the file's; `path` is root-relative.
  void add(std::string_view path, std::string_view text);

  // Root-relative paths with or without an ending that `module`, imported in `folder`, may stand
  // for, best first: path aliases, then packages of the workspace. Empty for what is outside.
  [[nodiscard]] std::vector<std::string> stems(std::string_view folder,
                                               std::string_view module) const;

 private:
  struct Package {
    std::string folder;
    bool ambiguous = false;                                    // two folders use the name
    std::vector<std::pair<std::string, std::string>> entries;  // "." or "./sub" -> file
  };
  struct Aliases {
    std::string base;                                           // folder of names without a dot
    bool any_name = false;                                      // baseUrl is set
    std::vector<std::pair<std::string, std::string>> patterns;  // "@app/*" -> "src/*"
  };

  void add_package(std::string_view path, std::string_view text);
  void add_aliases(std::string_view path, std::string_view text);
  void add_alias_stems(std::string_view folder, std::string_view module,
                       std::vector<std::string>& stems) const;
  void add_package_stems(std::string_view folder, std::string_view module,
                         std::vector<std::string>& stems) const;

  bool workspace_ = false;  // something says that packages here are linked with one another
  std::unordered_map<std::string, Package> packages_;
  std::unordered_map<std::string, std::vector<Aliases>> aliases_;     // by folder
  std::unordered_map<std::string, std::vector<std::string>> linked_;  // folder -> packages
};

}  // namespace keyless
