// TreeFiles: the files of a Tree behind the FileSystem interface, read-only.
// Promises the bytes that Git names: those on disk where they are the same, else Git's own.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>

#include "base/dialogue.h"
#include "base/file_system.h"
#include "source/root.h"
#include "source/tree.h"

namespace keyless {

class TreeFiles final : public FileSystem {
 public:
  // Fails when the root cannot be opened. A file checked out with CRLF for LF is read as it lies.
  static Result<std::unique_ptr<TreeFiles>> open(const Root& root, Tree tree);

  [[nodiscard]] const Tree& tree() const { return tree_; }
  // Files that are known to be on disk as the tree names them; they need no check any more.
  void trust(std::unordered_set<std::string> paths) { trusted_ = std::move(paths); }

  FileResult<std::string_view> read_into(const std::string& path, const ReadLimits& limits,
                                         ReadBuffer& buffer) const override;
  FileResult<std::vector<FolderEntry>> list(const std::string& folder) const override;
  FileResult<FileStat> stat(const std::string& path) const override;

  // Nothing is written here: each answers `denied`.
  FileResult<void> create_file(const std::string& path, std::string_view bytes,
                               uint32_t mode) override;
  FileResult<void> sync_file(const std::string& path) override;
  FileResult<void> rename_file(const std::string& from, const std::string& to) override;
  FileResult<void> remove_file(const std::string& path) override;
  FileResult<void> make_folder(const std::string& path, uint32_t mode) override;
  FileResult<void> sync_folder(const std::string& folder) override;

 private:
  TreeFiles(std::unique_ptr<FileSystem> disk, Tree tree, ProcessSpec git)
      : disk_(std::move(disk)), tree_(std::move(tree)), git_(std::move(git)) {}

  FileResult<std::string_view> ask(const std::string& blob, const ReadLimits& limits,
                                   ReadBuffer& buffer) const;
  FileResult<std::string_view> take_answer(const std::string& blob, const ReadLimits& limits,
                                           ReadBuffer& buffer) const;

  std::unique_ptr<FileSystem> disk_;
  Tree tree_;
  ProcessSpec git_;
  std::unordered_set<std::string> trusted_;
  mutable std::mutex mutex_;                    // of the dialogue
  mutable std::unique_ptr<Dialogue> dialogue_;  // started by the first file that Git has to give
};

}  // namespace keyless
