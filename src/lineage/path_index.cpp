#include "lineage/path_index.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace keyless {
namespace {

// table: files whose folder is a unit
constexpr std::array manifests{"pyproject.toml", "requirements.txt", "setup.py",  "Pipfile",
                               "package.json",   "go.mod",           "pom.xml",   "build.gradle",
                               "Cargo.toml",     "environment.yml",  "setup.cfg", "host.json"};
const std::vector<std::string_view> script_endings{
    "",     ".ts",  ".tsx",      ".js",        ".jsx",      ".mjs",       ".cjs",
    ".mts", ".cts", "/index.ts", "/index.tsx", "/index.js", "/index.jsx", "/index.mjs"};
const std::vector<std::string_view> python_endings{".py", "/__init__.py"};

std::string_view stem_of(std::string_view path) {
  std::string_view name = after_last(path, '/');
  const size_t dot = name.find('.', 1);
  return name.substr(0, dot);
}

}  // namespace

std::string_view folder_of(std::string_view path) {
  return before_last(path, '/');
}

PathIndex::PathIndex(std::string id, std::vector<std::string_view> paths)
    : id_(std::move(id)), paths_(std::move(paths)) {
  for (const std::string_view path : paths_) {
    known_.insert(path);
    const std::string_view name = after_last(path, '/');
    const bool manifest = std::find(manifests.begin(), manifests.end(), name) != manifests.end() ||
                          name.ends_with(".csproj");
    if (manifest) manifest_folders_.emplace(folder_of(path));
    by_name_.emplace(stem_of(path) == "__init__" || stem_of(path) == "index"
                         ? std::string(after_last(folder_of(path), '/'))
                         : std::string(stem_of(path)),
                     path);
  }
}

bool PathIndex::exists(std::string_view path) const {
  return known_.contains(path);
}

const std::string& PathIndex::unit_of(std::string_view path) const {
  const std::string folder(folder_of(path));
  if (const auto it = units_.find(folder); it != units_.end()) return it->second;
  std::string unit = folder;
  while (!unit.empty() && !manifest_folders_.contains(unit)) unit = folder_of(unit);
  return units_.emplace(folder, unit.empty() ? "." : unit).first->second;
}

std::string join_path(std::string_view folder, std::string_view relative) {
  std::vector<std::string_view> parts;
  for (const std::string_view text : {folder, relative})
    for (const std::string_view part : split(text, '/')) {
      if (part.empty() || part == ".") continue;
      if (part != "..") {
        parts.push_back(part);
      } else if (parts.empty()) {
        return {};
      } else {
        parts.pop_back();
      }
    }
  std::string path;
  for (const std::string_view part : parts) {
    if (!path.empty()) path += '/';
    path += part;
  }
  return path;
}

std::string PathIndex::first_existing(const std::string& stem,
                                      const std::vector<std::string_view>& endings) const {
  for (const std::string_view ending : endings) {
    std::string path = stem + std::string(ending);
    if (exists(path)) return path;
  }
  return {};
}

std::string PathIndex::python_module(std::string_view from, std::string_view module) const {
  std::string_view folder = folder_of(from);
  size_t dots = 0;
  while (dots < module.size() && module[dots] == '.') ++dots;
  std::string relative(module.substr(dots));
  std::replace(relative.begin(), relative.end(), '.', '/');
  if (dots > 0) {
    for (size_t i = 1; i < dots; ++i) folder = folder_of(folder);
    const std::string stem = join_path(folder, relative);
    if (relative.empty()) return first_existing(std::string(folder), {"/__init__.py"});
    return first_existing(stem, python_endings);
  }
  // Source folders are not declared: every folder upward from the importing file is tried.
  for (std::string_view base = folder;; base = folder_of(base)) {
    const std::string stem = base.empty() ? relative : std::string(base) + "/" + relative;
    if (std::string path = first_existing(stem, python_endings); !path.empty()) return path;
    if (base.empty()) break;
  }
  // A package below another folder ("src"): unique by its full dotted end.
  std::string best;
  const auto [first, last] = by_name_.equal_range(std::string(after_last(relative, '/')));
  for (auto it = first; it != last; ++it)
    for (const std::string_view ending : python_endings) {
      const std::string tail = "/" + relative + std::string(ending);
      if (!it->second.ends_with(tail)) continue;
      if (!best.empty()) return {};
      best = it->second;
    }
  return best;
}

std::string PathIndex::script_module(std::string_view from, std::string_view module) const {
  if (module.starts_with('.')) {
    std::string stem = join_path(folder_of(from), module);
    if (std::string path = first_existing(stem, script_endings); !path.empty()) return path;
    // TypeScript writes the ending of the compiled file.
    for (const std::string_view ending : {".js", ".mjs", ".cjs", ".jsx"})
      if (stem.ends_with(ending))
        return first_existing(stem.substr(0, stem.size() - ending.size()), script_endings);
    return {};
  }
  for (const std::string& stem : packages_.stems(folder_of(from), module))
    if (std::string path = first_existing(stem, script_endings); !path.empty() && path != from)
      return path;
  // Path aliases ("@/lib/env", "~/env", "src/env"): below the unit, with or without src or app.
  std::string_view rest = module;
  if (rest.starts_with("@/") || rest.starts_with("~/"))
    rest.remove_prefix(2);
  else if (rest.starts_with("$lib/"))
    rest.remove_prefix(5);
  else if (!rest.starts_with("src/") && !rest.starts_with("app/"))
    return {};
  const std::string& unit = unit_of(from);
  for (const std::string_view middle : {"", "src/", "app/", "src/lib/"}) {
    const std::string stem =
        join_path(unit == "." ? "" : unit, std::string(middle) + std::string(rest));
    if (std::string path = first_existing(stem, script_endings); !path.empty()) return path;
  }
  return {};
}

std::string PathIndex::resolve_module(std::string_view language, std::string_view from,
                                      std::string_view module) const {
  if (module.empty()) return {};
  if (language == "python") return python_module(from, module);
  if (language == "javascript" || language == "typescript" || language == "tsx")
    return script_module(from, module);
  return {};
}

}  // namespace keyless
