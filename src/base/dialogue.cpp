#include "base/dialogue.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <vector>

namespace keyless {
namespace {

constexpr size_t longest_line = 64U << 10U;

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  out.reserve(texts.size() + 1);
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

}  // namespace

Result<std::unique_ptr<Dialogue>> Dialogue::start(const ProcessSpec& spec) {
  // A socket instead of two pipes: writing to a program that has ended is an error, not a signal.
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    return fail(Diagnostic{Problem::internal, {}, 0, "cannot open a socket", {}});
  FileDescriptor ours(ends[0]);
  const FileDescriptor theirs(ends[1]);

  std::vector<std::string> arguments{spec.program};
  arguments.insert(arguments.end(), spec.arguments.begin(), spec.arguments.end());
  std::vector<std::string> environment = spec.environment;
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawnattr_init(&attributes);
  ::posix_spawn_file_actions_adddup2(&actions, theirs.get(), 0);
  ::posix_spawn_file_actions_adddup2(&actions, theirs.get(), 1);
  ::posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  ::posix_spawn_file_actions_addclosefrom_np(&actions, 3);
  ::posix_spawn_file_actions_addchdir_np(&actions, spec.folder.c_str());
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  ::posix_spawnattr_setpgroup(&attributes, 0);
  pid_t child = 0;
  const int error = ::posix_spawn(&child, spec.program.c_str(), &actions, &attributes,
                                  pointers(arguments).data(), pointers(environment).data());
  ::posix_spawn_file_actions_destroy(&actions);
  ::posix_spawnattr_destroy(&attributes);
  if (error != 0)
    return fail(Diagnostic{Problem::bad_input,
                           spec.program,
                           0,
                           std::string("cannot be started: ") + std::strerror(error),
                           {}});
  return std::unique_ptr<Dialogue>(new Dialogue(child, std::move(ours), spec.deadline));
}

Dialogue::~Dialogue() {
  words_.reset();
  ::kill(-child_, SIGKILL);
  int status = 0;
  while (::waitpid(child_, &status, 0) < 0 && errno == EINTR) {
  }
}

bool Dialogue::wait_for(short events) const {
  pollfd wait{words_.get(), events, 0};
  const auto end = std::chrono::steady_clock::now() + deadline_;
  while (true) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    if (left.count() <= 0) return false;
    const int ready = ::poll(&wait, 1, static_cast<int>(left.count()));
    if (ready > 0) return true;
    if (ready < 0 && errno != EINTR) return false;
  }
}

bool Dialogue::say(std::string_view text) {
  while (!text.empty()) {
    if (!wait_for(POLLOUT)) return false;
    const ssize_t sent =
        ::send(words_.get(), text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno != EINTR && errno != EAGAIN) return false;
    if (sent > 0) text.remove_prefix(static_cast<size_t>(sent));
  }
  return true;
}

bool Dialogue::refill() {
  heard_.clear();
  taken_ = 0;
  if (!wait_for(POLLIN)) return false;
  heard_.resize(longest_line);
  const ssize_t got = ::recv(words_.get(), heard_.data(), heard_.size(), 0);
  heard_.resize(got > 0 ? static_cast<size_t>(got) : 0);
  return got > 0 || (got < 0 && errno == EINTR);
}

bool Dialogue::hear_line(std::string& line) {
  line.clear();
  while (line.size() < longest_line) {
    const size_t end = heard_.find('\n', taken_);
    line.append(heard_, taken_, end == std::string::npos ? end : end - taken_);
    if (end != std::string::npos) {
      taken_ = end + 1;
      return true;
    }
    if (!refill()) return false;
  }
  return false;
}

bool Dialogue::hear(char* into, size_t size) {
  while (size > 0) {
    if (taken_ == heard_.size() && !refill()) return false;
    const size_t count = std::min(size, heard_.size() - taken_);
    std::memcpy(into, heard_.data() + taken_, count);
    into += count;
    taken_ += count;
    size -= count;
  }
  return true;
}

}  // namespace keyless
