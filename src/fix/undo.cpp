#include "fix/undo.h"

#include <utility>
#include <vector>

#include "base/text.h"
#include "fix/target.h"

namespace keyless {

namespace {

Result<std::vector<UndoEntry>> read_last(const WriteRoot& root, std::string& path) {
  auto last = last_bundle(root.undo);
  const auto unreadable = [&](FileProblem problem) {
    return fail(about_target({}, root.undo.shown, std::string(to_text(problem)), {}));
  };
  if (!last) return unreadable(last.error());
  if (last->empty())
    return fail(about_target({}, root.undo.shown, "there is no write to take back", {}));
  path = std::move(*last);
  const auto bytes = root.undo.files->read(path, ReadLimits{bundle_cap, nullptr});
  if (!bytes) return unreadable(bytes.error());
  auto entries = read_bundle(*bytes);
  if (!entries)
    return fail(about_target({}, root.undo.shown + "/" + std::string(after_last(path, '/')),
                             entries.error().message, entries.error().mend));
  return entries;
}

// The entries whose file has the written bytes; an error when one has others than old or written.
Result<std::vector<const UndoEntry*>> written_ones(const WriteRoot& root,
                                                   const std::vector<UndoEntry>& entries) {
  std::vector<const UndoEntry*> written;
  for (const UndoEntry& entry : entries) {
    const auto bytes = read_target(*root.files, entry.path);
    if (!bytes)
      return fail(about_target(root.shown, entry.path,
                               std::string(to_text(bytes.error())) + "; nothing was taken back",
                               {}));
    if (*bytes == entry.before) continue;
    if (*bytes != entry.after)
      return fail(about_target(root.shown, entry.path,
                               "has changed since it was written; nothing was taken back",
                               "take its changes out first, or undo by hand"));
    written.push_back(&entry);
  }
  return written;
}

}  // namespace

Result<Undone> undo_last_write(const WriteRoot& root) {
  std::string bundle;
  const auto entries = read_last(root, bundle);
  if (!entries) return fail(entries.error());
  const auto written = written_ones(root, *entries);
  if (!written) return fail(written.error());
  for (const UndoEntry* entry : *written) {
    const auto restored = root.files->write_atomic(entry->path, entry->before, 0);
    if (!restored)
      return fail(about_target(root.shown, entry->path,
                               std::string(to_text(restored.error())) + "; not all was taken back",
                               "mend that and run `keyless undo` again"));
  }
  for (const UndoEntry& entry : *entries) remove_left_overs(*root.files, entry.path);
  Undone undone;
  undone.files = written->size();
  const std::string folder(before_last(bundle, '/'));
  const bool removed = root.undo.files->remove_file(bundle) && root.undo.files->sync_folder(folder);
  if (!removed) undone.left_behind = root.undo.shown + "/" + std::string(after_last(bundle, '/'));
  return undone;
}

}  // namespace keyless
