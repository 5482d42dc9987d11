#include "base/spawn.h"

#include <fcntl.h>
#include <spawn.h>

#include <cstring>

namespace keyless {
namespace {

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> out;
  out.reserve(texts.size() + 1);
  for (std::string& text : texts) out.push_back(text.data());
  out.push_back(nullptr);
  return out;
}

void connect(posix_spawn_file_actions_t& actions, int from, int to) {
  if (from == Streams::discard)
    ::posix_spawn_file_actions_addopen(&actions, to, "/dev/null", to == 0 ? O_RDONLY : O_WRONLY, 0);
  else
    ::posix_spawn_file_actions_adddup2(&actions, from, to);
}

}  // namespace

Result<pid_t> spawn(const ProcessSpec& spec, const Streams& streams) {
  std::vector<std::string> arguments{spec.program};
  arguments.insert(arguments.end(), spec.arguments.begin(), spec.arguments.end());
  std::vector<std::string> environment = spec.environment;

  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawnattr_init(&attributes);
  connect(actions, streams.input, 0);
  connect(actions, streams.output, 1);
  connect(actions, streams.error, 2);
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
  return child;
}

}  // namespace keyless
