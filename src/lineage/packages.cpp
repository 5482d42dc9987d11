#include "lineage/packages.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "lineage/path_index.h"
#include "syntax/json/reader.h"

namespace keyless {
namespace {

using json::JsonTree;
using json::Kind;
using json::no_node;
using json::NodeId;

// table: files that say that the packages of a root are linked with one another
constexpr std::array workspace_files{"pnpm-workspace.yaml", "pnpm-workspace.yml", "lerna.json",
                                     "rush.json"};
// table: versions of a dependency that lies in the same root
constexpr std::array linked_versions{"workspace:", "file:", "link:", "portal:"};
constexpr size_t most_text = 256 * 1024;  // bytes
constexpr size_t most_entries = 200;
constexpr int deepest_condition = 4;

bool is_config(std::string_view name) {
  return name.ends_with(".json") && (name.starts_with("tsconfig") || name.starts_with("jsconfig"));
}

// The file that an entry of `exports` stands for: conditions in the order written, types last.
std::string target_of(const JsonTree& tree, NodeId node, int depth = 0) {
  if (tree.is(node, Kind::string)) return tree.text(node);
  if (node == no_node || depth > deepest_condition) return {};
  std::string types;
  for (NodeId child = tree.at(node).first; child != no_node; child = tree.at(child).next) {
    std::string target = target_of(tree, child, depth + 1);
    if (target.empty()) continue;
    if (tree.at(child).key.empty() || tree.key(child) != "types") return target;
    types = std::move(target);
  }
  return types;
}

std::string without_ending(std::string_view path) {
  for (const std::string_view ending :
       {".d.ts", ".js", ".mjs", ".cjs", ".jsx", ".ts", ".tsx", ".mts", ".cts"})
    if (path.ends_with(ending)) return std::string(path.substr(0, path.size() - ending.size()));
  return std::string(path);
}

// The file itself, and the source that it is most likely compiled from: Git holds no output.
void add_file(std::string_view folder, std::string_view file, std::vector<std::string>& stems) {
  const std::string path = join_path(folder, file);
  if (path.empty()) return;
  stems.push_back(path);
  stems.push_back(without_ending(path));
  std::string_view inside = file;
  if (inside.starts_with("./")) inside.remove_prefix(2);
  const size_t slash = inside.find('/');
  if (slash == std::string_view::npos) return;
  const std::string_view first = inside.substr(0, slash);
  const bool output = first == "dist" || first == "lib" || first == "build" || first == "out";
  if (!output) return;
  std::string_view rest = inside.substr(slash + 1);
  stems.push_back(join_path(folder, "src/" + without_ending(rest)));
  // dist/esm/index.js, dist/src/index.js
  if (const size_t next = rest.find('/'); next != std::string_view::npos)
    stems.push_back(join_path(folder, "src/" + without_ending(rest.substr(next + 1))));
}

// "@app/*" against "@app/lib/env": what the star stands for.
bool fits(std::string_view pattern, std::string_view module, std::string& rest) {
  const size_t star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == module;
  const std::string_view before = pattern.substr(0, star);
  const std::string_view after = pattern.substr(star + 1);
  if (module.size() < before.size() + after.size() || !module.starts_with(before) ||
      !module.ends_with(after))
    return false;
  rest = module.substr(before.size(), module.size() - before.size() - after.size());
  return true;
}

std::string with_star(std::string_view target, std::string_view rest) {
  const size_t star = target.find('*');
  std::string file(target.substr(0, star));
  if (star != std::string_view::npos) file.append(rest).append(target.substr(star + 1));
  return file;
}

}  // namespace

bool Packages::is_source(std::string_view path) {
  const std::string_view name = after_last(path, '/');
  return name == "package.json" || is_config(name) ||
         std::find(workspace_files.begin(), workspace_files.end(), name) != workspace_files.end();
}

void Packages::add(std::string_view path, std::string_view text) {
  const std::string_view name = after_last(path, '/');
  if (text.size() > most_text) return;
  if (name == "package.json")
    add_package(path, text);
  else if (is_config(name))
    add_aliases(path, text);
  else
    workspace_ = true;
}

void Packages::add_package(std::string_view path, std::string_view text) {
  const JsonTree tree(text);
  const std::string folder(folder_of(path));
  const NodeId root = tree.root();
  if (!tree.is(root, Kind::object)) return;
  if (tree.find(root, "workspaces") != no_node) workspace_ = true;
  for (const std::string_view list : {"dependencies", "devDependencies"}) {
    const NodeId all = tree.find(root, list);
    if (!tree.is(all, Kind::object)) continue;
    for (NodeId e = tree.at(all).first; e != no_node; e = tree.at(e).next) {
      const std::string version = tree.text(e);
      if (std::any_of(linked_versions.begin(), linked_versions.end(),
                      [&](std::string_view start) { return version.starts_with(start); }))
        linked_[folder].push_back(tree.key(e));
    }
  }
  const NodeId name = tree.find(root, "name");
  if (!tree.is(name, Kind::string)) return;
  Package& package = packages_[tree.text(name)];
  package.ambiguous = !package.entries.empty();
  package.folder = folder;
  const NodeId exports = tree.find(root, "exports");
  const bool by_path = tree.is(exports, Kind::object) && tree.at(exports).first != no_node &&
                       tree.key(tree.at(exports).first).starts_with('.');
  if (by_path) {
    for (NodeId e = tree.at(exports).first; e != no_node; e = tree.at(e).next)
      if (package.entries.size() < most_entries)
        package.entries.emplace_back(tree.key(e), target_of(tree, e));
  } else {
    package.entries.emplace_back(".", target_of(tree, exports));
  }
  for (const std::string_view field : {"source", "module", "main", "types"})
    if (const NodeId file = tree.find(root, field); tree.is(file, Kind::string))
      package.entries.emplace_back(".", tree.text(file));
}

void Packages::add_aliases(std::string_view path, std::string_view text) {
  const JsonTree tree(text);
  if (!tree.is(tree.root(), Kind::object)) return;
  const NodeId options = tree.find(tree.root(), "compilerOptions");
  if (!tree.is(options, Kind::object)) return;
  Aliases aliases;
  aliases.base = folder_of(path);
  if (const NodeId base = tree.find(options, "baseUrl"); tree.is(base, Kind::string)) {
    const std::string text_of_base = tree.text(base);
    aliases.base = join_path(folder_of(path), text_of_base);
    aliases.any_name = true;
  }
  const NodeId paths = tree.find(options, "paths");
  if (tree.is(paths, Kind::object))
    for (NodeId e = tree.at(paths).first; e != no_node; e = tree.at(e).next)
      for (NodeId t = tree.at(e).first; t != no_node; t = tree.at(t).next)
        if (tree.is(t, Kind::string) && aliases.patterns.size() < most_entries)
          aliases.patterns.emplace_back(tree.key(e), tree.text(t));
  if (aliases.any_name || !aliases.patterns.empty())
    aliases_[std::string(folder_of(path))].push_back(std::move(aliases));
}

void Packages::add_alias_stems(std::string_view folder, std::string_view module,
                               std::vector<std::string>& stems) const {
  for (std::string_view at = folder;; at = folder_of(at)) {
    if (const auto it = aliases_.find(std::string(at)); it != aliases_.end())
      for (const Aliases& aliases : it->second) {
        std::string rest;
        for (const auto& [pattern, target] : aliases.patterns) {
          if (!fits(pattern, module, rest)) continue;
          add_file(aliases.base, with_star(target, rest), stems);
        }
        if (aliases.any_name) stems.push_back(join_path(aliases.base, module));
      }
    if (at.empty()) return;
  }
}

void Packages::add_package_stems(std::string_view folder, std::string_view module,
                                 std::vector<std::string>& stems) const {
  size_t end = module.find('/');
  if (module.starts_with('@') && end != std::string_view::npos) end = module.find('/', end + 1);
  const std::string name(module.substr(0, end));
  const auto it = packages_.find(name);
  if (it == packages_.end() || it->second.ambiguous) return;
  bool linked = workspace_;
  for (std::string_view at = folder; !linked; at = folder_of(at)) {
    if (const auto said = linked_.find(std::string(at)); said != linked_.end())
      linked = std::find(said->second.begin(), said->second.end(), name) != said->second.end();
    if (at.empty()) break;
  }
  if (!linked) return;
  const Package& package = it->second;
  const std::string_view sub = end == std::string_view::npos ? "" : module.substr(end + 1);
  const std::string entry = sub.empty() ? "." : "./" + std::string(sub);
  for (const auto& [pattern, target] : package.entries) {
    std::string rest;
    if (target.empty() || !fits(pattern, entry, rest)) continue;
    add_file(package.folder, with_star(target, rest), stems);
  }
  for (const std::string_view middle : {"src/", ""})
    stems.push_back(join_path(package.folder,
                              std::string(middle) + (sub.empty() ? "index" : std::string(sub))));
}

std::vector<std::string> Packages::stems(std::string_view folder, std::string_view module) const {
  std::vector<std::string> stems;
  if (module.empty() || module.starts_with('.') || module.starts_with('/')) return stems;
  add_alias_stems(folder, module, stems);
  add_package_stems(folder, module, stems);
  std::erase_if(stems, [](const std::string& stem) { return stem.empty(); });
  return stems;
}

}  // namespace keyless
