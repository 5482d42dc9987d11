// Misses: files in which one search has found nothing, known again by what the file system says of them.
// Promises never to know a file that may have changed: its time of change, which nobody can set, is
// part of it, and one changed just before the run is not taken in.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"

namespace keyless {

class Misses {
 public:
  // `search`: the root and what was searched for; `row` as `bytes` gave it, or "".
  Misses(std::string search, std::string_view row);

  // Any thread may ask and add. A file that is known stays so for the next run.
  bool know(std::string_view path, const FileStat& stat);
  void add(std::string_view path, const FileStat& stat);

  [[nodiscard]] const std::string& search() const { return search_; }
  [[nodiscard]] bool changed() const { return changed_; }
  // What `know` and `add` were given in this run, for the next one.
  [[nodiscard]] std::string bytes();

 private:
  [[nodiscard]] uint64_t number_of(std::string_view path, const FileStat& stat) const;

  std::string search_;
  std::string key_;              // 16 bytes
  int64_t before_ns_;            // changes up to here are settled
  std::vector<uint64_t> known_;  // sorted
  std::atomic<bool> changed_{false};
  std::mutex mutex_;
  std::vector<uint64_t> now_;
};

}  // namespace keyless
