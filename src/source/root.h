// Root: one repository (or folder) of a run, and which part of it the user wants to see.
// Promises absolute, link-free folders; every PATH given belongs to exactly one root.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace keyless {

struct Root {
  std::string folder;     // absolute, without a trailing '/'
  std::string id;         // the folder's name; made unique within the run
  bool git = false;       // Git decides the file set
  std::string work_tree;  // top of the Git work tree: `folder` or a folder above it; "" without Git
  std::string commit;     // of HEAD; "" without Git or before the first commit
  // Root-relative files and folders whose findings are shown; empty means all of them.
  std::vector<std::string> narrow;
  // Outside Git a single file given as PATH does not make its whole folder the root's content.
  bool only_narrow = false;
};

// One root per PATH, by first appearance, each once: the nearest folder upward whose
// `.keyless.yaml` says `root: true`, else the Git work tree, else PATH itself. The search ends at
// the top of a Git work tree: a file beside the repository does not speak for it. A PATH below
// another given root belongs to that root. Fails if a PATH does not exist.
Result<std::vector<Root>> resolve_roots(const std::vector<std::string>& paths);

// True if findings in root-relative `path` are to be shown.
bool in_view(const Root& root, std::string_view path);

// True if the text of a `.keyless.yaml` says `root: true` at its top level.
bool declares_root(std::string_view yaml);

}  // namespace keyless
