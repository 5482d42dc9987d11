// ThreadClock: the time that the calling thread has computed, for deadlines of parsing.
// Promises that a busy machine loses no file: only work counts, not waiting for a processor.
#pragma once

#include <time.h>

#include <chrono>

namespace keyless {

struct ThreadClock {
  using duration = std::chrono::nanoseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<ThreadClock>;
  static constexpr bool is_steady = true;

  static time_point now() {
    timespec spent{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &spent);
    return time_point(std::chrono::seconds(spent.tv_sec) + std::chrono::nanoseconds(spent.tv_nsec));
  }
};

}  // namespace keyless
