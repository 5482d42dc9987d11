#include <fmt/format.h>

#include "app/commands.h"
#include "app/console.h"
#include "app/write_places.h"
#include "fix/undo.h"
#include "output/printable.h"

namespace keyless {

ExitCode run_undo_command(const Options& options) {
  const auto roots = resolve_roots(options.paths);
  if (!roots) return give_up({roots.error()});
  const auto places = WritePlaces::open(*roots, options.undo_dir);
  if (!places) return give_up({places.error()});
  for (const WriteRoot& root : places->roots()) {
    const auto undone = undo_last_write(root);
    if (!undone) return give_up({undone.error()});
    const std::string name = root.shown.empty() ? "" : printable(root.shown) + ": ";
    fmt::print("{}{} {} as before the last write\n", name, undone->files,
               undone->files == 1 ? "file is" : "files are");
    if (!undone->left_behind.empty())
      complain(Diagnostic{Problem::note, undone->left_behind, 0, "could not be removed", {}});
  }
  return ExitCode::clean;
}

}  // namespace keyless
