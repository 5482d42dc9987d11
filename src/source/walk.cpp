#include "source/walk.h"

#include <algorithm>
#include <array>

namespace keyless {
namespace {

constexpr size_t deepest = 256;
constexpr std::array skipped_folders{std::string_view(".git"), std::string_view("node_modules"),
                                     std::string_view(".venv"), std::string_view("__pycache__"),
                                     std::string_view(".terraform")};

// With '/' after a folder's name, names in this order give whole paths in byte order.
bool comes_before_in_paths(const FolderEntry& a, const FolderEntry& b) {
  const size_t common = std::min(a.name.size(), b.name.size());
  const int difference = a.name.compare(0, common, b.name, 0, common);
  if (difference != 0) return difference < 0;
  const auto next_byte = [common](const FolderEntry& entry) {
    if (entry.name.size() > common)
      return static_cast<int>(static_cast<unsigned char>(entry.name[common]));
    return entry.kind == FileKind::folder ? '/' : -1;
  };
  return next_byte(a) < next_byte(b);
}

struct Level {
  std::string prefix;                // "" or "a/b/"
  std::vector<FolderEntry> entries;  // in path order
  size_t next = 0;
};

class Walk {
 public:
  Walk(const FileSystem& files, const WalkSpec& spec,
       const std::function<void(std::string path)>& found, SkipCounts& skipped)
      : files_(files), spec_(spec), found_(found), skipped_(skipped) {}

  void run() {
    enter(spec_.folder);
    while (!levels_.empty()) {
      Level& level = levels_.back();
      if (level.next == level.entries.size()) {
        levels_.pop_back();
        continue;
      }
      const FolderEntry& entry = level.entries[level.next++];
      visit(level.prefix + entry.name, entry);
    }
  }

 private:
  void visit(std::string path, const FolderEntry& entry) {
    const bool is_folder = entry.kind == FileKind::folder;
    // `.git` is a file in a linked work tree.
    if (is_skipped_folder(entry.name) && (is_folder || entry.name == ".git")) {
      skipped_.add(SkipReason::skipped_folder);
    } else if (spec_.exclude != nullptr && spec_.exclude->matches(path, is_folder)) {
      skipped_.add(SkipReason::excluded);
    } else if (is_folder) {
      enter(path);
    } else if (entry.kind == FileKind::regular) {
      found_(std::move(path));
    } else {
      skipped_.add(entry.kind == FileKind::link ? SkipReason::link : SkipReason::not_regular);
    }
  }

  void enter(const std::string& folder) {
    if (levels_.size() >= deepest) {
      skipped_.add(SkipReason::too_deep);
      return;
    }
    auto entries = files_.list(folder);
    if (!entries) {
      skipped_.add(entries.error() == FileProblem::bad_path ? SkipReason::too_deep
                                                            : SkipReason::unreadable);
      return;
    }
    if (!spec_.enter_repositories && !folder.empty() && holds_repository(*entries)) {
      skipped_.add(SkipReason::nested_repository);
      return;
    }
    std::sort(entries->begin(), entries->end(), comes_before_in_paths);
    levels_.push_back({folder.empty() ? "" : folder + "/", std::move(*entries), 0});
  }

  static bool holds_repository(const std::vector<FolderEntry>& entries) {
    return std::any_of(entries.begin(), entries.end(),
                       [](const FolderEntry& entry) { return entry.name == ".git"; });
  }

  const FileSystem& files_;
  const WalkSpec& spec_;
  const std::function<void(std::string path)>& found_;
  SkipCounts& skipped_;
  std::vector<Level> levels_;
};

}  // namespace

bool is_skipped_folder(std::string_view name) {
  return std::find(skipped_folders.begin(), skipped_folders.end(), name) != skipped_folders.end();
}

void walk(const FileSystem& files, const WalkSpec& spec,
          const std::function<void(std::string path)>& found, SkipCounts& skipped) {
  Walk(files, spec, found, skipped).run();
}

}  // namespace keyless
