// Reading, listing and writing the files below one root folder, behind one interface.
// Promises: paths are root-relative with '/'; no call follows a link, opens a FIFO or leaves the
// root.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace keyless {

enum class FileProblem : uint8_t {
  bad_path,     // empty part, "..", absolute, or with a NUL
  missing,      // no such file, or a part of the path is not a folder
  exists,       // a file that was to be new is there
  denied,       // no permission
  link,         // the file or one of its folders is a symbolic link
  not_regular,  // FIFO, socket, device; a folder where a file was asked for
  rejected,     // ReadLimits::accept_head said no
  too_large,    // more bytes than ReadLimits::cap
  io_error,
};

std::string_view to_text(FileProblem problem);

template <class T>
using FileResult = tl::expected<T, FileProblem>;

inline tl::unexpected<FileProblem> fail(FileProblem problem) {
  return tl::unexpected<FileProblem>(problem);
}

enum class FileKind : uint8_t { regular, folder, link, other };

struct FileStat {
  FileKind kind = FileKind::other;
  uint64_t size = 0;  // bytes
  uint32_t mode = 0;  // permission bits
  // When the bytes, and when anything about the file last changed; 0 where nobody knows.
  int64_t modified_ns = 0;
  int64_t changed_ns = 0;
  uint64_t inode = 0;
  uint64_t device = 0;
};

struct FolderEntry {
  std::string name;
  FileKind kind = FileKind::other;
};

// Bytes that one thread reuses for file after file, so that reading allocates nothing.
class ReadBuffer {
 public:
  // Room for at least `size` bytes; what was in it is kept.
  void reserve(size_t size);
  [[nodiscard]] char* data() { return bytes_.get(); }
  [[nodiscard]] size_t capacity() const { return capacity_; }

 private:
  std::unique_ptr<char[]> bytes_;
  size_t capacity_ = 0;
};

struct ReadLimits {
  size_t cap = 4U << 20U;  // bytes
  // Asked with the first bytes (at most 8 KB) before the rest is read; null accepts all. Comes
  // before the cap, so that a large picture counts as a picture.
  bool (*accept_head)(std::string_view head) = nullptr;
};

class FileSystem {
 public:
  static constexpr size_t head_size = 8U << 10U;

  FileSystem() = default;
  FileSystem(const FileSystem&) = delete;
  FileSystem& operator=(const FileSystem&) = delete;
  virtual ~FileSystem() = default;

  // The bytes of a regular file; the view lives until `buffer` is used again. Thread-safe.
  virtual FileResult<std::string_view> read_into(const std::string& path, const ReadLimits& limits,
                                                 ReadBuffer& buffer) const = 0;
  // Names in a folder ("" is the root), sorted by bytes, without "." and "..". Thread-safe.
  virtual FileResult<std::vector<FolderEntry>> list(const std::string& folder) const = 0;
  // What stands at `path`, a link being a link. Thread-safe.
  virtual FileResult<FileStat> stat(const std::string& path) const = 0;

  // The steps that a lasting write is made of; each is one call to the machine. A crash may lose
  // any step that was not made durable: bytes by sync_file, names by sync_folder.
  //
  // A new regular file; its folder must exist.
  virtual FileResult<void> create_file(const std::string& path, std::string_view bytes,
                                       uint32_t mode) = 0;
  virtual FileResult<void> sync_file(const std::string& path) = 0;
  // Within one folder; a file of the new name is replaced.
  virtual FileResult<void> rename_file(const std::string& from, const std::string& to) = 0;
  virtual FileResult<void> remove_file(const std::string& path) = 0;  // a link is not followed
  // No failure if the folder is there already.
  virtual FileResult<void> make_folder(const std::string& path, uint32_t mode) = 0;
  // "" is the root. A machine that cannot do this for folders is no failure.
  virtual FileResult<void> sync_folder(const std::string& folder) = 0;

  // Replaces or creates a regular file; a crash leaves the old bytes or the new ones, and after
  // success the new ones stay. Keeps the mode of an existing file; a new one gets `mode`. The
  // folder must exist.
  FileResult<void> write_atomic(const std::string& path, std::string_view bytes, uint32_t mode);

  // As read_into, as a string of its own.
  [[nodiscard]] FileResult<std::string> read(const std::string& path,
                                             const ReadLimits& limits) const;
};

// True for the name of a file that write_atomic made and a crash kept it from renaming.
bool is_left_over(std::string_view name);

// True for a path that FileSystem takes: relative, no empty part, no "." or "..", no NUL.
bool is_inner_path(std::string_view path);

}  // namespace keyless
