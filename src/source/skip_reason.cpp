#include "source/skip_reason.h"

namespace keyless {

const std::array<SkipReasonRow, skip_reason_count>& skip_reasons() {
  // table
  static constexpr std::array<SkipReasonRow, skip_reason_count> rows{{
      {SkipReason::too_large, "too-large", "too large (over 4 MB, JSON over 32 MB)", true},
      {SkipReason::binary, "binary", "binary", false},
      {SkipReason::link, "link", "symbolic links", false},
      {SkipReason::submodule, "submodule", "submodules (scan them as repositories)", false},
      {SkipReason::nested_repository, "nested-repository",
       "repositories inside the repository (scan them on their own)", false},
      {SkipReason::not_regular, "not-regular", "not regular files", false},
      {SkipReason::missing, "missing", "tracked but not in the work tree", false},
      {SkipReason::unreadable, "unreadable", "unreadable", true},
      {SkipReason::excluded, "excluded", "excluded by configuration", false},
      {SkipReason::skipped_folder, "skipped-folder",
       "folders .git, node_modules, .venv, __pycache__, .terraform", false},
      {SkipReason::too_deep, "too-deep", "folders nested too deep", true},
  }};
  return rows;
}

const SkipReasonRow& row_of(SkipReason reason) {
  return skip_reasons()[static_cast<size_t>(reason)];
}

void SkipCounts::add(const SkipCounts& other) {
  for (size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
}

uint64_t SkipCounts::total() const {
  uint64_t sum = 0;
  for (const uint64_t count : counts_) sum += count;
  return sum;
}

}  // namespace keyless
