// Tree: the files that Git knows at a commit or in the index, each by the name of its bytes.
// Promises to ask Git for names alone; entries are sorted by path, each once, relative to the root.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/glob.h"
#include "base/result.h"
#include "source/file_set.h"
#include "source/root.h"

namespace keyless {

enum class TreeKind : uint8_t { file, link, submodule };

struct TreeEntry {
  std::string path;
  std::string blob;  // name of the bytes
  TreeKind kind = TreeKind::file;
};
using Tree = std::vector<TreeEntry>;

// `commit` is the full name of a commit; of "", before the first one, the tree is empty. Paths that no file system of ours takes are left out.
Result<Tree> tree_at(const Root& root, const std::string& commit);
// What the next commit would hold; of a file in conflict the first of its versions.
Result<Tree> tree_of_index(const Root& root);

// Null when the path is not in it.
const TreeEntry* find_entry(const Tree& tree, std::string_view path);

// The files of a tree as list_files has those of a work tree.
FileSet files_of(const Tree& tree, const GlobSet& exclude);

// The full name of the commit that `revision` means; fails when there is none.
Result<std::string> commit_named(const Root& root, const std::string& revision);
// The newest commit that both have in their history; nothing when none is known here.
std::optional<std::string> merge_base(const Root& root, const std::string& one,
                                      const std::string& other);
// True when older commits were left out of this clone.
bool is_shallow(const Root& root);

}  // namespace keyless
