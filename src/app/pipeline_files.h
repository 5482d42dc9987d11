// Which files say how the check is run: pipelines of CI, hooks, and what pins a version.
// Plain questions about a path; nothing is read.
#pragma once

#include <string_view>

namespace keyless {

// A YAML file of GitHub Actions, GitLab, Azure Pipelines or pre-commit.
bool is_pipeline_file(std::string_view path);
// One of them, or a manifest that may name a version of keyless.
bool may_pin_version(std::string_view path);
// True when the text speaks of keyless, as a word of its own.
bool speaks_of_keyless(std::string_view text);

}  // namespace keyless
