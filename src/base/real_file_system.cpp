#include "base/real_file_system.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "base/text.h"

namespace keyless {
namespace {

// Below this size one read fetches everything; above it the head is looked at first.
constexpr size_t small_file = 64U << 10U;
// A folder with more names than this is cut: no honest one has so many.
constexpr size_t most_names = 1U << 20U;

FileProblem problem_of(int error) {
  switch (error) {
    case ENOENT:
    case ENOTDIR:
      return FileProblem::missing;
    case EEXIST:
      return FileProblem::exists;
    case EACCES:
    case EPERM:
      return FileProblem::denied;
    case ELOOP:
    case EXDEV:
      return FileProblem::link;
    case ENXIO:
    case EISDIR:
      return FileProblem::not_regular;
    case ENAMETOOLONG:
    case EINVAL:
      return FileProblem::bad_path;
    default:
      return FileProblem::io_error;
  }
}

FileKind kind_of(mode_t mode) {
  if (S_ISREG(mode)) return FileKind::regular;
  if (S_ISDIR(mode)) return FileKind::folder;
  if (S_ISLNK(mode)) return FileKind::link;
  return FileKind::other;
}

FileDescriptor open_retrying(int folder, const char* name, int flags) {
  int number = -1;
  do {
    number = ::openat(folder, name, flags);
  } while (number < 0 && errno == EINTR);
  return FileDescriptor(number);
}

// O_NOFOLLOW reports a link as ELOOP, but as ENOTDIR together with O_DIRECTORY.
FileProblem refusal(int folder, const char* name) {
  const int error = errno;
  struct stat info{};
  if (error == ENOTDIR && ::fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
      S_ISLNK(info.st_mode)) {
    return FileProblem::link;
  }
  return problem_of(error);
}

FileResult<FileDescriptor> open_by_part(int root, const std::string& path, int flags) {
  FileDescriptor folder;
  const std::vector<std::string_view> parts = split(path, '/');
  for (size_t i = 0; i + 1 < parts.size(); ++i) {
    const std::string part(parts[i]);
    const int from = folder.open() ? folder.get() : root;
    FileDescriptor next =
        open_retrying(from, part.c_str(), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (!next.open()) return fail(refusal(from, part.c_str()));
    folder = std::move(next);
  }
  const std::string last(parts.back());
  const int from = folder.open() ? folder.get() : root;
  FileDescriptor file = open_retrying(from, last.c_str(), flags | O_NOFOLLOW);
  if (!file.open()) return fail(refusal(from, last.c_str()));
  return file;
}

// Reads until `size` bytes are there or the file ends; negative on an error. With `expected` bytes
// there it does not ask once more: the file had no more when it was opened.
ssize_t read_up_to(int file, char* into, size_t size, size_t expected) {
  size_t done = 0;
  while (done < size) {
    const ssize_t count = ::read(file, into + done, size - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return -1;
    if (count == 0) break;
    done += static_cast<size_t>(count);
    if (done == expected) break;
  }
  return static_cast<ssize_t>(done);
}

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(file, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(count));
  }
  return true;
}

FileKind kind_of_entry(int folder, const dirent64& entry) {
  switch (entry.d_type) {
    case DT_REG:
      return FileKind::regular;
    case DT_DIR:
      return FileKind::folder;
    case DT_LNK:
      return FileKind::link;
    case DT_UNKNOWN:
      break;  // some file systems do not say
    default:
      return FileKind::other;
  }
  struct stat info{};
  if (::fstatat(folder, entry.d_name, &info, AT_SYMLINK_NOFOLLOW) != 0) return FileKind::other;
  return kind_of(info.st_mode);
}

}  // namespace

Result<std::unique_ptr<RealFileSystem>> RealFileSystem::open(const std::string& root,
                                                             Lookup lookup) {
  FileDescriptor folder = open_retrying(AT_FDCWD, root.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (!folder.open()) {
    return fail(Diagnostic{Problem::bad_input, root, 0,
                           std::string("the folder ") + std::string(to_text(problem_of(errno))),
                           "name a folder that exists and can be entered"});
  }
  return std::unique_ptr<RealFileSystem>(new RealFileSystem(std::move(folder), lookup));
}

FileResult<FileDescriptor> RealFileSystem::open_inner(const std::string& path, int flags) const {
  flags |= O_CLOEXEC;
  if (path.empty()) {
    FileDescriptor file = open_retrying(root_.get(), ".", flags);
    if (!file.open()) return fail(problem_of(errno));
    return file;
  }
  if (!is_inner_path(path)) return fail(FileProblem::bad_path);
  if (lookup_ == Lookup::one_call) {
    open_how how{};
    how.flags = static_cast<uint64_t>(flags);
    how.resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS;
    const long number = ::syscall(SYS_openat2, root_.get(), path.c_str(), &how, sizeof how);
    if (number >= 0) return FileDescriptor(static_cast<int>(number));
    // EPERM can come from a container's filter as well as from the file; EAGAIN from a rename
    // beside us: ask the other way.
    const bool other_way = errno == ENOSYS || errno == EPERM || errno == EAGAIN || errno == EINTR;
    if (!other_way) return fail(problem_of(errno));
  }
  return open_by_part(root_.get(), path, flags);
}

FileResult<std::string_view> RealFileSystem::read_into(const std::string& path,
                                                       const ReadLimits& limits,
                                                       ReadBuffer& buffer) const {
  if (path.empty()) return fail(FileProblem::bad_path);
  // O_NONBLOCK: a FIFO opens at once and is turned away by the test below.
  const auto file = open_inner(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  if (!file) return fail(file.error());
  struct stat info{};
  if (::fstat(file->get(), &info) != 0) return fail(FileProblem::io_error);
  if (!S_ISREG(info.st_mode)) return fail(FileProblem::not_regular);

  const auto size = static_cast<size_t>(info.st_size);
  buffer.reserve(small_file);
  size_t wanted = size > small_file ? head_size : small_file;
  ssize_t done = read_up_to(file->get(), buffer.data(), wanted, size);
  if (done < 0) return fail(FileProblem::io_error);
  auto have = static_cast<size_t>(done);
  if (limits.accept_head != nullptr &&
      !limits.accept_head({buffer.data(), std::min(have, head_size)})) {
    return fail(FileProblem::rejected);
  }
  if (std::max(size, have) > limits.cap) return fail(FileProblem::too_large);
  // Short of what was asked for is the end of the file; else go on to it, never beyond the cap.
  while (have == wanted) {
    wanted = std::min(std::max(size, have) + small_file, limits.cap + 1);
    buffer.reserve(wanted);
    done =
        read_up_to(file->get(), buffer.data() + have, wanted - have, size - std::min(size, have));
    if (done < 0) return fail(FileProblem::io_error);
    have += static_cast<size_t>(done);
    if (have > limits.cap) return fail(FileProblem::too_large);
  }
  return std::string_view(buffer.data(), have);
}

FileResult<std::vector<FolderEntry>> RealFileSystem::list(const std::string& folder) const {
  const auto opened = open_inner(folder, O_RDONLY | O_DIRECTORY);
  if (!opened) return fail(opened.error());
  std::vector<FolderEntry> entries;
  alignas(dirent64) std::array<char, 32U << 10U> block;  // filled by the kernel
  while (entries.size() < most_names) {
    const ssize_t size = ::getdents64(opened->get(), block.data(), block.size());
    if (size < 0) return fail(problem_of(errno));
    if (size == 0) break;
    for (size_t at = 0; at < static_cast<size_t>(size);) {
      const auto* entry = reinterpret_cast<const dirent64*>(block.data() + at);
      at += entry->d_reclen;
      const std::string_view name = entry->d_name;
      if (name == "." || name == "..") continue;
      entries.push_back({std::string(name), kind_of_entry(opened->get(), *entry)});
    }
  }
  std::sort(entries.begin(), entries.end(),
            [](const FolderEntry& a, const FolderEntry& b) { return a.name < b.name; });
  return entries;
}

namespace {

int64_t in_ns(const timespec& time) {
  constexpr int64_t second = 1'000'000'000;
  return static_cast<int64_t>(time.tv_sec) * second + time.tv_nsec;
}

}  // namespace

FileResult<FileStat> RealFileSystem::stat(const std::string& path) const {
  const auto file = open_inner(path, O_PATH | O_NOFOLLOW);
  if (!file) return fail(file.error());
  struct stat info{};
  if (::fstat(file->get(), &info) != 0) return fail(problem_of(errno));
  FileStat stat{};
  stat.kind = kind_of(info.st_mode);
  stat.size = static_cast<uint64_t>(info.st_size);
  stat.mode = static_cast<uint32_t>(info.st_mode & 07777U);
  stat.modified_ns = in_ns(info.st_mtim);
  stat.changed_ns = in_ns(info.st_ctim);
  stat.inode = static_cast<uint64_t>(info.st_ino);
  stat.device = static_cast<uint64_t>(info.st_dev);
  return stat;
}

FileResult<RealFileSystem::Spot> RealFileSystem::spot_of(const std::string& path) const {
  if (!is_inner_path(path)) return fail(FileProblem::bad_path);
  auto folder = open_inner(std::string(before_last(path, '/')), O_RDONLY | O_DIRECTORY);
  if (!folder) return fail(folder.error());
  return Spot{std::move(*folder), std::string(after_last(path, '/'))};
}

FileResult<void> RealFileSystem::create_file(const std::string& path, std::string_view bytes,
                                             uint32_t mode) {
  const auto spot = spot_of(path);
  if (!spot) return fail(spot.error());
  // Private until it has its final mode: it may hold what the final mode is to protect.
  constexpr int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  const FileDescriptor file(::openat(spot->folder.get(), spot->name.c_str(), flags, 0600));
  if (!file.open()) return fail(problem_of(errno));
  if (write_all(file.get(), bytes) && ::fchmod(file.get(), mode) == 0) return {};
  const FileProblem problem = problem_of(errno);
  ::unlinkat(spot->folder.get(), spot->name.c_str(), 0);
  return fail(problem);
}

FileResult<void> RealFileSystem::sync_file(const std::string& path) {
  // Without O_NONBLOCK a FIFO in its place would hold us up.
  const auto file = open_inner(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW);
  if (!file) return fail(file.error());
  if (::fsync(file->get()) != 0) return fail(problem_of(errno));
  return {};
}

FileResult<void> RealFileSystem::rename_file(const std::string& from, const std::string& to) {
  if (before_last(from, '/') != before_last(to, '/')) return fail(FileProblem::bad_path);
  const auto spot = spot_of(from);
  if (!spot) return fail(spot.error());
  const std::string name(after_last(to, '/'));
  if (!is_inner_path(name)) return fail(FileProblem::bad_path);
  const int folder = spot->folder.get();
  if (::renameat(folder, spot->name.c_str(), folder, name.c_str()) != 0)
    return fail(problem_of(errno));
  return {};
}

FileResult<void> RealFileSystem::remove_file(const std::string& path) {
  const auto spot = spot_of(path);
  if (!spot) return fail(spot.error());
  if (::unlinkat(spot->folder.get(), spot->name.c_str(), 0) != 0) return fail(problem_of(errno));
  return {};
}

FileResult<void> RealFileSystem::make_folder(const std::string& path, uint32_t mode) {
  const auto spot = spot_of(path);
  if (!spot) return fail(spot.error());
  if (::mkdirat(spot->folder.get(), spot->name.c_str(), mode) == 0) return {};
  if (errno != EEXIST) return fail(problem_of(errno));
  const auto there = open_inner(path, O_RDONLY | O_DIRECTORY);  // a link is no folder
  if (!there) return fail(there.error());
  return {};
}

FileResult<void> RealFileSystem::sync_folder(const std::string& folder) {
  const auto opened = open_inner(folder, O_RDONLY | O_DIRECTORY);
  if (!opened) return fail(opened.error());
  if (::fsync(opened->get()) != 0 && errno != EINVAL && errno != EBADF && errno != ENOSYS)
    return fail(problem_of(errno));
  return {};
}

}  // namespace keyless
