#include "source/git.h"

#include <sys/stat.h>

#include <cstdlib>

#include "base/real_file_system.h"
#include "base/text.h"

namespace keyless {
namespace {

constexpr size_t longest_pointer = 8192;  // of a `.git` file, bytes

std::vector<std::string> scrubbed_environment() {
  return {"GIT_CONFIG_NOSYSTEM=1", "GIT_CONFIG_GLOBAL=/dev/null",
          "GIT_OPTIONAL_LOCKS=0",  "GIT_TERMINAL_PROMPT=0",
          "GIT_NO_LAZY_FETCH=1",   "GIT_NO_REPLACE_OBJECTS=1",
          "GIT_ATTR_NOSYSTEM=1",   "LC_ALL=C"};
}

// The folder of `.git` is named outright: a `core.worktree` of the repository, or a `.git` further
// up, must not lead the listing elsewhere.
std::vector<std::string> guarded(const GitPlace& place, const std::vector<std::string>& arguments) {
  std::vector<std::string> all{"--no-pager",
                               "--git-dir=" + place.work_tree + "/.git",
                               "--work-tree=" + place.work_tree,
                               "-c",
                               "core.fsmonitor=false",
                               "-c",
                               "core.hooksPath=/dev/null",
                               "-c",
                               "protocol.allow=never",
                               "-c",
                               "safe.directory=" + place.work_tree};
  all.insert(all.end(), arguments.begin(), arguments.end());
  return all;
}

}  // namespace

Result<ProcessSpec> git_process(const GitPlace& place, const std::vector<std::string>& arguments) {
  const char* path = std::getenv("PATH");
  const auto program = find_program("git", path == nullptr ? "/usr/bin:/bin" : path);
  if (!program) return fail("git is not installed", "install git 2.38 or later");
  ProcessSpec spec;
  spec.program = *program;
  spec.arguments = guarded(place, arguments);
  spec.environment = scrubbed_environment();
  spec.folder = place.folder;
  return spec;
}

Result<std::string> ask_git(const GitPlace& place, const std::vector<std::string>& arguments) {
  const auto spec = git_process(place, arguments);
  if (!spec) return fail(spec.error());
  auto result = run_process(*spec);
  if (!result) return fail(result.error());
  if (result->exit_code != 0) {
    const std::string_view words = trim(std::string_view(result->message).substr(0, 300));
    return fail(
        Diagnostic{Problem::note, place.work_tree, 0, "git says: " + std::string(words), {}});
  }
  return std::move(result->output);
}

bool is_work_tree(const std::string& folder) {
  struct stat info{};
  const std::string git = folder + "/.git";
  if (::stat(git.c_str(), &info) != 0) return false;
  if (S_ISDIR(info.st_mode)) return ::stat((git + "/HEAD").c_str(), &info) == 0;
  const auto files = RealFileSystem::open(folder);
  if (!files) return false;
  const auto pointer = (*files)->read(".git", {longest_pointer, nullptr});
  return pointer && pointer->starts_with("gitdir:");
}

}  // namespace keyless
