#include "fix/crashing_file_system.h"

#include <cstring>

#include "base/text.h"

namespace keyless {

namespace {

std::string folder_of(const std::string& path) {
  return std::string(before_last(path, '/'));
}

}  // namespace

void CrashingFileSystem::add(const std::string& path, std::string bytes, uint32_t mode) {
  now_[path] = std::make_shared<File>(File{std::move(bytes), mode, true});
  on_disk_[path] = now_[path];
  for (std::string folder = folder_of(path); !folder.empty(); folder = folder_of(folder)) {
    folders_now_.insert(folder);
    folders_on_disk_.insert(folder);
  }
}

void CrashingFileSystem::trouble(Trouble kind, size_t call) {
  kind_ = kind;
  at_ = call;
  calls_ = 0;
}

bool CrashingFileSystem::fails() const {
  ++calls_;
  return (kind_ == Trouble::one_call && calls_ == at_) ||
         (kind_ == Trouble::from_call && calls_ >= at_);
}

bool CrashingFileSystem::has_folder(const std::string& folder) const {
  return folders_now_.contains(folder);
}

void CrashingFileSystem::cut_power(Left left) {
  kind_ = Trouble::none;
  if (left == Left::nothing) {
    now_ = on_disk_;
    folders_now_ = folders_on_disk_;
  }
  Files kept;
  for (const auto& [path, file] : now_) {
    if (!folders_now_.contains(folder_of(path))) continue;
    auto copy = std::make_shared<File>(*file);
    if (!copy->synced && left != Left::everything) copy->bytes.resize(copy->bytes.size() / 2);
    copy->synced = true;
    kept[path] = copy;
  }
  now_ = kept;
  on_disk_ = kept;
  folders_on_disk_ = folders_now_;
}

std::map<std::string, std::string> CrashingFileSystem::bytes() const {
  std::map<std::string, std::string> all;
  for (const auto& [path, file] : now_) all[path] = file->bytes;
  return all;
}

FileResult<std::string_view> CrashingFileSystem::read_into(const std::string& path,
                                                           const ReadLimits& limits,
                                                           ReadBuffer& buffer) const {
  if (fails()) return fail(FileProblem::io_error);
  const auto file = now_.find(path);
  if (file == now_.end()) return fail(FileProblem::missing);
  const std::string& bytes = file->second->bytes;
  if (bytes.size() > limits.cap) return fail(FileProblem::too_large);
  buffer.reserve(bytes.size() + 1);
  std::memcpy(buffer.data(), bytes.c_str(), bytes.size());
  return std::string_view(buffer.data(), bytes.size());
}

FileResult<std::vector<FolderEntry>> CrashingFileSystem::list(const std::string& folder) const {
  if (fails()) return fail(FileProblem::io_error);
  if (!has_folder(folder)) return fail(FileProblem::missing);
  std::vector<FolderEntry> entries;
  for (const auto& [path, file] : now_)
    if (folder_of(path) == folder)
      entries.push_back({std::string(after_last(path, '/')), FileKind::regular});
  return entries;
}

FileResult<FileStat> CrashingFileSystem::stat(const std::string& path) const {
  if (fails()) return fail(FileProblem::io_error);
  if (has_folder(path)) return FileStat{FileKind::folder, 0, 0755, 0, 0, 0, 0};
  const auto file = now_.find(path);
  if (file == now_.end()) return fail(FileProblem::missing);
  return FileStat{FileKind::regular, file->second->bytes.size(), file->second->mode, 0, 0, 0, 0};
}

FileResult<void> CrashingFileSystem::create_file(const std::string& path, std::string_view bytes,
                                                 uint32_t mode) {
  if (!has_folder(folder_of(path))) return fail(FileProblem::missing);
  if (now_.contains(path)) return fail(FileProblem::exists);
  const bool failed = fails();
  // A write that fails has written something all the same; the caller has to take it away.
  const std::string_view written = failed ? bytes.substr(0, bytes.size() / 2) : bytes;
  now_[path] = std::make_shared<File>(File{std::string(written), mode, false});
  if (failed) return fail(FileProblem::io_error);
  return {};
}

FileResult<void> CrashingFileSystem::sync_file(const std::string& path) {
  if (fails()) return fail(FileProblem::io_error);
  const auto file = now_.find(path);
  if (file == now_.end()) return fail(FileProblem::missing);
  file->second->synced = true;
  return {};
}

FileResult<void> CrashingFileSystem::rename_file(const std::string& from, const std::string& to) {
  if (fails()) return fail(FileProblem::io_error);
  const auto file = now_.find(from);
  if (file == now_.end()) return fail(FileProblem::missing);
  now_[to] = file->second;
  now_.erase(from);
  return {};
}

FileResult<void> CrashingFileSystem::remove_file(const std::string& path) {
  if (fails()) return fail(FileProblem::io_error);
  if (now_.erase(path) == 0) return fail(FileProblem::missing);
  return {};
}

FileResult<void> CrashingFileSystem::make_folder(const std::string& path, uint32_t /*mode*/) {
  if (fails()) return fail(FileProblem::io_error);
  if (!has_folder(folder_of(path))) return fail(FileProblem::missing);
  folders_now_.insert(path);
  return {};
}

FileResult<void> CrashingFileSystem::sync_folder(const std::string& folder) {
  // The names may be on the disk although the call says they are not.
  if (!has_folder(folder)) return fail(FileProblem::missing);
  for (auto file = on_disk_.begin(); file != on_disk_.end();)
    file = folder_of(file->first) == folder ? on_disk_.erase(file) : std::next(file);
  for (const auto& [path, file] : now_)
    if (folder_of(path) == folder) on_disk_[path] = file;
  for (const std::string& inner : folders_now_)
    if (!inner.empty() && folder_of(inner) == folder) folders_on_disk_.insert(inner);
  if (fails()) return fail(FileProblem::io_error);
  return {};
}

}  // namespace keyless
