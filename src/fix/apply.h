// Writes a plan's changes to the work tree, all files or none, and can be taken back by undo.
// Promises: a crash at any moment leaves each file old or new, with the undo bundle on disk first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/result.h"
#include "fix/change.h"
#include "fix/safeguards.h"
#include "fix/undo_bundle.h"

namespace keyless {

// One root as a place to write to.
struct WriteRoot {
  std::string shown;            // how messages name it; "" when it is the only one
  FileSystem* files = nullptr;  // not owned
  UndoStore undo;
};

// The files of all stages up to the first blocked one, each once, from the bytes before its first
// stage to those after its last; sorted by root and path. Files that end as they began are left
// out.
std::vector<FileChange> files_to_write(const FixPlan& plan);

struct Applied {
  size_t files = 0;
  std::vector<std::string> bundles;  // as the user knows them, one per root that changed
};

// `roots` are those of the plan. Fails, with nothing changed, when a target is no longer the
// regular file with the bytes that were scanned; when a write fails the files written so far are
// put back, and the message says so.
Result<Applied> apply_changes(const std::vector<FileChange>& changes,
                              const std::vector<WriteRoot>& roots,
                              const Safeguards& safeguards = {});

}  // namespace keyless
