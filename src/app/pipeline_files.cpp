#include "app/pipeline_files.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace keyless {

namespace {

// table: folders and names, with `*` for any run of characters
constexpr std::array<std::string_view, 11> pipelines{".github/workflows/*",
                                                     ".github/actions/*",
                                                     ".gitlab-ci*",
                                                     ".gitlab/*",
                                                     "azure-pipelines*",
                                                     ".azure-pipelines/*",
                                                     ".azuredevops/*",
                                                     "pipelines/*",
                                                     ".pre-commit-config.yaml",
                                                     "ci/*",
                                                     ".ci/*"};
constexpr std::array<std::string_view, 9> manifests{
    "requirements*.txt", "pyproject.toml", "package.json",  "Dockerfile*", ".tool-versions",
    "mise.toml",         ".mise.toml",     "compose*.y*ml", "*.Dockerfile"};

template <class Table>
bool fits(const Table& table, std::string_view text) {
  return std::ranges::any_of(
      table, [&](std::string_view pattern) { return wildcard_matches(pattern, text); });
}

}  // namespace

bool is_pipeline_file(std::string_view path) {
  if (!path.ends_with(".yml") && !path.ends_with(".yaml")) return false;
  // A template that lies at the root, as GitLab and Azure DevOps take them.
  if (wildcard_matches("keyless.y*ml", path)) return true;
  return fits(pipelines, path) || fits(pipelines, after_last(path, '/'));
}

bool may_pin_version(std::string_view path) {
  return is_pipeline_file(path) || fits(manifests, after_last(path, '/'));
}

bool speaks_of_keyless(std::string_view text) {
  const std::string lower = to_lower(text);
  constexpr std::string_view name = "keyless";
  for (size_t at = lower.find(name); at != std::string::npos; at = lower.find(name, at + 1))
    if (at == 0 || !is_alnum(lower[at - 1])) return true;
  return false;
}

}  // namespace keyless
