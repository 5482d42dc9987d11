#include "source/tree_files.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/blob_hash.h"
#include "base/real_file_system.h"
#include "base/text.h"
#include "source/git.h"

namespace keyless {
namespace {

// More than this is not worth waiting for: the dialogue is ended and begun anew.
constexpr size_t most_dropped = 64U << 20U;

}  // namespace

Result<std::unique_ptr<TreeFiles>> TreeFiles::open(const Root& root, Tree tree) {
  auto disk = RealFileSystem::open(root.folder);
  if (!disk) return fail(disk.error());
  auto git = git_process({root.work_tree, root.folder}, {"cat-file", "--batch"});
  if (!git) return fail(git.error());
  return std::unique_ptr<TreeFiles>(
      new TreeFiles(std::move(*disk), std::move(tree), std::move(*git)));
}

FileResult<std::string_view> TreeFiles::read_into(const std::string& path, const ReadLimits& limits,
                                                  ReadBuffer& buffer) const {
  if (!is_inner_path(path)) return fail(FileProblem::bad_path);
  const TreeEntry* entry = find_entry(tree_, path);
  if (entry == nullptr) {
    const auto what = stat(path);
    return fail(what ? FileProblem::not_regular : what.error());
  }
  if (entry->kind == TreeKind::link) return fail(FileProblem::link);
  if (entry->kind == TreeKind::submodule) return fail(FileProblem::not_regular);
  const auto bytes = disk_->read_into(path, limits, buffer);
  if (trusted_.contains(path)) return bytes;
  if (bytes && is_named(*bytes, entry->blob)) return bytes;
  return ask(entry->blob, limits, buffer);
}

FileResult<std::string_view> TreeFiles::ask(const std::string& blob, const ReadLimits& limits,
                                            ReadBuffer& buffer) const {
  const std::lock_guard lock(mutex_);
  if (dialogue_ == nullptr) {
    auto started = Dialogue::start(git_);
    if (!started) return fail(FileProblem::io_error);
    dialogue_ = std::move(*started);
  }
  return take_answer(blob, limits, buffer);
}

// "NAME TYPE SIZE", the bytes, a line end. Whatever goes wrong ends the dialogue, since nobody
// knows where in an answer it stands.
FileResult<std::string_view> TreeFiles::take_answer(const std::string& blob,
                                                    const ReadLimits& limits,
                                                    ReadBuffer& buffer) const {
  const auto lost = [&](FileProblem problem) {
    dialogue_.reset();
    return fail(problem);
  };
  std::string line;
  if (!dialogue_->say(blob + "\n") || !dialogue_->hear_line(line))
    return lost(FileProblem::io_error);
  if (line.ends_with(" missing")) return fail(FileProblem::missing);
  const std::string_view digits = after_last(line, ' ');
  size_t size = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
  if (error != std::errc() || end != digits.data() + digits.size())
    return lost(FileProblem::io_error);

  const size_t head = std::min(size, head_size);
  buffer.reserve(head);
  if (!dialogue_->hear(buffer.data(), head)) return lost(FileProblem::io_error);
  std::optional<FileProblem> refused;
  if (limits.accept_head != nullptr && !limits.accept_head({buffer.data(), head}))
    refused = FileProblem::rejected;
  else if (size > limits.cap)
    refused = FileProblem::too_large;
  if (refused && size - head > most_dropped) return lost(*refused);

  char newline = 0;
  if (refused) {
    std::array<char, 16U << 10U> dropped;  // filled by hear
    for (size_t left = size - head; left > 0;) {
      const size_t count = std::min(left, dropped.size());
      if (!dialogue_->hear(dropped.data(), count)) return lost(FileProblem::io_error);
      left -= count;
    }
  } else {
    buffer.reserve(size);
    if (!dialogue_->hear(buffer.data() + head, size - head)) return lost(FileProblem::io_error);
  }
  if (!dialogue_->hear(&newline, 1) || newline != '\n') return lost(FileProblem::io_error);
  if (refused) return fail(*refused);
  return std::string_view(buffer.data(), size);
}

FileResult<FileStat> TreeFiles::stat(const std::string& path) const {
  if (!path.empty() && !is_inner_path(path)) return fail(FileProblem::bad_path);
  if (const TreeEntry* entry = find_entry(tree_, path)) {
    const FileKind kind = entry->kind == TreeKind::file   ? FileKind::regular
                          : entry->kind == TreeKind::link ? FileKind::link
                                                          : FileKind::folder;
    return FileStat{kind, 0, 0644};
  }
  const auto inside = list(path);
  if (!inside) return fail(inside.error());
  return FileStat{FileKind::folder, 0, 0755};
}

FileResult<std::vector<FolderEntry>> TreeFiles::list(const std::string& folder) const {
  if (!folder.empty() && !is_inner_path(folder)) return fail(FileProblem::bad_path);
  const std::string prefix = folder.empty() ? "" : folder + "/";
  std::vector<FolderEntry> entries;
  for (auto at = std::ranges::lower_bound(tree_, prefix, {}, &TreeEntry::path);
       at != tree_.end() && at->path.starts_with(prefix); ++at) {
    const std::string_view rest = std::string_view(at->path).substr(prefix.size());
    const size_t slash = rest.find('/');
    const std::string name(rest.substr(0, slash));
    if (!entries.empty() && entries.back().name == name) continue;
    const FileKind kind = slash != std::string_view::npos || at->kind == TreeKind::submodule
                              ? FileKind::folder
                          : at->kind == TreeKind::link ? FileKind::link
                                                       : FileKind::regular;
    entries.push_back({name, kind});
  }
  if (entries.empty() && !folder.empty()) return fail(FileProblem::missing);
  std::ranges::stable_sort(entries, {}, &FolderEntry::name);
  return entries;
}

FileResult<void> TreeFiles::create_file(const std::string& /*path*/, std::string_view /*bytes*/,
                                        uint32_t /*mode*/) {
  return fail(FileProblem::denied);
}
FileResult<void> TreeFiles::sync_file(const std::string& /*path*/) {
  return fail(FileProblem::denied);
}
FileResult<void> TreeFiles::rename_file(const std::string& /*from*/, const std::string& /*to*/) {
  return fail(FileProblem::denied);
}
FileResult<void> TreeFiles::remove_file(const std::string& /*path*/) {
  return fail(FileProblem::denied);
}
FileResult<void> TreeFiles::make_folder(const std::string& /*path*/, uint32_t /*mode*/) {
  return fail(FileProblem::denied);
}
FileResult<void> TreeFiles::sync_folder(const std::string& /*folder*/) {
  return fail(FileProblem::denied);
}

}  // namespace keyless
