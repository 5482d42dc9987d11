// ThreadClock: the processor time of the calling thread, for deadlines on our own work.
// Unlike wall time it does not pass while the thread waits: a busy machine gives the same result.
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

  // Points of different threads cannot be compared.
  static time_point now() noexcept {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time_point(std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec));
  }
};

}  // namespace keyless
