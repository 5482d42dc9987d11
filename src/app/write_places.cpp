#include "app/write_places.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/hash.h"
#include "base/real_file_system.h"
#include "base/text.h"
#include "source/git.h"

namespace keyless {

namespace {

constexpr std::string_view bundles_folder = "keyless/undo";

// A store that several roots share keeps their bundles apart.
std::string folder_for(std::string_view name) {
  constexpr size_t digits = 16;
  return blake2b_hex(name).substr(0, digits);
}

struct StorePlace {
  std::string base;    // absolute, exists
  std::string folder;  // below it
};

Result<StorePlace> beside_git(const Root& root) {
  auto folder = ask_git({root.work_tree, root.folder}, {"rev-parse", "--absolute-git-dir"});
  if (!folder) return fail(folder.error());
  while (folder->ends_with('\n')) folder->pop_back();
  StorePlace place{std::move(*folder), std::string(bundles_folder)};
  // A root below the top shares Git's folder with others.
  if (root.folder != root.work_tree)
    place.folder += "/" + folder_for(root.folder.substr(root.work_tree.size()));
  return place;
}

Result<StorePlace> in_state_folder(const Root& root) {
  const char* state = std::getenv("XDG_STATE_HOME");
  const char* home = std::getenv("HOME");
  std::string base = state != nullptr && *state == '/' ? state : "";
  if (base.empty() && home != nullptr && *home == '/') base = std::string(home) + "/.local/state";
  if (base.empty())
    return fail("there is no place for what undo needs", "name a folder with --undo-dir");
  std::error_code error;
  std::filesystem::create_directories(base, error);  // opening it says what is wrong
  return StorePlace{std::move(base), std::string(bundles_folder) + "/" + folder_for(root.folder)};
}

Result<StorePlace> store_of(const Root& root, const std::string& undo_dir) {
  if (!undo_dir.empty()) return StorePlace{undo_dir, folder_for(root.folder)};
  return root.git ? beside_git(root) : in_state_folder(root);
}

}  // namespace

Result<FileSystem*> WritePlaces::keep(const std::string& folder) {
  auto files = RealFileSystem::open(folder);
  if (!files) return fail(files.error());
  files_.push_back(std::move(*files));
  return files_.back().get();
}

Result<WritePlaces> WritePlaces::open(const std::vector<Root>& roots, const std::string& undo_dir) {
  WritePlaces places;
  for (const Root& root : roots) {
    const auto files = places.keep(root.folder);
    if (!files) return fail(files.error());
    const auto store = store_of(root, undo_dir);
    if (!store) return fail(store.error());
    const auto bundles = places.keep(store->base);
    if (!bundles) return fail(bundles.error());
    places.roots_.push_back(
        {roots.size() > 1 ? root.id : "", *files,
         UndoStore{*bundles, store->folder, store->base + "/" + store->folder}});
  }
  return places;
}

}  // namespace keyless
