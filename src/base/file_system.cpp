#include "base/file_system.h"

#include <algorithm>
#include <cstring>

namespace keyless {

std::string_view to_text(FileProblem problem) {
  switch (problem) {
    case FileProblem::bad_path:
      return "is not a path below the root";
    case FileProblem::missing:
      return "does not exist";
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
