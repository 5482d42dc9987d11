#include "source/root.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <optional>

#include "base/real_file_system.h"
#include "base/text.h"
#include "source/git.h"

namespace keyless {
namespace {

constexpr size_t largest_config = 1U << 20U;
constexpr std::string_view config_name = ".keyless.yaml";

struct Place {
  std::string folder;  // the PATH itself, or the folder a file lies in
  std::string path;    // the PATH, absolute and without links
  bool is_file = false;
};

Result<Place> place_of(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr),
                                                         &std::free);
  struct stat info{};
  if (real == nullptr || ::stat(real.get(), &info) != 0) {
    return fail(Diagnostic{Problem::bad_input, path, 0, "no such file or folder", {}});
  }
  Place place;
  place.path = real.get();
  place.is_file = S_ISREG(info.st_mode);
  if (!place.is_file && !S_ISDIR(info.st_mode)) {
    return fail(Diagnostic{Problem::bad_input, path, 0, "is neither a file nor a folder", {}});
  }
  place.folder = place.is_file ? std::string(before_last(place.path, '/')) : place.path;
  if (place.folder.empty()) place.folder = "/";
  return place;
}

bool is_declared_root(const std::string& folder) {
  const auto files = RealFileSystem::open(folder);
  if (!files) return false;
  const auto text = (*files)->read(std::string(config_name), {largest_config, nullptr});
  return text && declares_root(*text);
}

std::string parent_of(const std::string& folder) {
  const std::string_view above = before_last(folder, '/');
  return above.empty() ? "/" : std::string(above);
}

// `path` relative to `folder` ("" for the folder itself); nothing if it is not at or below it.
std::optional<std::string> relative_to(const std::string& folder, const std::string& path) {
  if (path == folder) return std::string();
  const std::string prefix = folder == "/" ? folder : folder + "/";
  if (!path.starts_with(prefix)) return std::nullopt;
  return path.substr(prefix.size());
}

// Asked at the top, since some versions of git stumble when asked from inside an ignored folder.
bool is_ignored(const std::string& work_tree, const std::string& path) {
  const auto inner = relative_to(work_tree, path);
  if (!inner || inner->empty()) return false;
  const auto ignored = ask_git({work_tree, work_tree}, {"ls-files", "-z", "--others", "--ignored",
                                                        "--exclude-standard", "--directory"});
  if (!ignored) return false;
  for (const std::string_view entry : split(*ignored, '\0')) {
    if (entry.empty()) continue;
    const bool covers = entry.ends_with('/') ? (*inner + "/").starts_with(entry) : *inner == entry;
    if (covers) return true;
  }
  return false;
}

std::string commit_of(const Root& root) {
  const auto commit = ask_git({root.work_tree, root.folder}, {"rev-parse", "--verify", "HEAD"});
  return commit ? std::string(trim(*commit)) : std::string();
}

Root root_of(const Place& place) {
  Root root;
  std::string folder = place.folder;
  while (true) {
    if (root.folder.empty() && is_declared_root(folder)) root.folder = folder;
    if (is_work_tree(folder)) {
      root.work_tree = folder;
      break;
    }
    if (folder == "/") break;
    folder = parent_of(folder);
  }
  const std::string& asked = root.folder.empty() ? place.path : root.folder;
  if (!root.work_tree.empty() && is_ignored(root.work_tree, asked)) root.work_tree.clear();
  root.git = !root.work_tree.empty();
  if (root.folder.empty() && root.git) root.folder = root.work_tree;
  if (root.folder.empty()) {
    root.folder = place.folder;
    root.only_narrow = place.is_file;
  }
  const auto inner = relative_to(root.folder, place.path);
  if (inner && !inner->empty()) root.narrow.push_back(*inner);
  return root;
}

// Adds the view of a second PATH of the same root.
void join(Root& root, const Root& other) {
  if (root.narrow.empty() || other.narrow.empty()) {
    root.narrow.clear();
    root.only_narrow = false;
    return;
  }
  for (const std::string& path : other.narrow) {
    if (std::find(root.narrow.begin(), root.narrow.end(), path) == root.narrow.end()) {
      root.narrow.push_back(path);
    }
  }
  root.only_narrow = root.only_narrow && other.only_narrow;
}

// True if all of `inner` is shown by `outer` already.
bool shows(const Root& outer, const Root& inner) {
  const auto path = relative_to(outer.folder, inner.folder);
  if (!path || path->empty() || !outer.narrow.empty()) return false;
  return !outer.git || outer.work_tree == inner.work_tree;
}

void name_roots(std::vector<Root>& roots) {
  std::vector<std::string> used;
  for (Root& root : roots) {
    std::string name(after_last(root.folder, '/'));
    if (name.empty()) name = "root";
    std::string id = name;
    for (int n = 2; std::find(used.begin(), used.end(), id) != used.end(); ++n) {
      id = name + "-" + std::to_string(n);
    }
    used.push_back(id);
    root.id = id;
  }
}

}  // namespace

bool declares_root(std::string_view yaml) {
  if (yaml.starts_with("\xEF\xBB\xBF")) yaml.remove_prefix(3);
  for (std::string_view line : split(yaml, '\n')) {
    if (!line.starts_with("root:")) continue;
    line.remove_prefix(5);
    if (!line.empty() && !is_space(line.front())) continue;
    if (to_lower(trim(line.substr(0, line.find(" #")))) == "true") return true;
  }
  return false;
}

Result<std::vector<Root>> resolve_roots(const std::vector<std::string>& paths) {
  std::vector<Root> found;
  for (const std::string& path : paths) {
    const auto place = place_of(path);
    if (!place) return fail(place.error());
    Root root = root_of(*place);
    const auto same = std::find_if(found.begin(), found.end(),
                                   [&](const Root& other) { return other.folder == root.folder; });
    if (same == found.end()) {
      found.push_back(std::move(root));
    } else {
      join(*same, root);
    }
  }
  std::vector<Root> roots;
  for (const Root& root : found) {
    const bool shown = std::any_of(found.begin(), found.end(),
                                   [&](const Root& outer) { return shows(outer, root); });
    if (!shown) roots.push_back(root);
  }
  for (Root& root : roots) {
    if (root.git) root.commit = commit_of(root);
  }
  name_roots(roots);
  return roots;
}

bool in_view(const Root& root, std::string_view path) {
  if (root.narrow.empty()) return true;
  return std::any_of(root.narrow.begin(), root.narrow.end(), [&](const std::string& shown) {
    return path == shown || (path.starts_with(shown) && path.substr(shown.size()).starts_with('/'));
  });
}

}  // namespace keyless
