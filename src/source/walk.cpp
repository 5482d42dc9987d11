#include "source/walk.h"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace keyless {
namespace {

constexpr size_t deepest = 256;
// Below this many folders a second thread costs more than it gives.
constexpr size_t folders_alone = 32;
constexpr std::array skipped_folders{std::string_view(".git"), std::string_view("node_modules"),
                                     std::string_view(".venv"), std::string_view("__pycache__"),
                                     std::string_view(".terraform")};

// With '/' after a folder's name, names in this order give whole paths in byte order.
bool comes_before_in_paths(const FolderEntry& a, const FolderEntry& b) {
  const size_t common = std::min(a.name.size(), b.name.size());
  const int difference = a.name.compare(0, common, b.name, 0, common);
  if (difference != 0) return difference < 0;
  const auto next_byte = [common](const FolderEntry& entry) -> int {
    if (entry.name.size() > common) return static_cast<unsigned char>(entry.name[common]);
    return entry.kind == FileKind::folder ? '/' : -1;
  };
  return next_byte(a) < next_byte(b);
}

// One folder: what is kept of its names, in path order, and the folders among them.
struct Folder {
  std::string path;
  size_t depth = 0;
  std::vector<FolderEntry> entries;
  std::vector<std::unique_ptr<Folder>> folders;  // in the order of `entries`
};

std::string below(const std::string& folder, const std::string& name) {
  return folder.empty() ? name : folder + "/" + name;
}

class Walk {
 public:
  Walk(const FileSystem& files, const WalkSpec& spec) : files_(files), spec_(spec) {}

  void run() {
    top_.path = spec_.folder;
    waiting_.push_back(&top_);
    for (size_t done = 0; done < folders_alone && !waiting_.empty(); ++done) step();
    std::vector<std::thread> helpers;
    if (!waiting_.empty()) {
      for (unsigned i = 1; i < spec_.threads; ++i) helpers.emplace_back([this] { work(); });
      work();
    }
    for (std::thread& helper : helpers) helper.join();
  }

  // All that was found, without recursion: the depth is the tree's choice.
  void report(const std::function<void(std::string path)>& found) const {
    struct Place {
      const Folder* folder;
      size_t entry;
      size_t inner;
    };
    std::vector<Place> places{{&top_, 0, 0}};
    while (!places.empty()) {
      Place& place = places.back();
      if (place.entry == place.folder->entries.size()) {
        places.pop_back();
        continue;
      }
      const FolderEntry& entry = place.folder->entries[place.entry++];
      if (entry.kind == FileKind::folder) {
        places.push_back({place.folder->folders[place.inner++].get(), 0, 0});
      } else {
        found(below(place.folder->path, entry.name));
      }
    }
  }

  [[nodiscard]] const SkipCounts& skipped() const { return skipped_; }

 private:
  void step() {
    Folder* folder = waiting_.back();
    waiting_.pop_back();
    SkipCounts skipped;
    read(*folder, skipped);
    skipped_.add(skipped);
    for (const auto& inner : folder->folders) waiting_.push_back(inner.get());
  }

  // As step, over and over, beside other threads: the lists are shared, a folder is not.
  void work() {
    std::unique_lock lock(mutex_);
    while (true) {
      changed_.wait(lock, [this] { return !waiting_.empty() || busy_ == 0; });
      if (waiting_.empty()) return;
      Folder* folder = waiting_.back();
      waiting_.pop_back();
      ++busy_;
      lock.unlock();
      SkipCounts skipped;
      read(*folder, skipped);
      lock.lock();
      --busy_;
      skipped_.add(skipped);
      for (const auto& inner : folder->folders) waiting_.push_back(inner.get());
      if (!folder->folders.empty() || busy_ == 0) changed_.notify_all();
    }
  }

  void read(Folder& folder, SkipCounts& skipped) const {
    if (folder.depth >= deepest) {
      skipped.add(SkipReason::too_deep);
      return;
    }
    auto entries = files_.list(folder.path);
    if (!entries) {
      skipped.add(entries.error() == FileProblem::bad_path ? SkipReason::too_deep
                                                           : SkipReason::unreadable);
      return;
    }
    if (!spec_.enter_repositories && !folder.path.empty() && holds_repository(*entries)) {
      skipped.add(SkipReason::nested_repository);
      return;
    }
    std::erase_if(*entries, [&](const FolderEntry& entry) {
      const auto reason = reason_against(folder, entry);
      if (reason) skipped.add(*reason);
      return reason.has_value();
    });
    std::sort(entries->begin(), entries->end(), comes_before_in_paths);
    folder.entries = std::move(*entries);
    for (const FolderEntry& entry : folder.entries) {
      if (entry.kind != FileKind::folder) continue;
      auto inner = std::make_unique<Folder>();
      inner->path = below(folder.path, entry.name);
      inner->depth = folder.depth + 1;
      folder.folders.push_back(std::move(inner));
    }
  }

  [[nodiscard]] std::optional<SkipReason> reason_against(const Folder& folder,
                                                         const FolderEntry& entry) const {
    const bool is_folder = entry.kind == FileKind::folder;
    // `.git` is a file in a linked work tree.
    if (is_skipped_folder(entry.name) && (is_folder || entry.name == ".git")) {
      return SkipReason::skipped_folder;
    }
    if (spec_.exclude != nullptr && !spec_.exclude->empty() &&
        spec_.exclude->matches(below(folder.path, entry.name), is_folder)) {
      return SkipReason::excluded;
    }
    if (entry.kind == FileKind::link) return SkipReason::link;
    if (entry.kind == FileKind::other) return SkipReason::not_regular;
    return std::nullopt;
  }

  static bool holds_repository(const std::vector<FolderEntry>& entries) {
    return std::any_of(entries.begin(), entries.end(),
                       [](const FolderEntry& entry) { return entry.name == ".git"; });
  }

  const FileSystem& files_;
  const WalkSpec& spec_;
  Folder top_;
  std::mutex mutex_;  // guards what follows once there are several threads
  std::condition_variable changed_;
  std::vector<Folder*> waiting_;
  SkipCounts skipped_;
  unsigned busy_ = 0;
};

}  // namespace

bool is_skipped_folder(std::string_view name) {
  return std::find(skipped_folders.begin(), skipped_folders.end(), name) != skipped_folders.end();
}

void walk(const FileSystem& files, const WalkSpec& spec,
          const std::function<void(std::string path)>& found, SkipCounts& skipped) {
  Walk walk(files, spec);
  walk.run();
  walk.report(found);
  skipped.add(walk.skipped());
}

}  // namespace keyless
