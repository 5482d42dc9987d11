// Manifests: what a file of dependencies declares, and the edits that add or raise one of them.
// Pure functions on text; spans are byte offsets into it. Lock files are read, never edited.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/span.h"

namespace keyless {

enum class ManifestKind : uint8_t { requirements, pyproject, pipfile, setup_cfg, package_json };

// By the file's name; nothing for a file that is no manifest (constraints and lock files are none).
std::optional<ManifestKind> manifest_kind(std::string_view path);

struct Dependency {
  std::string name;      // as the registry spells it
  std::string at_least;  // the lowest version that will do
  std::string proven;    // a version known to work, for lists that pin every entry; may be empty
};

struct ManifestEdit {
  Span span;
  std::string text;
};

// Either edits, or a refusal with what a person can do, or neither: all is well as it is.
struct ManifestResult {
  std::vector<ManifestEdit> edits;  // in order, none overlaps another
  std::string note;                 // what a reader of the patch should know; may be empty
  bool review = false;              // a person should look; the note says why
  std::string refusal;              // why it is left to a person, and what to do
  bool breaking = false;            // the refusal is that another major version is wanted
};

// Makes sure of `wanted` where `beside` is declared: the package whose use the code changes. A list
// in order stays in order. A bound is raised inside its major version only.
ManifestResult require(std::string_view text, ManifestKind kind, const Dependency& wanted,
                       std::string_view beside);

// True when some list of the file names the package, in whatever spelling the registry takes.
bool declares(std::string_view text, ManifestKind kind, std::string_view name);

// The exact version, else the lower bound that the manifest states for the package.
std::optional<std::string> declared_version(std::string_view text, ManifestKind kind,
                                            std::string_view name);

// A file with its root-relative path.
struct ManifestFile {
  std::string_view path;
  std::string_view text;
};

bool is_lock_file(std::string_view path);

// The version a lock file resolves for the manifest at `manifest_path`; of several the lowest.
std::optional<std::string> locked_version(const ManifestFile& lock, std::string_view manifest_path,
                                          std::string_view name);

// What the first lock that knows the package resolves, else what the manifest declares.
std::optional<std::string> resolved_version(std::span<const ManifestFile> locks,
                                            const ManifestFile& manifest, std::string_view name);

// The lock files that a change of the manifest makes stale, nearest folder upward.
std::vector<std::string> locks_of(std::span<const std::string> paths,
                                  std::string_view manifest_path);

// The command that brings them up to date, with its folder; "" when there is none to run.
std::string relock_command(std::span<const std::string> paths, std::string_view manifest_path);

struct NearestManifest {
  size_t index = 0;          // into the given manifests
  bool declares = false;     // whether it names the package
  std::vector<size_t> also;  // others of the same folder that name it
};

// The manifest that answers for a source file: of those in its folder and above, the nearest that
// declares `beside`, else the nearest that has a list. `language` is python, javascript or typescript.
std::optional<NearestManifest> nearest_manifest(std::span<const ManifestFile> manifests,
                                                std::string_view from_path,
                                                std::string_view language, std::string_view beside);

}  // namespace keyless
