// Small text files of the user's: configuration, baseline, output.
// Inside a root no link is followed; a path given on the command line is the user's own choice.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/file_system.h"
#include "base/result.h"

namespace keyless {

// `name` in `folder` (absolute); nothing when there is no such file. At most 16 MB.
Result<std::optional<std::string>> read_text_file(const std::string& folder,
                                                  const std::string& name);
Result<std::optional<std::string>> read_text_file(const FileSystem& files, const std::string& name);
// Replaces or creates `name` in `folder`; a crash leaves the old bytes or the new ones.
Result<void> write_text_file(const std::string& folder, const std::string& name,
                             std::string_view text);

// A path as given on the command line; at most `most` bytes.
inline constexpr size_t most_given_bytes = 16U << 20U;
Result<std::string> read_given_file(const std::string& path, size_t most = most_given_bytes);
Result<void> write_given_file(const std::string& path, std::string_view text);
// As write_given_file, with nobody but the owner able to read a file that holds it.
Result<void> write_private_file(const std::string& path, std::string_view text);

}  // namespace keyless
