#include "source/file_set.h"

#include <algorithm>
#include <memory>
#include <optional>

#include "base/real_file_system.h"
#include "base/text.h"
#include "source/git.h"
#include "source/local_settings.h"
#include "source/walk.h"

namespace keyless {
namespace {

class Lister {
 public:
  Lister(const Root& root, const FileSystem& files, const GlobSet& exclude, unsigned threads)
      : root_(root), files_(files), exclude_(exclude), threads_(threads) {}

  FileSet run() {
    if (root_.only_narrow) {
      for (const std::string& path : root_.narrow) add(path, true);
    } else if (!root_.git || !ask_index() || !ask_ignored()) {
      set_.entries.clear();
      set_.skipped = {};
      walk(
          files_, {"", &exclude_, true, threads_},
          [this](std::string path) { set_.entries.push_back({std::move(path), true, 0, {}}); },
          set_.skipped);
    }
    finish();
    return std::move(set_);
  }

 private:
  [[nodiscard]] std::optional<std::string> ask(const std::string& folder,
                                               const std::vector<std::string>& arguments) {
    auto answer = ask_git({root_.work_tree, folder}, arguments);
    if (answer) return std::move(*answer);
    set_.notes.push_back({Problem::note, root_.folder, 0,
                          "Git could not list the files (" + answer.error().message +
                              "); every file of the folder is read instead",
                          answer.error().mend});
    return std::nullopt;
  }

  // One line per tracked file, "H 100644 HASH STAGE\tPATH", and per untracked one, "? PATH".
  bool ask_index() {
    const auto listing = ask(root_.folder, {"ls-files", "-z", "-t", "--stage", "--cached",
                                            "--others", "--exclude-standard"});
    if (!listing) return false;
    for (std::string_view line : split(*listing, '\0')) {
      if (line.starts_with("? ")) {
        add_if_regular(std::string(line.substr(2)));
        continue;
      }
      const size_t tab = line.find('\t');
      if (line.size() < 2 || tab == std::string_view::npos) continue;
      const std::string_view mode = line.substr(2, line.find(' ', 2) - 2);
      if (mode == "160000") {
        set_.skipped.add(SkipReason::submodule);
      } else if (mode == "120000") {
        set_.skipped.add(SkipReason::link);
      } else {
        const std::vector<std::string_view> words = split(line.substr(0, tab), ' ');
        add(std::string(line.substr(tab + 1)), true, words.size() > 2 ? words[2] : "");
      }
    }
    return true;
  }

  // Ignored files, whole folders as one line "PATH/". Asked at the top of the work tree, since some
  // versions of git stumble when asked from a folder further down.
  bool ask_ignored() {
    const auto listing = ask(root_.work_tree, {"ls-files", "-z", "--others", "--ignored",
                                               "--exclude-standard", "--directory"});
    if (!listing) return false;
    std::string prefix;
    if (root_.folder != root_.work_tree)
      prefix = root_.folder.substr(root_.work_tree.size() + 1) + "/";
    for (std::string_view path : split(*listing, '\0')) {
      if (!path.starts_with(prefix) || path.size() == prefix.size()) continue;
      path.remove_prefix(prefix.size());
      if (!path.ends_with('/')) {
        if (is_local_settings(path)) add_if_regular(std::string(path));
        continue;
      }
      path.remove_suffix(1);
      if (is_skipped_folder(after_last(path, '/'))) {
        set_.skipped.add(SkipReason::skipped_folder);
      } else {
        walk_ignored(std::string(path));
      }
    }
    return true;
  }

  void walk_ignored(const std::string& folder) {
    // What else lies in an ignored folder is no part of the set, so it is not counted either.
    SkipCounts uncounted;
    walk(
        files_, {folder, &exclude_, false, threads_},
        [this](std::string path) {
          if (is_local_settings(path)) add(std::move(path), false);
        },
        uncounted);
  }

  void add_if_regular(std::string path) {
    if (path.ends_with('/')) {
      set_.skipped.add(SkipReason::nested_repository);
      return;
    }
    const auto stat = files_.stat(path);
    if (!stat) {
      set_.skipped.add(stat.error() == FileProblem::missing ? SkipReason::missing
                                                            : SkipReason::unreadable);
    } else if (stat->kind == FileKind::regular) {
      add(std::move(path), false);
    } else {
      set_.skipped.add(stat->kind == FileKind::link ? SkipReason::link : SkipReason::not_regular);
    }
  }

  void add(std::string path, bool tracked, std::string_view blob = {}) {
    if (exclude_.covers(path)) {
      set_.skipped.add(SkipReason::excluded);
    } else {
      set_.entries.push_back({std::move(path), tracked, 0, std::string(blob)});
    }
  }

  void finish() {
    auto& entries = set_.entries;
    const auto by_path = [](const FileEntry& a, const FileEntry& b) { return a.path < b.path; };
    if (!std::is_sorted(entries.begin(), entries.end(), by_path)) {
      std::stable_sort(entries.begin(), entries.end(), by_path);
    }
    // A file in conflict has up to three entries in the index.
    const auto same = [](const FileEntry& a, const FileEntry& b) { return a.path == b.path; };
    entries.erase(std::unique(entries.begin(), entries.end(), same), entries.end());
    for (const std::string& path : root_.narrow) {
      if (std::none_of(entries.begin(), entries.end(),
                       [&](const FileEntry& entry) { return in_view_of(path, entry.path); })) {
        set_.notes.push_back(
            {Problem::note, root_.folder + "/" + path, 0, "holds no file of the file set", {}});
      }
    }
  }

  static bool in_view_of(const std::string& shown, const std::string& path) {
    Root one;
    one.narrow = {shown};
    return in_view(one, path);
  }

  const Root& root_;
  const FileSystem& files_;
  const GlobSet& exclude_;
  unsigned threads_;
  FileSet set_;
};

}  // namespace

Result<FileSet> list_files(const Root& root, const GlobSet& exclude, unsigned threads) {
  const auto files = RealFileSystem::open(root.folder);
  if (!files) return fail(files.error());
  return Lister(root, **files, exclude, threads).run();
}

}  // namespace keyless
