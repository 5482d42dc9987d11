// Why a file of the tree is not read, one row per reason, and how often each happened.
// Promises that every file left out is counted under exactly one reason.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace keyless {

enum class SkipReason : uint8_t {
  too_large,
  binary,
  link,
  submodule,
  nested_repository,
  not_regular,
  missing,
  unreadable,
  excluded,
  skipped_folder,
  too_deep,
};
inline constexpr size_t skip_reason_count = 11;

struct SkipReasonRow {
  SkipReason reason;
  std::string_view name;  // in json
  std::string_view text;  // in words, after a number of files
  bool lost;              // the user would have wanted it read: counts for exit code 3
};

// In the order of the enum.
const std::array<SkipReasonRow, skip_reason_count>& skip_reasons();
const SkipReasonRow& row_of(SkipReason reason);

class SkipCounts {
 public:
  void add(SkipReason reason, uint64_t count = 1) { counts_[static_cast<size_t>(reason)] += count; }
  void add(const SkipCounts& other);
  [[nodiscard]] uint64_t operator[](SkipReason reason) const {
    return counts_[static_cast<size_t>(reason)];
  }
  [[nodiscard]] uint64_t total() const;

 private:
  std::array<uint64_t, skip_reason_count> counts_{};
};

}  // namespace keyless
