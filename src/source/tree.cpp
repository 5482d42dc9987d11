#include "source/tree.h"

#include <algorithm>

#include "base/file_system.h"
#include "base/text.h"
#include "source/git.h"

namespace keyless {
namespace {

GitPlace place_of(const Root& root) {
  return {root.work_tree, root.folder};
}

// "MODE ... PATH" where the name of the bytes is word `name_at` before the tab.
Tree parse(std::string_view listing, size_t name_at) {
  Tree tree;
  for (const std::string_view line : split(listing, '\0')) {
    const size_t tab = line.find('\t');
    if (tab == std::string_view::npos) continue;
    const std::vector<std::string_view> words = split(line.substr(0, tab), ' ');
    const std::string_view path = line.substr(tab + 1);
    if (words.size() <= name_at || !is_inner_path(path)) continue;
    const TreeKind kind = words[0] == "160000"   ? TreeKind::submodule
                          : words[0] == "120000" ? TreeKind::link
                                                 : TreeKind::file;
    tree.push_back({std::string(path), std::string(words[name_at]), kind});
  }
  std::ranges::stable_sort(tree, {}, &TreeEntry::path);
  const auto rest = std::ranges::unique(tree, {}, &TreeEntry::path);
  tree.erase(rest.begin(), rest.end());
  return tree;
}

}  // namespace

Result<Tree> tree_at(const Root& root, const std::string& commit) {
  if (commit.empty()) return Tree{};
  const auto listing = ask_git(place_of(root), {"ls-tree", "-r", "-z", commit});
  if (!listing) return fail(listing.error());
  return parse(*listing, 2);
}

Result<Tree> tree_of_index(const Root& root) {
  const auto listing = ask_git(place_of(root), {"ls-files", "-z", "--stage"});
  if (!listing) return fail(listing.error());
  return parse(*listing, 1);
}

const TreeEntry* find_entry(const Tree& tree, std::string_view path) {
  const auto found = std::ranges::lower_bound(
      tree, path, {}, [](const TreeEntry& entry) -> std::string_view { return entry.path; });
  return found == tree.end() || found->path != path ? nullptr : &*found;
}

FileSet files_of(const Tree& tree, const GlobSet& exclude) {
  FileSet set;
  for (const TreeEntry& entry : tree) {
    if (entry.kind == TreeKind::submodule) {
      set.skipped.add(SkipReason::submodule);
    } else if (entry.kind == TreeKind::link) {
      set.skipped.add(SkipReason::link);
    } else if (exclude.covers(entry.path)) {
      set.skipped.add(SkipReason::excluded);
    } else {
      set.entries.push_back({entry.path, true, 0, entry.blob});
    }
  }
  return set;
}

Result<std::string> commit_named(const Root& root, const std::string& revision) {
  const auto name = ask_git(place_of(root),
                            {"rev-parse", "--verify", "--end-of-options", revision + "^{commit}"});
  if (!name)
    return fail(
        Diagnostic{Problem::bad_input, {}, 0, "there is no revision '" + revision + "' here", {}});
  return std::string(trim(*name));
}

std::optional<std::string> merge_base(const Root& root, const std::string& one,
                                      const std::string& other) {
  const auto name = ask_git(place_of(root), {"merge-base", one, other});
  if (!name || trim(*name).empty()) return std::nullopt;
  return std::string(trim(*name));
}

bool is_shallow(const Root& root) {
  const auto answer = ask_git(place_of(root), {"rev-parse", "--is-shallow-repository"});
  return answer && trim(*answer) == "true";
}

}  // namespace keyless
