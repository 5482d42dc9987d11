// Asks the git program, as a stranger in the repository: no configuration of the machine or the
// user, nothing the repository configures is run, no lock, no network, no prompt.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/subprocess.h"

namespace keyless {

struct GitPlace {
  std::string work_tree;  // absolute top of the work tree, holds `.git`
  std::string folder;     // absolute, at or below it; output paths are relative to it
};

// Standard output of `git ARGUMENTS...`. Fails when git is not installed, reports an error (its
// words are in the message), or takes longer than half a minute (a FIFO in place of an ignore file holds it up).
Result<std::string> ask_git(const GitPlace& place, const std::vector<std::string>& arguments);

// How to run `git ARGUMENTS...` that way, for a program that is to answer more than once.
Result<ProcessSpec> git_process(const GitPlace& place, const std::vector<std::string>& arguments);

// True if `folder` holds a `.git` that looks like a repository's (an empty folder does not).
bool is_work_tree(const std::string& folder);

}  // namespace keyless
