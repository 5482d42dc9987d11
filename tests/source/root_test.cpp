#include "source/root.h"

#include "base/scratch_folder.h"
#include "catch.h"

namespace keyless {
namespace {

std::vector<Root> resolved(const std::vector<std::string>& paths) {
  auto roots = resolve_roots(paths);
  REQUIRE(roots);
  return *roots;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("the root is the nearest declared one, else the work tree, else the path") {
  const ScratchFolder scratch;
  scratch.write("repo/src/deep/a.py", "x");
  scratch.write("repo/.keyless.yaml", "version: 1\n");
  scratch.write("repo/case/.keyless.yaml", "version: 1\nroot: true\n");
  scratch.write("repo/case/src/b.py", "x");
  scratch.write("plain/sub/c.py", "x");
  scratch.git({"init", "-q"}, "repo");

  const Root whole = resolved({scratch.path("repo")}).front();
  CHECK(whole.folder == scratch.path("repo"));
  CHECK(whole.id == "repo");
  CHECK(whole.git);
  CHECK(whole.narrow.empty());
  CHECK(whole.commit.empty());

  const Root sub = resolved({scratch.path("repo/src")}).front();
  CHECK(sub.folder == scratch.path("repo"));
  CHECK(sub.narrow == Names{"src"});
  CHECK(in_view(sub, "src/deep/a.py"));
  CHECK(in_view(sub, "src"));
  CHECK_FALSE(in_view(sub, "src-two/a.py"));

  const Root declared = resolved({scratch.path("repo/case/src/b.py")}).front();
  CHECK(declared.folder == scratch.path("repo/case"));
  CHECK(declared.work_tree == scratch.path("repo"));
  CHECK(declared.narrow == Names{"src/b.py"});
  CHECK_FALSE(declared.only_narrow);

  const Root plain = resolved({scratch.path("plain/sub")}).front();
  CHECK(plain.folder == scratch.path("plain/sub"));
  CHECK_FALSE(plain.git);
  CHECK(plain.narrow.empty());

  const Root lone = resolved({scratch.path("plain/sub/c.py")}).front();
  CHECK(lone.folder == scratch.path("plain/sub"));
  CHECK(lone.only_narrow);
  CHECK(lone.narrow == Names{"c.py"});
}

TEST_CASE("the commit of the work tree is known") {
  const ScratchFolder scratch;
  scratch.write("a.py", "x");
  scratch.git({"init", "-q"});
  scratch.git({"add", "."});
  scratch.git({"commit", "-qm", "x"});
  const std::string head = scratch.git({"rev-parse", "HEAD"});
  CHECK(resolved({scratch.path()}).front().commit + "\n" == head);
}

TEST_CASE("a declaration beside the repository, behind a link or nested in YAML is none") {
  const ScratchFolder scratch;
  scratch.write(".keyless.yaml", "root: true\n");
  scratch.write("repo/sub/a.py", "x");
  scratch.git({"init", "-q"}, "repo");
  scratch.link("repo/sub/.keyless.yaml", "../../.keyless.yaml");
  CHECK(resolved({scratch.path("repo/sub")}).front().folder == scratch.path("repo"));

  CHECK(declares_root("version: 1\nroot: true\n"));
  CHECK(declares_root("\xEF\xBB\xBFroot: true # yes\r\n"));
  CHECK(declares_root("root:   true"));
  CHECK_FALSE(declares_root("root: false\n"));
  CHECK_FALSE(declares_root("# root: true\n"));
  CHECK_FALSE(declares_root("x:\n  root: true\n"));
  CHECK_FALSE(declares_root("root:true\n"));
  CHECK_FALSE(declares_root("root: truest\n"));
}

TEST_CASE("an empty .git folder is no repository") {
  const ScratchFolder scratch;
  scratch.git({"init", "-q"});
  scratch.make_folder("sub/.git");
  CHECK(resolved({scratch.path("sub")}).front().folder == scratch.path());
}

TEST_CASE("several paths: views join, whole beats narrow, what is shown once stays once") {
  const ScratchFolder scratch;
  for (const char* repo : {"one/app", "two/app"}) {
    scratch.write(std::string(repo) + "/src/a.py", "x");
    scratch.write(std::string(repo) + "/lib/b.py", "x");
    scratch.git({"init", "-q"}, repo);
  }
  const auto both = resolved({scratch.path("one/app"), scratch.path("two/app")});
  REQUIRE(both.size() == 2);
  CHECK(both[0].id == "app");
  CHECK(both[1].id == "app-2");

  const auto joined = resolved(
      {scratch.path("one/app/src"), scratch.path("one/app/lib"), scratch.path("one/app/src")});
  REQUIRE(joined.size() == 1);
  CHECK(joined.front().narrow == Names{"src", "lib"});

  const auto whole = resolved({scratch.path("one/app/src"), scratch.path("one/app")});
  REQUIRE(whole.size() == 1);
  CHECK(whole.front().narrow.empty());

  // The folder above is no repository, so it holds the files of both.
  const auto above = resolved({scratch.path("two/app"), scratch.path()});
  REQUIRE(above.size() == 1);
  CHECK(above.front().folder == scratch.path());
}

TEST_CASE("a declared root below a given root is part of it, unless only a part was asked for") {
  const ScratchFolder scratch;
  scratch.write("a/x.py", "x");
  scratch.write("case/.keyless.yaml", "root: true\n");
  scratch.git({"init", "-q"});
  CHECK(resolved({scratch.path(), scratch.path("case")}).size() == 1);
  CHECK(resolved({scratch.path("a"), scratch.path("case")}).size() == 2);
}

TEST_CASE("a path that is not there, or no file, is an error that names it") {
  const ScratchFolder scratch;
  scratch.fifo("pipe");
  for (const char* path : {"none", "pipe"}) {
    const auto roots = resolve_roots({scratch.path(path)});
    REQUIRE_FALSE(roots);
    CHECK(roots.error().path == scratch.path(path));
  }
}

TEST_CASE("a path behind a link is the place it leads to") {
  const ScratchFolder scratch;
  scratch.write("repo/src/a.py", "x");
  scratch.git({"init", "-q"}, "repo");
  scratch.link("way", "repo/src");
  const Root root = resolved({scratch.path("way")}).front();
  CHECK(root.folder == scratch.path("repo"));
  CHECK(root.narrow == Names{"src"});
}

}  // namespace keyless
