#include "app/progress.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdio>

namespace keyless {

namespace {

constexpr auto quiet_time = std::chrono::milliseconds(500);
constexpr auto redraw_time = std::chrono::milliseconds(200);
constexpr const char* clear_line = "\r\x1b[K";

void draw(const Progress& progress) {
  const uint64_t total = progress.total;
  const std::string count = total == 0 ? fmt::format("{}", progress.done.load())
                                       : fmt::format("{} of {}", progress.done.load(), total);
  fmt::print(stderr, "{}keyless: {} {}", clear_line, progress.step.load(), count);
  std::fflush(stderr);
}

}  // namespace

ProgressMeter::ProgressMeter(const Progress& progress)
    : progress_(progress), thread_([this] { run(); }) {}

ProgressMeter::~ProgressMeter() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  stop_signal_.notify_one();
  thread_.join();
}

void ProgressMeter::run() {
  std::unique_lock lock(mutex_);
  const auto stopped = [this] { return stop_; };
  if (stop_signal_.wait_for(lock, quiet_time, stopped)) return;
  do draw(progress_);
  while (!stop_signal_.wait_for(lock, redraw_time, stopped));
  std::fputs(clear_line, stderr);
}

}  // namespace keyless
