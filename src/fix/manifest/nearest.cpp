// Which manifest answers for a source file.

#include <algorithm>

#include "base/text.h"
#include "fix/manifest/declarations.h"
#include "fix/manifest/folder.h"

namespace keyless {
namespace {

// The folder a manifest answers for: requirements/base.txt speaks for the folder above.
std::string_view folder_of(std::string_view path) {
  std::string_view folder = before_last(path, '/');
  if (after_last(folder, '/') == "requirements") folder = before_last(folder, '/');
  return folder;
}

bool is_list_for_tests(std::string_view name) {
  return contains_ignoring_case(name, "dev") || contains_ignoring_case(name, "test") ||
         contains_ignoring_case(name, "doc") || contains_ignoring_case(name, "lint");
}

// Lower is likelier to be the one people edit.
int order(std::string_view path, ManifestKind kind) {
  switch (kind) {
    case ManifestKind::package_json:
    case ManifestKind::pyproject:
      return 0;
    case ManifestKind::pipfile:
      return 1;
    case ManifestKind::setup_cfg:
      return 2;
    case ManifestKind::requirements:
      break;
  }
  const std::string_view name = after_last(path, '/');
  if (is_list_for_tests(name)) return 6;
  const bool plain = name.starts_with("requirements.") || name.starts_with("base.");
  return (name.ends_with(".in") ? 3 : 4) + (plain ? 0 : 1);
}

bool names(const manifest::Declarations& found, std::string_view package) {
  package = package.substr(0, package.find('['));
  for (const manifest::Group& group : found.groups)
    for (const manifest::Item& item : group.items)
      if (manifest::same_package(item.name, package, group.dialect)) return true;
  return false;
}

struct Candidate {
  size_t index;
  std::string_view folder;
  int order;
  bool declares;
};

}  // namespace

std::optional<NearestManifest> nearest_manifest(std::span<const ManifestFile> manifests,
                                                std::string_view from_path,
                                                std::string_view language,
                                                std::string_view beside) {
  const bool python = language == "python";
  std::vector<Candidate> candidates;
  for (size_t i = 0; i < manifests.size(); ++i) {
    const auto kind = manifest_kind(manifests[i].path);
    if (!kind || (*kind == ManifestKind::package_json) == python) continue;
    const std::string_view folder = folder_of(manifests[i].path);
    if (!manifest::is_within(before_last(from_path, '/'), folder)) continue;
    const manifest::Declarations found = manifest::read_declarations(manifests[i].text, *kind);
    // A pyproject.toml of tools only declares nothing and takes nothing.
    if (found.groups.empty() && python) continue;
    candidates.push_back({i, folder, order(manifests[i].path, *kind), names(found, beside)});
  }
  if (candidates.empty()) return std::nullopt;
  std::sort(candidates.begin(), candidates.end(), [&](const Candidate& a, const Candidate& b) {
    if (a.declares != b.declares) return a.declares;
    if (a.folder.size() != b.folder.size()) return a.folder.size() > b.folder.size();
    if (a.order != b.order) return a.order < b.order;
    return manifests[a.index].path < manifests[b.index].path;
  });
  const Candidate& best = candidates.front();
  NearestManifest nearest{best.index, best.declares, {}};
  for (size_t i = 1; i < candidates.size(); ++i)
    if (best.declares && candidates[i].declares && candidates[i].folder == best.folder)
      nearest.also.push_back(candidates[i].index);
  return nearest;
}

}  // namespace keyless
