#include "source/file_set.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/scratch_folder.h"
#include "catch.h"

namespace keyless {
namespace {

FileSet listed(const std::string& path, const std::vector<std::string>& exclude = {}) {
  const auto roots = resolve_roots({path});
  REQUIRE(roots);
  REQUIRE(roots->size() == 1);
  const auto globs = GlobSet::parse(exclude);
  REQUIRE(globs);
  auto set = list_files(roots->front(), *globs);
  REQUIRE(set);
  return *set;
}

// "path" for a tracked entry, "path (untracked)" for another.
std::vector<std::string> names(const FileSet& set) {
  std::vector<std::string> out;
  for (const FileEntry& entry : set.entries) {
    out.push_back(entry.path + (entry.tracked ? "" : " (untracked)"));
  }
  return out;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("Git decides: tracked files, whatever .gitignore says, and untracked ones it keeps") {
  const ScratchFolder scratch;
  scratch.git({"init", "-q"});
  scratch.write("ignored-but-tracked.py", "x");
  scratch.write("src/app.py", "x");
  scratch.git({"add", "."});
  scratch.write(".gitignore", "ignored-*\n*.log\n/build/\n");
  scratch.write("new.py", "x");
  scratch.write("run.log", "x");
  scratch.write("build/out.py", "x");
  const FileSet set = listed(scratch.path());
  CHECK(names(set) == Names{".gitignore (untracked)", "ignored-but-tracked.py",
                            "new.py (untracked)", "src/app.py"});
  CHECK(set.notes.empty());
}

TEST_CASE("local settings are listed although Git ignores them, and stay untracked") {
  const ScratchFolder scratch;
  scratch.git({"init", "-q"});
  scratch.write(".gitignore",
                ".env*\n.azure\nlocal.settings.json\n*.tfvars\n*.tfstate\nsecrets.*\n"
                "appsettings.*.json\nnode_modules\n*.log\n");
  for (const char* path :
       {".env", ".env.local", ".azure/dev/.env", ".azure/dev/config.json", "f/local.settings.json",
        "infra/dev.tfvars", "infra/terraform.tfstate", "secrets.json", "a/appsettings.Local.json",
        "node_modules/p/.env", "run.log"}) {
    scratch.write(path, "x");
  }
  CHECK(names(listed(scratch.path())) ==
        Names{".azure/dev/.env (untracked)", ".env (untracked)", ".env.local (untracked)",
              ".gitignore (untracked)", "a/appsettings.Local.json (untracked)",
              "f/local.settings.json (untracked)", "infra/dev.tfvars (untracked)",
              "infra/terraform.tfstate (untracked)", "secrets.json (untracked)"});
}

TEST_CASE("links, submodules and nested repositories are counted, not entered") {
  const ScratchFolder scratch;
  scratch.git({"init", "-q"});
  scratch.write("other/x.py", "x");
  scratch.git({"init", "-q"}, "other");
  scratch.git({"add", "."}, "other");
  scratch.git({"commit", "-qm", "x"}, "other");
  scratch.write("a.py", "x");
  scratch.link("link.py", "a.py");
  scratch.link("new-link.py", "/etc/passwd");
  scratch.git({"add", "a.py", "link.py"});
  scratch.git({"submodule", "--quiet", "add", scratch.path("other"), "module"});
  const FileSet set = listed(scratch.path());
  CHECK(names(set) == Names{".gitmodules", "a.py"});
  CHECK(set.skipped[SkipReason::link] == 2);
  CHECK(set.skipped[SkipReason::submodule] == 1);
  CHECK(set.skipped[SkipReason::nested_repository] == 1);
}

TEST_CASE("a file in conflict and a file with a strange name are listed once") {
  const ScratchFolder scratch;
  scratch.git({"init", "-q"});
  const std::string strange = "a\tb\nc\".py";
  scratch.write(strange, "1\n");
  scratch.write("x.py", "1\n");
  scratch.git({"add", "."});
  scratch.git({"commit", "-qm", "1"});
  scratch.git({"checkout", "-qb", "side"});
  scratch.write("x.py", "2\n");
  scratch.git({"commit", "-qam", "2"});
  scratch.git({"checkout", "-q", "main"});
  scratch.write("x.py", "3\n");
  scratch.git({"commit", "-qam", "3"});
  CHECK_THROWS(scratch.git({"merge", "-q", "side"}));
  CHECK(names(listed(scratch.path())) == Names{strange, "x.py"});
}

TEST_CASE("a folder without Git is walked, honouring no ignore file") {
  const ScratchFolder scratch;
  scratch.write(".gitignore", "*.py\n");
  scratch.write("a.py", "x");
  scratch.write("a-b/c.py", "x");
  scratch.write("a/c.py", "x");
  scratch.write("node_modules/p/index.js", "x");
  scratch.write("web/.venv/x.py", "x");
  scratch.write("web/__pycache__/x.pyc", "x");
  scratch.write("infra/.terraform/x.tf", "x");
  scratch.link("loop", ".");
  scratch.link("out", "/etc");
  scratch.fifo("pipe");
  const FileSet set = listed(scratch.path());
  CHECK(names(set) == Names{".gitignore", "a-b/c.py", "a.py", "a/c.py"});
  CHECK(set.skipped[SkipReason::skipped_folder] == 4);
  CHECK(set.skipped[SkipReason::link] == 2);
  CHECK(set.skipped[SkipReason::not_regular] == 1);
}

TEST_CASE("a tree deeper than the bound ends, and says so") {
  const ScratchFolder scratch;
  std::string deep;
  for (int i = 0; i < 300; ++i) deep += "d/";
  scratch.write(deep + "x.py", "x");
  scratch.write("top.py", "x");
  const FileSet set = listed(scratch.path());
  CHECK(names(set) == Names{"top.py"});
  CHECK(set.skipped[SkipReason::too_deep] == 1);
}

TEST_CASE("excluded paths are left out and counted, with and without Git") {
  const ScratchFolder scratch;
  scratch.write("keep.py", "x");
  scratch.write("samples/a.py", "x");
  scratch.write("deep/samples/b.py", "x");
  scratch.write("c.gen.ts", "x");
  const std::vector<std::string> exclude{"/samples", "*.gen.{ts,js}"};
  const FileSet walked = listed(scratch.path(), exclude);
  scratch.git({"init", "-q"});
  scratch.git({"add", "."});
  const FileSet asked = listed(scratch.path(), exclude);
  CHECK(names(walked) == Names{"deep/samples/b.py", "keep.py"});
  CHECK(names(asked) == names(walked));
  CHECK(walked.skipped[SkipReason::excluded] == 2);
  CHECK(asked.skipped[SkipReason::excluded] == 2);
}

TEST_CASE("a root inside a work tree lists its own part of it") {
  const ScratchFolder scratch;
  scratch.git({"init", "-q"});
  scratch.write(".gitignore", ".env\n");
  scratch.write("outside.py", "x");
  scratch.write("case/.keyless.yaml", "version: 1\nroot: true\n");
  scratch.write("case/a.py", "x");
  scratch.write("case/sub/.env", "x");
  scratch.write("case-two/b.py", "x");
  scratch.git({"add", "."});
  scratch.write("case/new.py", "x");
  CHECK(names(listed(scratch.path("case"))) ==
        Names{".keyless.yaml", "a.py", "new.py (untracked)", "sub/.env (untracked)"});
}

TEST_CASE("a folder that Git ignores is its own root: asking for it must not find nothing") {
  const ScratchFolder scratch;
  scratch.git({"init", "-q"});
  scratch.write(".gitignore", "/out/\n");
  scratch.write("a.py", "x");
  scratch.write("out/deep/b.py", "x");
  scratch.git({"add", "."});
  CHECK(names(listed(scratch.path("out"))) == Names{"deep/b.py"});
  CHECK(names(listed(scratch.path("out/deep"))) == Names{"b.py"});
  CHECK(names(listed(scratch.path("out/deep/b.py"))) == Names{"b.py"});
}

TEST_CASE("a view that holds no file is said") {
  const ScratchFolder scratch;
  scratch.git({"init", "-q"});
  scratch.write("a.py", "x");
  scratch.make_folder("empty");
  const FileSet set = listed(scratch.path("empty"));
  REQUIRE(set.notes.size() == 1);
  CHECK(set.notes.front().path == scratch.path("empty"));
}

TEST_CASE("a broken repository is walked, and the report says why") {
  const ScratchFolder scratch;
  scratch.write(".git/HEAD", "not a repository");
  scratch.write("a.py", "x");
  const FileSet set = listed(scratch.path());
  CHECK(names(set) == Names{"a.py"});
  REQUIRE(set.notes.size() == 1);
  CHECK(set.notes.front().message.find("Git could not list") != std::string::npos);
}

}  // namespace keyless
