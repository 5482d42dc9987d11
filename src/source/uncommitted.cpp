#include "source/uncommitted.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "base/blob_hash.h"
#include "base/text.h"
#include "source/git.h"

namespace keyless {

namespace {

constexpr size_t most_bytes = size_t{64} << 20U;

struct IndexEntry {
  bool on_disk = true;  // false: a sparse checkout leaves it out
  bool regular = true;
  bool merged = true;  // false: a conflict
  std::string name;    // of the blob
  std::string path;
};

// "TAG MODE NAME STAGE\tPATH"
std::optional<IndexEntry> index_entry(std::string_view line) {
  const size_t tab = line.find('\t');
  if (tab == std::string_view::npos) return std::nullopt;
  const std::vector<std::string_view> words = split(line.substr(0, tab), ' ');
  if (words.size() != 4) return std::nullopt;
  return IndexEntry{words[0] != "S", words[1].starts_with("100"), words[3] == "0",
                    std::string(words[2]), std::string(line.substr(tab + 1))};
}

// path -> name of the blob, from "MODE TYPE NAME\tPATH"
std::map<std::string, std::string, std::less<>> tree_entries(std::string_view listing) {
  std::map<std::string, std::string, std::less<>> entries;
  for (const std::string_view line : split(listing, '\0')) {
    const size_t tab = line.find('\t');
    if (tab == std::string_view::npos) continue;
    entries.emplace(line.substr(tab + 1), after_last(line.substr(0, tab), ' '));
  }
  return entries;
}

bool is_binary(std::string_view bytes) {
  return bytes.substr(0, FileSystem::head_size).find('\0') != std::string_view::npos;
}

bool differs_on_disk(const IndexEntry& entry, const FileSystem& files, ReadBuffer& buffer) {
  const auto bytes = files.read_into(entry.path, ReadLimits{most_bytes, nullptr}, buffer);
  if (!bytes) return bytes.error() != FileProblem::too_large;
  if (is_named(*bytes, entry.name)) return false;
  return !is_binary(*bytes);
}

}  // namespace

Result<std::vector<std::string>> uncommitted_files(const Root& root, const FileSystem& files) {
  std::vector<std::string> changed;
  if (!root.git) return changed;
  const GitPlace place{root.work_tree, root.folder};
  const auto index = ask_git(place, {"ls-files", "-s", "-t", "-z"});
  if (!index) return fail(index.error());
  std::map<std::string, std::string, std::less<>> committed;
  if (!root.commit.empty()) {
    const auto tree = ask_git(place, {"ls-tree", "-r", "-z", root.commit});
    if (!tree) return fail(tree.error());
    committed = tree_entries(*tree);
  }
  ReadBuffer buffer;
  for (const std::string_view line : split(*index, '\0')) {
    const auto entry = index_entry(line);
    if (!entry) continue;
    const auto before = committed.find(entry->path);
    const bool staged =
        !entry->merged || before == committed.end() || before->second != entry->name;
    if (before != committed.end()) committed.erase(before);
    if (staged || (entry->on_disk && entry->regular && differs_on_disk(*entry, files, buffer)))
      changed.push_back(entry->path);
  }
  // What is left was taken out of the index.
  for (auto& [path, name] : committed) changed.push_back(path);
  std::ranges::sort(changed);
  changed.erase(std::ranges::unique(changed).begin(), changed.end());
  return changed;
}

}  // namespace keyless
