// Progress: counters that a long scan bumps from any thread, and the line on stderr that shows
// them. Promises nothing on stderr before half a second has passed, and a clean line afterwards.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

namespace keyless {

// Written by the pipeline, read by the meter; every member may be used from any thread.
struct Progress {
  std::atomic<const char*> step = "reading";  // a string literal
  std::atomic<uint64_t> done = 0;
  std::atomic<uint64_t> total = 0;  // 0: not known yet

  void start(const char* name, uint64_t count) {
    step = name;
    total = count;
    done = 0;
  }
};

// Draws on stderr while it lives.
class ProgressMeter {
 public:
  explicit ProgressMeter(const Progress& progress);
  ~ProgressMeter();
  ProgressMeter(const ProgressMeter&) = delete;
  ProgressMeter& operator=(const ProgressMeter&) = delete;

 private:
  void run();

  const Progress& progress_;
  std::mutex mutex_;
  std::condition_variable stop_signal_;
  bool stop_ = false;
  std::thread thread_;
};

}  // namespace keyless
