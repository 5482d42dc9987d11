// UndoBundle: the bytes of a group of files before and after one write, as one private file.
// Promises that what is read back is what was written, or an error; never half of it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "base/result.h"

namespace keyless {

struct UndoEntry {
  std::string path;    // root-relative, '/'
  std::string before;  // as found
  std::string after;   // as written
};

// A bundle of these bytes; it starts with words that say what it is.
std::string write_bundle(const std::vector<UndoEntry>& entries);
Result<std::vector<UndoEntry>> read_bundle(std::string_view bytes);

// Where one root's bundles lie: below `folder` of `files`, numbered, the highest is the last.
struct UndoStore {
  FileSystem* files = nullptr;  // not owned
  std::string folder;           // relative to `files`; made when it is not there
  std::string shown;            // the folder as the user knows it
};

// The path of the last bundle in `files`; "" when there is none.
FileResult<std::string> last_bundle(const UndoStore& store);
// Makes the folders, mode 0700, and writes a new last bundle, mode 0600, that a crash cannot take.
FileResult<std::string> add_bundle(const UndoStore& store, const std::vector<UndoEntry>& entries);

// Removes all but the newest `bundles_kept`; what cannot be removed stays, without an error.
void prune_bundles(const UndoStore& store);

inline constexpr size_t bundles_kept = 20;

// Bytes that a bundle may have.
inline constexpr size_t bundle_cap = size_t{1} << 30U;

}  // namespace keyless
