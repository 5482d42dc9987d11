#include "base/memory_file_system.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"

namespace keyless {

void MemoryFileSystem::add(const std::string& path, std::string bytes, uint32_t mode) {
  nodes_[path] = Node{FileKind::regular, std::move(bytes), mode};
}

void MemoryFileSystem::add_link(const std::string& path) {
  nodes_[path] = Node{FileKind::link, {}, 0777};
}

void MemoryFileSystem::add_other(const std::string& path) {
  nodes_[path] = Node{FileKind::other, {}, 0644};
}

void MemoryFileSystem::fail_reading(const std::string& path, FileProblem problem) {
  failures_[path] = problem;
}

std::vector<std::string> MemoryFileSystem::accesses() const {
  const std::lock_guard lock(mutex_);
  return accesses_;
}

void MemoryFileSystem::note(const std::string& access) const {
  const std::lock_guard lock(mutex_);
  accesses_.push_back(access);
}

FileResult<MemoryFileSystem::Node> MemoryFileSystem::find(const std::string& path) const {
  if (path.empty()) return Node{FileKind::folder, {}, 0755};
  if (!is_inner_path(path)) return fail(FileProblem::bad_path);
  for (size_t slash = path.find('/'); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    const auto above = nodes_.find(path.substr(0, slash));
    if (above == nodes_.end() || above->second.kind == FileKind::folder) continue;
    return fail(above->second.kind == FileKind::link ? FileProblem::link : FileProblem::missing);
  }
  if (const auto found = nodes_.find(path); found != nodes_.end()) return found->second;
  const auto below = nodes_.lower_bound(path + "/");
  if (below == nodes_.end() || !below->first.starts_with(path + "/"))
    return fail(FileProblem::missing);
  return Node{FileKind::folder, {}, 0755};
}

FileResult<std::string_view> MemoryFileSystem::read_into(const std::string& path,
                                                         const ReadLimits& limits,
                                                         ReadBuffer& buffer) const {
  note("read " + path);
  if (path.empty()) return fail(FileProblem::bad_path);
  if (const auto failure = failures_.find(path); failure != failures_.end())
    return fail(failure->second);
  const auto node = find(path);
  if (!node) return fail(node.error());
  if (node->kind == FileKind::link) return fail(FileProblem::link);
  if (node->kind != FileKind::regular) return fail(FileProblem::not_regular);
  const std::string_view bytes = node->bytes;
  if (limits.accept_head != nullptr && !limits.accept_head(bytes.substr(0, head_size))) {
    return fail(FileProblem::rejected);
  }
  if (bytes.size() > limits.cap) return fail(FileProblem::too_large);
  buffer.reserve(std::max<size_t>(bytes.size(), 1));
  if (!bytes.empty()) std::memcpy(buffer.data(), bytes.data(), bytes.size());
  return std::string_view(buffer.data(), bytes.size());
}

FileResult<std::vector<FolderEntry>> MemoryFileSystem::list(const std::string& folder) const {
  note("list " + folder);
  const auto node = find(folder);
  if (!node) return fail(node.error());
  if (node->kind == FileKind::link) return fail(FileProblem::link);
  if (node->kind != FileKind::folder) return fail(FileProblem::missing);
  const std::string prefix = folder.empty() ? "" : folder + "/";
  std::map<std::string, FileKind> names;
  for (auto it = nodes_.lower_bound(prefix); it != nodes_.end() && it->first.starts_with(prefix);
       ++it) {
    const std::string rest = it->first.substr(prefix.size());
    const size_t slash = rest.find('/');
    names[rest.substr(0, slash)] = slash == std::string::npos ? it->second.kind : FileKind::folder;
  }
  std::vector<FolderEntry> entries;
  entries.reserve(names.size());
  for (const auto& [name, kind] : names) entries.push_back({name, kind});
  return entries;
}

FileResult<FileStat> MemoryFileSystem::stat(const std::string& path) const {
  note("stat " + path);
  const auto node = find(path);
  if (!node) return fail(node.error());
  return FileStat{node->kind, node->bytes.size(), node->mode, 0, 0, 0, 0};
}

FileResult<void> MemoryFileSystem::create_file(const std::string& path, std::string_view bytes,
                                               uint32_t mode) {
  note("create " + path);
  if (!is_inner_path(path)) return fail(FileProblem::bad_path);
  if (const auto folder = find(std::string(before_last(path, '/'))); !folder)
    return fail(folder.error());
  const auto old = find(path);
  if (old) return fail(FileProblem::exists);
  if (old.error() != FileProblem::missing) return fail(old.error());
  add(path, std::string(bytes), mode);
  return {};
}

FileResult<void> MemoryFileSystem::sync_file(const std::string& path) {
  note("sync " + path);
  const auto node = find(path);
  if (!node) return fail(node.error());
  if (node->kind == FileKind::link) return fail(FileProblem::link);
  return {};
}

FileResult<void> MemoryFileSystem::rename_file(const std::string& from, const std::string& to) {
  note("rename " + from);
  if (before_last(from, '/') != before_last(to, '/') || !is_inner_path(to))
    return fail(FileProblem::bad_path);
  const auto node = find(from);
  if (!node) return fail(node.error());
  if (node->kind == FileKind::folder) return fail(FileProblem::not_regular);
  if (const auto old = find(to); old && old->kind == FileKind::folder)
    return fail(FileProblem::not_regular);
  nodes_.erase(from);
  nodes_[to] = *node;
  return {};
}

FileResult<void> MemoryFileSystem::remove_file(const std::string& path) {
  note("remove " + path);
  const auto node = find(path);
  if (!node) return fail(node.error());
  if (node->kind == FileKind::folder) return fail(FileProblem::not_regular);
  nodes_.erase(path);
  return {};
}

FileResult<void> MemoryFileSystem::make_folder(const std::string& path, uint32_t mode) {
  note("folder " + path);
  if (!is_inner_path(path)) return fail(FileProblem::bad_path);
  if (const auto above = find(std::string(before_last(path, '/'))); !above)
    return fail(above.error());
  if (const auto old = find(path)) {
    if (old->kind == FileKind::folder) return {};
    return fail(old->kind == FileKind::link ? FileProblem::link : FileProblem::missing);
  }
  nodes_[path] = Node{FileKind::folder, {}, mode};
  return {};
}

FileResult<void> MemoryFileSystem::sync_folder(const std::string& folder) {
  note("sync folder " + folder);
  const auto node = find(folder);
  if (!node) return fail(node.error());
  return {};
}

}  // namespace keyless
