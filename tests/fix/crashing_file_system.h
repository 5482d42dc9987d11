// A file system in memory that knows what a power cut leaves, for tests of writing.
// Promises that only what was synced survives for sure; a call of a chosen number fails or is cut.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>

#include "base/file_system.h"

namespace keyless {

class CrashingFileSystem : public FileSystem {
 public:
  enum class Trouble : uint8_t {
    none,
    one_call,   // the call fails, all others work
    from_call,  // that call and all after it fail: a dead disk, or a dead process
  };
  // What a power cut leaves of that which was not synced.
  enum class Left : uint8_t {
    nothing,  // only what was synced
    names,    // every name, but half of the bytes that were not synced
    everything,
  };
  struct File {
    std::string bytes;
    uint32_t mode = 0644;
    bool synced = true;
  };
  using Files = std::map<std::string, std::shared_ptr<File>>;

  void add(const std::string& path, std::string bytes, uint32_t mode = 0644);
  void trouble(Trouble kind, size_t call);  // calls are counted from 1, from now on
  [[nodiscard]] size_t calls() const { return calls_; }
  // The power goes and comes back; no trouble any more.
  void cut_power(Left left);
  [[nodiscard]] std::map<std::string, std::string> bytes() const;

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
  [[nodiscard]] bool fails() const;
  [[nodiscard]] bool has_folder(const std::string& folder) const;

  Files now_, on_disk_;
  std::set<std::string> folders_now_{""}, folders_on_disk_{""};
  Trouble kind_ = Trouble::none;
  size_t at_ = 0;
  mutable size_t calls_ = 0;
};

}  // namespace keyless
