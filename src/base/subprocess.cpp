#include "base/subprocess.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

#include "base/file_descriptor.h"
#include "base/spawn.h"
#include "base/text.h"

namespace keyless {
namespace {

using Clock = std::chrono::steady_clock;

constexpr size_t message_cap = 4096;

struct Pipe {
  FileDescriptor read;
  FileDescriptor write;
};

Result<Pipe> open_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    return fail(Diagnostic{Problem::internal, {}, 0, "cannot open a pipe", {}});
  }
  return Pipe{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

// Adds what is there to `into`, up to `cap` bytes; false at the end of the stream.
bool drain(FileDescriptor& from, std::string& into, size_t cap, bool& beyond_cap) {
  std::array<char, 64U << 10U> block;  // filled by read
  const ssize_t size = ::read(from.get(), block.data(), block.size());
  if (size < 0) return errno == EINTR || errno == EAGAIN;
  if (size == 0) return false;
  const size_t room = cap - into.size();
  const auto got = static_cast<size_t>(size);
  beyond_cap = beyond_cap || got > room;
  into.append(block.data(), std::min(got, room));
  return true;
}

enum class Ending { finished, deadline, too_much };

Ending collect(const ProcessSpec& spec, Pipe& output, Pipe& message, ProcessOutput& result) {
  const Clock::time_point end = Clock::now() + spec.deadline;
  bool too_much = false;
  bool cut_message = false;
  while (output.read.open() || message.read.open()) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    if (left.count() <= 0) return Ending::deadline;
    std::array<pollfd, 2> waits{pollfd{output.read.get(), POLLIN, 0},
                                pollfd{message.read.get(), POLLIN, 0}};
    const int ready = ::poll(waits.data(), waits.size(), static_cast<int>(left.count()));
    if (ready < 0 && errno != EINTR) return Ending::deadline;
    if (ready <= 0) continue;
    if (waits[0].revents != 0 && !drain(output.read, result.output, spec.output_cap, too_much)) {
      output.read.reset();
    }
    if (waits[1].revents != 0 && !drain(message.read, result.message, message_cap, cut_message)) {
      message.read.reset();
    }
    if (too_much) return Ending::too_much;
  }
  return Ending::finished;
}

int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Result<ProcessOutput> run_process(const ProcessSpec& spec) {
  auto output = open_pipe();
  if (!output) return fail(output.error());
  auto message = open_pipe();
  if (!message) return fail(message.error());
  const auto child = spawn(spec, {Streams::discard, output->write.get(), message->write.get()});
  if (!child) return fail(child.error());
  output->write.reset();
  message->write.reset();

  ProcessOutput result;
  const Ending ending = collect(spec, *output, *message, result);
  if (ending != Ending::finished) ::kill(-*child, SIGKILL);
  result.exit_code = wait_for(*child);
  if (ending == Ending::finished) return result;
  const std::string seconds = std::to_string(spec.deadline.count() / 1000);
  return fail(Diagnostic{Problem::bad_input,
                         spec.program,
                         0,
                         ending == Ending::deadline ? "did not end within " + seconds + " seconds"
                                                    : std::string("printed too much"),
                         {}});
}

std::optional<std::string> find_program(std::string_view name, std::string_view path_list) {
  for (const std::string_view folder : split(path_list, ':')) {
    if (!folder.starts_with('/')) continue;
    std::string path = std::string(folder) + "/" + std::string(name);
    struct stat info{};
    const bool usable = ::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode) &&
                        ::access(path.c_str(), X_OK) == 0;
    if (usable) return path;
  }
  return std::nullopt;
}

}  // namespace keyless
