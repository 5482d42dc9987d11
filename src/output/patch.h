// Patches: a plan as text that `git apply` takes, one patch per stage and root, header first.
// They hold removed lines, and so perhaps keys: whoever writes them to a file keeps it private.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "fix/change.h"
#include "source/root.h"

namespace keyless {

struct Patch {
  Stage stage = Stage::callers;
  uint32_t root = 0;
  std::string name;  // "2-callers.patch"; with several roots "2-callers.ROOT.patch"
  std::string text;  // header lines begin with '#', which `git apply` passes over
};

struct PatchOptions {
  // For eyes, not for `git apply`: control characters escaped, key-like runs masked.
  bool for_terminal = false;
};

// In the order in which they apply. Paths are relative to the top of the work tree, as Git's are.
// Bytes of the files stand as they are, whatever their encoding. A blocked stage is all comments.
std::vector<Patch> make_patches(const FixPlan& plan, const std::vector<Root>& roots,
                                const PatchOptions& options = {});

// All of them, one after the other: `git apply` takes that too when there is one root.
std::string write_patches(const FixPlan& plan, const std::vector<Root>& roots,
                          const PatchOptions& options = {});

// A path as Git writes it in a patch: in quotes with octal escapes where it needs them.
std::string git_path(std::string_view path);

}  // namespace keyless
