// The files of one root: what Git tracks and does not ignore, or every file where there is no Git.
// Promises entries sorted by path, each once; what is left out is counted by reason.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/glob.h"
#include "base/result.h"
#include "source/root.h"
#include "source/skip_reason.h"

namespace keyless {

struct FileEntry {
  std::string path;     // root-relative, '/'
  bool tracked = true;  // false: untracked, or an ignored file of local settings
  uint64_t size = 0;    // bytes; 0 until the file is read (listing asks the disk for no sizes)
  std::string blob;     // what Git calls its bytes, where it was asked; "" for an untracked file
};

struct FileSet {
  std::vector<FileEntry> entries;
  SkipCounts skipped;
  std::vector<Diagnostic> notes;  // e.g. Git could not be asked and the folder was walked instead
};

// Regular files only; links, submodules and nested repositories are counted, not entered. Entries
// may be gone from the work tree: reading them says `missing`. Excluded are paths that `exclude`
// covers. Fails only if the root itself cannot be opened.
// `threads` only makes it quicker.
Result<FileSet> list_files(const Root& root, const GlobSet& exclude, unsigned threads = 1);

}  // namespace keyless
