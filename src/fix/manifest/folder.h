// Folder: which folders lie above a path; root-relative, '/' between the parts, "" is the root.
// Compares text only.
#pragma once

#include <string_view>

namespace keyless::manifest {

inline bool is_within(std::string_view path, std::string_view folder) {
  return folder.empty() || path == folder ||
         (path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/');
}

}  // namespace keyless::manifest
