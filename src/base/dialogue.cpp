#include "base/dialogue.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "base/spawn.h"

namespace keyless {
namespace {

constexpr size_t longest_line = 64U << 10U;

}  // namespace

Result<std::unique_ptr<Dialogue>> Dialogue::start(const ProcessSpec& spec) {
  // A socket instead of two pipes: writing to a program that has ended is an error, not a signal.
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    return fail(Diagnostic{Problem::internal, {}, 0, "cannot open a socket", {}});
  FileDescriptor ours(ends[0]);
  const FileDescriptor theirs(ends[1]);

  const auto child = spawn(spec, {theirs.get(), theirs.get(), Streams::discard});
  if (!child) return fail(child.error());
  return std::unique_ptr<Dialogue>(new Dialogue(*child, std::move(ours), spec.deadline));
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
