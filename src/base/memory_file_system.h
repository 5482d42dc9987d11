// FileSystem over strings in memory, for tests; it remembers what was asked of it.
// Promises the same answers as the real one for the same tree; a path may be set to fail.
#pragma once

#include <map>
#include <mutex>

#include "base/file_system.h"

namespace keyless {

class MemoryFileSystem final : public FileSystem {
 public:
  void add(const std::string& path, std::string bytes, uint32_t mode = 0644);
  void add_link(const std::string& path);
  void add_other(const std::string& path);  // a FIFO, a socket, a device
  // Every later read of `path` answers `problem`.
  void fail_reading(const std::string& path, FileProblem problem);

  // "read a/b", "list a", "stat a/b", "create a/b", "sync a/b", "rename a/b", "remove a/b",
  // "folder a", "sync folder a", in the order asked.
  [[nodiscard]] std::vector<std::string> accesses() const;

  FileResult<std::string_view> read_into(const std::string& path, const ReadLimits& limits,
                                         ReadBuffer& buffer) const override;
  FileResult<std::vector<FolderEntry>> list(const std::string& folder) const override;
  FileResult<FileStat> stat(const std::string& path) const override;
  FileResult<void> create_file(const std::string& path, std::string_view bytes,
                               uint32_t mode) override;
  FileResult<void> sync_file(const std::string& path) override;
  FileResult<void> rename_file(const std::string& from, const std::string& to) override;
  FileResult<void> remove_file(const std::string& path) override;
  FileResult<void> make_folder(const std::string& path, uint32_t mode) override;
  FileResult<void> sync_folder(const std::string& folder) override;

 private:
  struct Node {
    FileKind kind = FileKind::regular;
    std::string bytes;
    uint32_t mode = 0644;
  };

  void note(const std::string& access) const;
  // The node at `path`, or why there is none; a path behind a link is refused.
  [[nodiscard]] FileResult<Node> find(const std::string& path) const;

  // Files, links and others; folders follow from the paths, empty ones are nodes of their own.
  std::map<std::string, Node> nodes_;
  std::map<std::string, FileProblem> failures_;
  mutable std::mutex mutex_;
  mutable std::vector<std::string> accesses_;
};

}  // namespace keyless
