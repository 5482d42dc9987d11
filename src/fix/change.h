// Change: what one stage makes of one file, as bytes before and after; patches, writes and undo
// are all made of these. Holds removed lines, so it may hold a key: never printed but as a patch.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/span.h"
#include "rule/fix_spec.h"

namespace keyless {

struct FileChange {
  uint32_t root = 0;   // index into the roots of the run
  std::string path;    // root-relative, '/'
  std::string before;  // original encoding
  std::string after;
};

struct StageChange {
  Stage stage = Stage::callers;
  Safety safety = Safety::safe;            // of the least safe fix in it
  std::vector<FileChange> files;           // sorted by root and path; before != after
  std::vector<std::string> what;           // one line per kind of change, for the header
  std::vector<std::string> prerequisites;  // what has to hold before this stage is deployed
  std::vector<std::string> verify;         // how to see that it works
  std::string blocked;                     // why it is not to be applied yet; "" when it may be
};

// Something that was not changed, and why.
struct Refusal {
  uint32_t root = 0;
  std::string path;
  Span span;
  std::string rule;
  Safety safety = Safety::manual;
  std::string reason;
};

struct FixPlan {
  std::vector<StageChange> stages;      // in order, empty ones left out
  std::vector<Refusal> refused;         // sorted by root, path, span
  std::vector<std::string> credential;  // which credential was chosen and why, one line per root
};

}  // namespace keyless
