// FileSystem over the machine's own files, below one root folder that stays open.
// Promises: the kernel refuses links in every part below the root; no FIFO or device is read.
#pragma once

#include "base/file_descriptor.h"
#include "base/file_system.h"
#include "base/result.h"

namespace keyless {

class RealFileSystem final : public FileSystem {
 public:
  // How a path is opened: one openat2 call, or folder by folder where the kernel (before 5.6) or a
  // container forbids that call. The first falls back to the second by itself.
  enum class Lookup : uint8_t { one_call, by_part };

  // `root` is an absolute folder; links in it are the caller's own choice and are followed.
  static Result<std::unique_ptr<RealFileSystem>> open(const std::string& root,
                                                      Lookup lookup = Lookup::one_call);

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
  RealFileSystem(FileDescriptor root, Lookup lookup) : root_(std::move(root)), lookup_(lookup) {}

  // Where `path` stands or is to stand: its folder, opened, and the name in it.
  struct Spot {
    FileDescriptor folder;
    std::string name;
  };

  [[nodiscard]] FileResult<Spot> spot_of(const std::string& path) const;
  [[nodiscard]] FileResult<FileDescriptor> open_inner(const std::string& path, int flags) const;

  FileDescriptor root_;
  Lookup lookup_;
};

}  // namespace keyless
