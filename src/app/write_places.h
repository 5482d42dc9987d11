// WritePlaces: where `fix --write` and `undo` write, root by root: the files and the undo bundles.
// Promises open folders that stay what they were; the folder of bundles is made when first used.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/result.h"
#include "fix/apply.h"
#include "source/root.h"

namespace keyless {

class WritePlaces {
 public:
  // Bundles go to `undo_dir` when it is given; else beside Git's own files; else, without Git, to
  // the user's folder for state. Fails when a folder cannot be entered.
  static Result<WritePlaces> open(const std::vector<Root>& roots, const std::string& undo_dir);

  // Parallel to the roots; live as long as this.
  [[nodiscard]] const std::vector<WriteRoot>& roots() const { return roots_; }

 private:
  Result<FileSystem*> keep(const std::string& folder);

  std::vector<std::unique_ptr<FileSystem>> files_;
  std::vector<WriteRoot> roots_;
};

}  // namespace keyless
