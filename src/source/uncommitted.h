// The tracked files of a root that differ from the last commit, in the index or on disk.
// Promises to ask Git only for names: none of the filters a repository configures is run.
#pragma once

#include <string>
#include <vector>

#include "base/file_system.h"
#include "base/result.h"
#include "source/root.h"

namespace keyless {

// Root-relative paths, sorted; empty outside Git. CRLF for LF is no difference. Binary files, which
// filters such as LFS rewrite, count only when they are staged or gone. Fails when Git does.
Result<std::vector<std::string>> uncommitted_files(const Root& root, const FileSystem& files);

}  // namespace keyless
