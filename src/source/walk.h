// Walks a folder without Git: every regular file below it, in path order.
// Promises an end: depth is bounded, links are not followed, what is left out is counted.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/file_system.h"
#include "base/glob.h"
#include "source/skip_reason.h"

namespace keyless {

struct WalkSpec {
  std::string folder;                // root-relative; "" is the root
  const GlobSet* exclude = nullptr;  // null: nothing is excluded
  bool enter_repositories = true;    // false: a folder with its own `.git` is counted, not entered
  unsigned threads = 1;              // the result does not depend on it
};

// True for `.git`, `node_modules`, `.venv`, `__pycache__`, `.terraform`: never entered.
bool is_skipped_folder(std::string_view name);

// Calls `found`, in this thread, with the root-relative path of each file; `skipped` takes the rest.
void walk(const FileSystem& files, const WalkSpec& spec,
          const std::function<void(std::string path)>& found, SkipCounts& skipped);

}  // namespace keyless
