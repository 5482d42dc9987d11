// A file that fix writes or takes back: how it is read and how messages name it.
// Promises that only regular files below the root, no links, are read.
#pragma once

#include <string>
#include <string_view>

#include "base/diagnostic.h"
#include "base/file_system.h"

namespace keyless {

FileResult<std::string> read_target(const FileSystem& files, const std::string& path);

// An error about `path` of the root that is shown as `root` ("" for the only one).
Diagnostic about_target(std::string_view root, const std::string& path, std::string message,
                        std::string mend);

// Removes what a crash left beside the file at `path`.
void remove_left_overs(FileSystem& files, const std::string& path);

}  // namespace keyless
