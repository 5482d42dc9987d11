// Git configuration that would run a program or lead elsewhere must do neither.
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>

#include "base/scratch_folder.h"
#include "catch.h"
#include "source/file_set.h"

namespace keyless {
namespace {

// A variable of this process for the time of one test.
class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) {
    ::setenv(name, value.c_str(), 1);
  }
  ~Variable() { ::unsetenv(name_); }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
};

class Repository {
 public:
  Repository() {
    scratch.write("bait", "#!/bin/sh\ntouch '" + scratch.path("ran") + "'\nexit 1\n");
    scratch.set_mode("bait", 0755);
    scratch.write("repo/a.py", "x");
    scratch.git({"init", "-q"}, "repo");
    scratch.git({"add", "."}, "repo");
    scratch.git({"commit", "-qm", "x"}, "repo");
  }

  void configure(const std::string& text) const {
    scratch.write("repo/.git/config", scratch.read("repo/.git/config") + text);
  }

  [[nodiscard]] std::vector<std::string> names() const {
    const auto roots = resolve_roots({scratch.path("repo")});
    REQUIRE(roots);
    CHECK(roots->front().commit.size() == 40);
    const auto set = list_files(roots->front(), GlobSet());
    REQUIRE(set);
    CHECK(set->notes.empty());
    std::vector<std::string> out;
    for (const FileEntry& entry : set->entries) out.push_back(entry.path);
    return out;
  }

  ScratchFolder scratch;
};

}  // namespace

TEST_CASE("the bait works when Git is asked without our guards") {
  const Repository repository;
  repository.configure("[core]\n\tfsmonitor = " + repository.scratch.path("bait") + "\n");
  repository.scratch.git({"status"}, "repo");
  CHECK(repository.scratch.exists("ran"));
}

TEST_CASE("no program that the repository configures is run") {
  const Repository repository;
  const std::string bait = repository.scratch.path("bait");
  repository.configure(
      "[core]\n\tfsmonitor = " + bait + "\n\tpager = " + bait + "\n\teditor = " + bait +
      "\n\tsshCommand = " + bait + "\n\taskPass = " + bait +
      "\n\thooksPath = " + repository.scratch.path("hooks") + "\n[alias]\n\tls-files = !" + bait +
      "\n\trev-parse = !" + bait + "\n[filter \"x\"]\n\tclean = " + bait + "\n\tprocess = " + bait +
      "\n[diff]\n\texternal = " + bait + "\n[credential]\n\thelper = !" + bait +
      "\n[pager]\n\tls-files = " + bait + "\n");
  repository.scratch.write("repo/.gitattributes", "* filter=x diff=x\n");
  repository.scratch.write("hooks/post-index-change", "#!/bin/sh\ntouch ran\n");
  repository.scratch.set_mode("hooks/post-index-change", 0755);
  // A changed file makes Git look at filters wherever it compares contents.
  repository.scratch.write("repo/a.py", "changed");
  CHECK(repository.names() == std::vector<std::string>{".gitattributes", "a.py"});
  CHECK_FALSE(repository.scratch.exists("ran"));
}

TEST_CASE("a promise of missing objects fetches nothing") {
  const Repository repository;
  repository.configure(
      "[core]\n\trepositoryformatversion = 1\n[extensions]\n\tpartialClone = far\n"
      "[remote \"far\"]\n\turl = ext::" +
      repository.scratch.path("bait") + "\n\tpromisor = true\n\tuploadpack = " +
      repository.scratch.path("bait") + "\n[protocol \"ext\"]\n\tallow = always\n");
  CHECK(repository.names() == std::vector<std::string>{"a.py"});
  CHECK_FALSE(repository.scratch.exists("ran"));
}

TEST_CASE("core.worktree does not lead the listing elsewhere") {
  const Repository repository;
  repository.scratch.write("elsewhere/secret.py", "x");
  repository.configure("[core]\n\tworktree = " + repository.scratch.path("elsewhere") + "\n");
  CHECK(repository.names() == std::vector<std::string>{"a.py"});
}

TEST_CASE("variables of the caller do not reach Git") {
  const Repository repository;
  repository.scratch.write("other/b.py", "x");
  repository.scratch.git({"init", "-q"}, "other");
  repository.scratch.git({"add", "."}, "other");
  const Variable folder("GIT_DIR", repository.scratch.path("other/.git"));
  const Variable tree("GIT_WORK_TREE", repository.scratch.path("other"));
  const Variable index("GIT_INDEX_FILE", repository.scratch.path("other/.git/index"));
  const Variable config("GIT_CONFIG_PARAMETERS",
                        "'core.fsmonitor'='" + repository.scratch.path("bait") + "'");
  CHECK(repository.names() == std::vector<std::string>{"a.py"});
  CHECK_FALSE(repository.scratch.exists("ran"));
}

TEST_CASE("a .git file may point at a linked work tree, and only its index is taken from there") {
  const Repository repository;
  repository.scratch.git({"worktree", "add", "-q", repository.scratch.path("linked")}, "repo");
  const auto roots = resolve_roots({repository.scratch.path("linked")});
  REQUIRE(roots);
  CHECK(roots->front().folder == repository.scratch.path("linked"));
  const auto set = list_files(roots->front(), GlobSet());
  REQUIRE(set);
  REQUIRE(set->entries.size() == 1);
  CHECK(set->entries.front().path == "a.py");

  // A pointer at a stranger's repository lists that index's names, but reads only below the root.
  repository.scratch.write("trap/.git", "gitdir: " + repository.scratch.path("repo/.git") + "\n");
  const auto trap = resolve_roots({repository.scratch.path("trap")});
  REQUIRE(trap);
  CHECK(trap->front().folder == repository.scratch.path("trap"));
}

TEST_CASE("a repository of another user is listed") {
  if (!is_root()) {
    WARN("skipped: only root can give files away");
    return;
  }
  const Repository repository;
  for (const char* path : {"repo", "repo/.git", "repo/.git/config"}) {
    REQUIRE(::chown(repository.scratch.path(path).c_str(), 4321, 4321) == 0);
  }
  CHECK(repository.names() == std::vector<std::string>{"a.py"});
}

}  // namespace keyless
