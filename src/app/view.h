// View: which state of a root is read: the files on disk, what is staged, or a commit.
// Plain data; a root without Git has only the first.
#pragma once

#include <cstdint>
#include <string>

namespace keyless {

struct View {
  enum class Kind : uint8_t { work_tree, index, commit } kind = Kind::work_tree;
  std::string commit;  // full name, of a commit
};

}  // namespace keyless
