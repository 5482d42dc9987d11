#include "fix/target.h"

#include <utility>

#include "base/text.h"

namespace keyless {

namespace {

// More than any file of a file set may have.
constexpr size_t most_bytes = size_t{64} << 20U;

}  // namespace

FileResult<std::string> read_target(const FileSystem& files, const std::string& path) {
  return files.read(path, ReadLimits{most_bytes, nullptr});
}

Diagnostic about_target(std::string_view root, const std::string& path, std::string message,
                        std::string mend) {
  const std::string shown = root.empty() ? path : std::string(root) + "/" + path;
  return Diagnostic{Problem::bad_input, shown, 0, std::move(message), std::move(mend)};
}

void remove_left_overs(FileSystem& files, const std::string& path) {
  const std::string folder(before_last(path, '/'));
  const auto entries = files.list(folder);
  if (!entries) return;
  for (const FolderEntry& entry : *entries) {
    if (entry.kind != FileKind::regular || !is_left_over(entry.name)) continue;
    (void)files.remove_file(folder.empty() ? entry.name : folder + "/" + entry.name);
  }
}

}  // namespace keyless
