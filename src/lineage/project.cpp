#include "lineage/project.h"

#include <utility>

namespace keyless {

Project::Project(std::vector<std::string_view> paths, std::string id) {
  roots_.push_back({PathIndex(std::move(id), std::move(paths)), {}});
}

void Project::add(ProjectFile file) {
  file.root = static_cast<uint32_t>(roots_.size() - 1);
  roots_.back().index.emplace(file.document.path, static_cast<uint32_t>(files_.size()));
  files_.push_back(std::move(file));
  files_.back().imports = std::make_unique<ImportTable>(files_.back().document);
}

void Project::take(Project other) {
  for (uint32_t root = 0; root < other.roots_.size(); ++root) {
    roots_.push_back({std::move(other.roots_[root].paths), {}});
    for (ProjectFile& file : other.files_)
      if (file.root == root) add(std::move(file));
  }
}

ProjectFile Project::release(uint32_t index) {
  ProjectFile& held = files_[index];
  roots_[held.root].index.erase(held.document.path);
  held.imports.reset();
  return std::exchange(held, ProjectFile{});
}

std::vector<Project> Project::split() && {
  std::vector<Project> parts(roots_.size());
  for (size_t root = 0; root < parts.size(); ++root)
    parts[root].roots_.push_back({std::move(roots_[root].paths), {}});
  for (ProjectFile& file : files_) parts[file.root].add(std::move(file));
  return parts;
}

void Project::replace(uint32_t index, ProjectFile file) {
  file.root = files_[index].root;
  files_[index] = std::move(file);
  files_[index].imports = std::make_unique<ImportTable>(files_[index].document);
}

uint32_t Project::index_of(uint32_t root, std::string_view path) const {
  const auto& index = roots_[root].index;
  const auto it = index.find(std::string(path));
  return it == index.end() ? none : it->second;
}

}  // namespace keyless
