// Lock files: the version each resolves for a package. They are read, never edited.

#include <algorithm>
#include <array>

#include "base/text.h"
#include "fix/manifest/declarations.h"
#include "fix/manifest/folder.h"
#include "fix/manifest/toml.h"
#include "fix/manifest/version.h"
#include "syntax/json/reader.h"

namespace keyless {
namespace {

using manifest::Dialect;
using manifest::same_package;

// The lowest of the versions that were offered.
class Lowest {
 public:
  void offer(std::string_view text) {
    text = trim(text);
    while (text.starts_with('=')) text.remove_prefix(1);
    const auto version = manifest::parse_version(text);
    if (!version || (found_ && compare(*version, *found_) >= 0)) return;
    found_ = version;
    text_ = std::string(text);
  }
  [[nodiscard]] std::optional<std::string> take() {
    if (!found_) return std::nullopt;
    return std::move(text_);
  }

 private:
  std::optional<manifest::Version> found_;
  std::string text_;
};

// poetry.lock, uv.lock, pdm.lock: [[package]] with name and version.
void read_toml(std::string_view text, std::string_view name, Lowest& lowest) {
  const manifest::Toml toml(text);
  uint32_t header = manifest::no_parent;
  bool named = false;
  std::string_view version;
  const auto close = [&] {
    if (named) lowest.offer(version);
    named = false;
    version = {};
  };
  for (const manifest::TomlNode& node : toml.nodes()) {
    if (node.kind == manifest::TomlKind::header) close();
    if (node.header != header) header = node.header;
    if (node.kind != manifest::TomlKind::text || node.path.size() != 2 ||
        node.path[0] != "package" || node.parent != manifest::no_parent)
      continue;
    if (node.path[1] == "name") named = same_package(toml.text(node), name, Dialect::pep440);
    if (node.path[1] == "version") version = toml.text(node);
  }
  close();
}

void read_pipfile_lock(std::string_view text, std::string_view name, Lowest& lowest) {
  const json::JsonTree tree(text);
  if (tree.root() == json::no_node) return;
  for (const std::string_view key : {"default", "develop"}) {
    const json::NodeId list = tree.find(tree.root(), key);
    if (!tree.is(list, json::Kind::object)) continue;
    for (json::NodeId id = tree.at(list).first; id != json::no_node; id = tree.at(id).next) {
      if (!same_package(tree.key(id), name, Dialect::pep440)) continue;
      const json::NodeId version = tree.find(id, "version");
      if (version != json::no_node) lowest.offer(tree.text(version));
    }
  }
}

// package-lock.json: the copy nearest to the manifest's folder is the one it loads.
void read_package_lock(std::string_view text, std::string_view folder, std::string_view name,
                       Lowest& lowest) {
  const json::JsonTree tree(text);
  if (tree.root() == json::no_node) return;
  const json::NodeId packages = tree.find(tree.root(), "packages");
  for (std::string at(folder);;) {
    const std::string key = (at.empty() ? "" : at + "/") + "node_modules/" + std::string(name);
    const json::NodeId version = tree.find(tree.find(packages, key), "version");
    if (version != json::no_node) return lowest.offer(tree.text(version));
    if (at.empty()) break;
    at = std::string(before_last(at, '/'));
  }
  const json::NodeId old = tree.find(tree.find(tree.root(), "dependencies"), name);
  const json::NodeId version = tree.find(old, "version");
  if (version != json::no_node) lowest.offer(tree.text(version));
}

// bun.lock: packages: {"name": ["name@1.2.3", ...]}.
void read_bun_lock(std::string_view text, std::string_view name, Lowest& lowest) {
  const json::JsonTree tree(text);
  if (tree.root() == json::no_node) return;
  const json::NodeId entry = tree.find(tree.find(tree.root(), "packages"), name);
  if (!tree.is(entry, json::Kind::array) || tree.at(entry).first == json::no_node) return;
  const std::string first = tree.text(tree.at(entry).first);
  if (first.starts_with(std::string(name) + "@")) lowest.offer(after_last(first, '@'));
}

std::string_view unquoted(std::string_view text) {
  text = trim(text);
  while (!text.empty() && (text.front() == '"' || text.front() == '\'')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == '"' || text.back() == '\'')) text.remove_suffix(1);
  return text;
}

// yarn.lock, both generations: `"name@range", "name@other":` and below it `version "1.2.3"`.
void read_yarn_lock(std::string_view text, std::string_view name, Lowest& lowest) {
  bool inside = false;
  for (const std::string_view line : split(text, '\n')) {
    if (trim(line).empty() || line.front() == '#') continue;
    if (!is_space(line.front())) {
      const std::string wanted = std::string(name) + "@";
      inside = false;
      for (const std::string_view part : split(trim(line), ','))
        inside = inside || unquoted(part).starts_with(wanted);
      continue;
    }
    const std::string_view words = trim(line);
    if (inside && words.starts_with("version"))
      lowest.offer(
          unquoted(trim(words.substr(7)).substr(words.substr(7).starts_with(':') ? 1 : 0)));
  }
}

// pnpm-lock.yaml: keys `name@1.2.3`, `/name@1.2.3`, `/name/1.2.3`, peers in brackets behind.
void read_pnpm_lock(std::string_view text, std::string_view name, Lowest& lowest) {
  bool packages = false;
  for (const std::string_view line : split(text, '\n')) {
    if (line.empty() || line.front() == '#') continue;
    if (!is_space(line.front())) {
      packages = line.starts_with("packages:") || line.starts_with("snapshots:");
      continue;
    }
    if (!packages || !line.starts_with("  ") || line.size() < 3 || is_space(line[2])) continue;
    std::string_view key = trim(line);
    key = unquoted(key.substr(0, key.find(':')));
    if (key.starts_with('/')) key.remove_prefix(1);
    if (!key.starts_with(name) || key.size() <= name.size() + 1) continue;
    const char separator = key[name.size()];
    if (separator != '@' && separator != '/') continue;
    key.remove_prefix(name.size() + 1);
    lowest.offer(key.substr(0, key.find_first_of("(_/")));
  }
}

enum class LockForm : uint8_t { toml, pipfile, npm, bun, yarn, pnpm };

struct LockRow {
  std::string_view name;
  LockForm form;
  std::string_view command;
};

constexpr std::array rows{
    LockRow{"uv.lock", LockForm::toml, "uv lock"},
    LockRow{"poetry.lock", LockForm::toml, "poetry lock"},
    LockRow{"pdm.lock", LockForm::toml, "pdm lock"},
    LockRow{"Pipfile.lock", LockForm::pipfile, "pipenv lock"},
    LockRow{"pnpm-lock.yaml", LockForm::pnpm, "pnpm install"},
    LockRow{"yarn.lock", LockForm::yarn, "yarn install"},
    LockRow{"bun.lock", LockForm::bun, "bun install"},
    LockRow{"npm-shrinkwrap.json", LockForm::npm, "npm install"},
    LockRow{"package-lock.json", LockForm::npm, "npm install"},
};

const LockRow* row_of(std::string_view path) {
  const std::string_view name = after_last(path, '/');
  const auto* row =
      std::find_if(rows.begin(), rows.end(), [name](const LockRow& r) { return r.name == name; });
  return row == rows.end() ? nullptr : row;
}

bool is_python(LockForm form) {
  return form == LockForm::toml || form == LockForm::pipfile;
}

// Whether the lock is made from manifests of this kind.
bool serves(LockForm form, ManifestKind kind) {
  switch (kind) {
    case ManifestKind::package_json:
      return !is_python(form);
    case ManifestKind::pyproject:
      return form == LockForm::toml;
    case ManifestKind::pipfile:
      return form == LockForm::pipfile;
    case ManifestKind::requirements:
    case ManifestKind::setup_cfg:
      return false;
  }
  return false;
}

// What pip-compile makes of this source: the list of the same name, where it exists.
std::string compiled_of(std::span<const std::string> paths, std::string_view manifest_path) {
  if (!manifest_path.ends_with(".in")) return {};
  const std::string list = std::string(before_last(manifest_path, '.')) + ".txt";
  return std::find(paths.begin(), paths.end(), list) == paths.end() ? std::string() : list;
}

}  // namespace

