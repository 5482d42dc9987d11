// Dialogue: a program that keeps running and answers what it is asked, without a shell.
// Promises: nothing is inherited but the given environment; every wait is bounded; ends with the object.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "base/file_descriptor.h"
#include "base/result.h"
#include "base/subprocess.h"

namespace keyless {

class Dialogue {
 public:
  // Of the spec: program, arguments, environment and folder; `deadline` is for each answer. What
  // the program says on standard error is dropped.
  static Result<std::unique_ptr<Dialogue>> start(const ProcessSpec& spec);
  Dialogue(const Dialogue&) = delete;
  Dialogue& operator=(const Dialogue&) = delete;
  ~Dialogue();

  // False when the program has ended, or does not listen before the deadline.
  bool say(std::string_view text);
  // The next line, without its end; false at the end, at the deadline and beyond 64 KB.
  bool hear_line(std::string& line);
  // The next `size` bytes; false when they do not come.
  bool hear(char* into, size_t size);

 private:
  Dialogue(pid_t child, FileDescriptor words, std::chrono::milliseconds deadline)
      : child_(child), words_(std::move(words)), deadline_(deadline) {}

  [[nodiscard]] bool wait_for(short events) const;
  bool refill();

  pid_t child_;
  FileDescriptor words_;  // one socket for both directions
  std::chrono::milliseconds deadline_;
  std::string heard_;  // read, but not taken yet: from `taken_` on
  size_t taken_ = 0;
};

}  // namespace keyless
