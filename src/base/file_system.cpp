#include "base/file_system.h"

#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "base/text.h"

namespace keyless {

namespace {

constexpr std::string_view temporary_begin = ".keyless-";
constexpr std::string_view temporary_end = ".tmp";
constexpr size_t noise_bytes = 8;
constexpr std::string_view hex_digits = "0123456789abcdef";

// Not to be guessed, so that nobody can put something in its place beforehand; "" on failure.
std::string temporary_name() {
  std::array<unsigned char, noise_bytes> noise{};
  if (::getrandom(noise.data(), noise.size(), 0) != static_cast<ssize_t>(noise.size())) return {};
  std::string name(temporary_begin);
  for (const unsigned char byte : noise) {
    name += hex_digits[byte >> 4U];
    name += hex_digits[byte & 15U];
  }
  return name + std::string(temporary_end);
}

}  // namespace

std::string_view to_text(FileProblem problem) {
  switch (problem) {
    case FileProblem::bad_path:
      return "is not a path below the root";
    case FileProblem::missing:
      return "does not exist";
    case FileProblem::exists:
      return "exists already";
    case FileProblem::denied:
      return "permission denied";
    case FileProblem::link:
      return "is a symbolic link or lies behind one";
    case FileProblem::not_regular:
      return "is not a regular file";
    case FileProblem::rejected:
      return "is not text";
    case FileProblem::too_large:
      return "is too large";
    case FileProblem::io_error:
      return "could not be read or written";
  }
  return "could not be read or written";
}

void ReadBuffer::reserve(size_t size) {
  if (size <= capacity_) return;
  const size_t larger = std::max(size, capacity_ * 2);
  auto bytes = std::make_unique_for_overwrite<char[]>(larger);
  if (capacity_ != 0) std::memcpy(bytes.get(), bytes_.get(), capacity_);
  bytes_ = std::move(bytes);
  capacity_ = larger;
}

FileResult<std::string> FileSystem::read(const std::string& path, const ReadLimits& limits) const {
  ReadBuffer buffer;
  const auto bytes = read_into(path, limits, buffer);
  if (!bytes) return fail(bytes.error());
  return std::string(*bytes);
}

FileResult<void> FileSystem::write_atomic(const std::string& path, std::string_view bytes,
                                          uint32_t mode) {
  if (path.empty()) return fail(FileProblem::bad_path);
  const auto old = stat(path);
  if (old && old->kind == FileKind::link) return fail(FileProblem::link);
  if (old && old->kind != FileKind::regular) return fail(FileProblem::not_regular);
  if (!old && old.error() != FileProblem::missing) return fail(old.error());
  const std::string folder(before_last(path, '/'));
  const std::string name = temporary_name();
  if (name.empty()) return fail(FileProblem::io_error);
  const std::string temporary = folder.empty() ? name : folder + "/" + name;
  auto done = create_file(temporary, bytes, old ? old->mode : mode);
  if (done) done = sync_file(temporary);
  if (done) done = rename_file(temporary, path);
  if (!done) {
    (void)remove_file(temporary);
    return done;
  }
  return sync_folder(folder);
}

bool is_left_over(std::string_view name) {
  if (!name.starts_with(temporary_begin) || !name.ends_with(temporary_end)) return false;
  if (name.size() != temporary_begin.size() + 2 * noise_bytes + temporary_end.size()) return false;
  name.remove_prefix(temporary_begin.size());
  name.remove_suffix(temporary_end.size());
  return name.find_first_not_of(hex_digits) == std::string_view::npos;
}

bool is_inner_path(std::string_view path) {
  if (path.find('\0') != std::string_view::npos) return false;
  while (true) {
    const size_t slash = path.find('/');
    const std::string_view part = path.substr(0, slash);
    if (part.empty() || part == "." || part == "..") return false;
    if (slash == std::string_view::npos) return true;
    path.remove_prefix(slash + 1);
  }
}

}  // namespace keyless