bool is_lock_file(std::string_view path) {
  return row_of(path) != nullptr;
}

std::optional<std::string> locked_version(const ManifestFile& lock, std::string_view manifest_path,
                                          std::string_view name) {
  const LockRow* row = row_of(lock.path);
  if (!row) return std::nullopt;
  Lowest lowest;
  const std::string_view lock_folder = before_last(lock.path, '/');
  std::string_view folder = before_last(manifest_path, '/');
  if (!manifest::is_within(folder, lock_folder)) return std::nullopt;
  folder.remove_prefix(std::min(folder.size(), lock_folder.size() + (lock_folder.empty() ? 0 : 1)));
  name = name.substr(0, name.find('['));
  switch (row->form) {
    case LockForm::toml:
      read_toml(lock.text, name, lowest);
      break;
    case LockForm::pipfile:
      read_pipfile_lock(lock.text, name, lowest);
      break;
    case LockForm::npm:
      read_package_lock(lock.text, folder, name, lowest);
      break;
    case LockForm::bun:
      read_bun_lock(lock.text, name, lowest);
      break;
    case LockForm::yarn:
      read_yarn_lock(lock.text, name, lowest);
      break;
    case LockForm::pnpm:
      read_pnpm_lock(lock.text, name, lowest);
      break;
  }
  return lowest.take();
}

std::optional<std::string> resolved_version(std::span<const ManifestFile> locks,
                                            const ManifestFile& manifest, std::string_view name) {
  for (const ManifestFile& lock : locks)
    if (auto version = locked_version(lock, manifest.path, name)) return version;
  const auto kind = manifest_kind(manifest.path);
  return kind ? declared_version(manifest.text, *kind, name) : std::nullopt;
}

std::vector<std::string> locks_of(std::span<const std::string> paths,
                                  std::string_view manifest_path) {
  const auto kind = manifest_kind(manifest_path);
  if (!kind) return {};
  if (std::string list = compiled_of(paths, manifest_path); !list.empty()) return {list};
  std::vector<std::string> found;
  size_t nearest = 0;
  for (const std::string& path : paths) {
    const LockRow* row = row_of(path);
    const std::string_view folder = before_last(path, '/');
    if (!row || !serves(row->form, *kind)) continue;
    if (!manifest::is_within(before_last(manifest_path, '/'), folder)) continue;
    if (!found.empty() && folder.size() < nearest) continue;
    if (folder.size() > nearest) found.clear();
    nearest = folder.size();
    found.push_back(path);
  }
  std::sort(found.begin(), found.end());
  return found;
}

std::string relock_command(std::span<const std::string> paths, std::string_view manifest_path) {
  std::string commands;
  for (const std::string& lock : locks_of(paths, manifest_path)) {
    const LockRow* row = row_of(lock);
    std::string command = row ? std::string(row->command)
                              : "pip-compile " + std::string(after_last(manifest_path, '/'));
    const std::string_view folder = before_last(lock, '/');
    if (!folder.empty()) command += " (in " + std::string(folder) + ")";
    commands += (commands.empty() ? "" : ", ") + command;
  }
  return commands;
}

}  // namespace keyless
