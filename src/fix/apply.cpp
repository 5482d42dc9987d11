#include "fix/apply.h"

#include <map>
#include <optional>
#include <utility>

#include "base/text.h"
#include "fix/target.h"

namespace keyless {

namespace {

using Bundles = std::map<uint32_t, std::string>;  // root -> path in its store

Result<void> all_as_scanned(const std::vector<FileChange>& changes,
                            const std::vector<WriteRoot>& roots, bool compare) {
  for (const FileChange& change : changes) {
    const WriteRoot& root = roots[change.root];
    const auto bytes = read_target(*root.files, change.path);
    if (!bytes)
      return fail(about_target(root.shown, change.path,
                               std::string(to_text(bytes.error())) + "; nothing was written", {}));
    if (compare && *bytes != change.before)
      return fail(about_target(root.shown, change.path,
                               "has changed since it was scanned; nothing was written",
                               "run `keyless fix` again"));
  }
  return {};
}

Result<void> add_bundles(const std::vector<FileChange>& changes,
                         const std::vector<WriteRoot>& roots, Bundles& bundles) {
  std::map<uint32_t, std::vector<UndoEntry>> entries;
  for (const FileChange& change : changes)
    entries[change.root].push_back({change.path, change.before, change.after});
  for (const auto& [root, group] : entries) {
    auto path = add_bundle(roots[root].undo, group);
    if (!path)
      return fail(about_target({}, roots[root].undo.shown,
                               "the undo bundle cannot be kept there: it " +
                                   std::string(to_text(path.error())) + "; nothing was written",
                               "name another folder with --undo-dir"));
    bundles[root] = std::move(*path);
  }
  return {};
}

void remove_bundles(const std::vector<WriteRoot>& roots, const Bundles& bundles) {
  for (const auto& [root, path] : bundles) (void)roots[root].undo.files->remove_file(path);
}

// The first `count` files as they were; false when one could not be put back. A file that someone
// else has changed meanwhile is not ours to put back.
bool restore(const std::vector<FileChange>& changes, size_t count,
             const std::vector<WriteRoot>& roots) {
  bool whole = true;
  for (size_t i = 0; i < count; ++i) {
    FileSystem& files = *roots[changes[i].root].files;
    const auto bytes = read_target(files, changes[i].path);
    if (bytes && *bytes == changes[i].before) continue;
    whole = bytes && *bytes == changes[i].after &&
            files.write_atomic(changes[i].path, changes[i].before, 0).has_value() && whole;
  }
  return whole;
}

// Where writing ended before its time.
struct Stop {
  size_t touched = 0;  // files that may have new bytes: the first so many
  const FileChange* change = nullptr;
  std::string why;
};

std::optional<Stop> write_all(const std::vector<FileChange>& changes,
                              const std::vector<WriteRoot>& roots, bool compare) {
  for (size_t i = 0; i < changes.size(); ++i) {
    const FileChange& change = changes[i];
    FileSystem& files = *roots[change.root].files;
    // Once more, just before: an editor may have saved since the others were written.
    const auto bytes = read_target(files, change.path);
    if (!bytes) return Stop{i, &change, std::string(to_text(bytes.error()))};
    if (compare && *bytes != change.before)
      return Stop{i, &change, "has changed since it was scanned"};
    const auto written = files.write_atomic(change.path, change.after, 0);
    // The failed one counts too: its rename may have worked.
    if (!written) return Stop{i + 1, &change, std::string(to_text(written.error()))};
  }
  return std::nullopt;
}

Diagnostic put_back(const Stop& stop, const std::vector<FileChange>& changes,
                    const std::vector<WriteRoot>& roots, const Bundles& bundles) {
  const std::string& root = roots[stop.change->root].shown;
  const bool whole = restore(changes, stop.touched, roots);
  for (const FileChange& change : changes)
    remove_left_overs(*roots[change.root].files, change.path);
  if (!whole)
    return about_target(root, stop.change->path,
                        stop.why + "; some files are written and could not be put back",
                        "mend that and run `keyless undo`");
  remove_bundles(roots, bundles);
  return about_target(root, stop.change->path, stop.why + "; nothing stays written", {});
}

}  // namespace

std::vector<FileChange> files_to_write(const FixPlan& plan) {
  std::map<std::pair<uint32_t, std::string>, FileChange> files;
  for (const StageChange& stage : plan.stages) {
    if (!stage.blocked.empty()) break;
    for (const FileChange& file : stage.files) {
      const auto [place, is_new] = files.try_emplace({file.root, file.path}, file);
      if (!is_new) place->second.after = file.after;
    }
  }
  std::vector<FileChange> changes;
  for (auto& [key, file] : files)
    if (file.before != file.after) changes.push_back(std::move(file));
  return changes;
}

Result<Applied> apply_changes(const std::vector<FileChange>& changes,
                              const std::vector<WriteRoot>& roots, const Safeguards& safeguards) {
  const bool compare = safeguards.on(Safeguard::unchanged);
  if (auto same = all_as_scanned(changes, roots, compare); !same) return fail(same.error());
  Bundles bundles;
  if (auto added = add_bundles(changes, roots, bundles); !added) {
    remove_bundles(roots, bundles);
    return fail(added.error());
  }
  if (const auto stop = write_all(changes, roots, compare))
    return fail(put_back(*stop, changes, roots, bundles));
  Applied applied;
  applied.files = changes.size();
  for (const auto& [root, path] : bundles) prune_bundles(roots[root].undo);
  for (const auto& [root, path] : bundles)
    applied.bundles.push_back(roots[root].undo.shown + "/" + std::string(after_last(path, '/')));
  return applied;
}

}  // namespace keyless
