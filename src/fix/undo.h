// Takes the last write of a root back: every byte as it was, or nothing and one clear line.
// Promises that a crash or failure in the middle can be mended by undoing again.
#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"
#include "fix/apply.h"

namespace keyless {

struct Undone {
  size_t files = 0;         // put back; those that were never written are not counted
  std::string left_behind;  // the bundle that could not be removed; "" normally
};

// Fails with nothing changed when there is no bundle, when it is damaged, or when a file is neither
// as it was written nor as it was before.
Result<Undone> undo_last_write(const WriteRoot& root);

}  // namespace keyless
