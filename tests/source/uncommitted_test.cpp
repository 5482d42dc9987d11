#include "source/uncommitted.h"

#include "base/real_file_system.h"
#include "base/scratch_folder.h"
#include "catch.h"

namespace keyless {
namespace {

std::vector<std::string> changed(const ScratchFolder& scratch, const std::string& below = "") {
  const auto roots = resolve_roots({scratch.path("repo" + below)});
  REQUIRE(roots);
  Root root = roots->front();
  if (!below.empty()) root.folder = scratch.path("repo" + below);
  const auto files = RealFileSystem::open(root.folder);
  REQUIRE(files);
  const auto names = uncommitted_files(root, **files);
  if (!names) FAIL(to_text(names.error()));
  return *names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("what differs from the commit is listed, whatever way it differs") {
  const ScratchFolder scratch;
  for (const char* name : {"same", "edited", "staged", "gone", "taken out", "sub/deep"})
    scratch.write(std::string("repo/") + name, "text\n");
  scratch.write("repo/picture", std::string("PNG\0", 4));
  scratch.git({"init", "-q"}, "repo");
  scratch.write("repo/before the first commit", "x");
  scratch.git({"add", "-A"}, "repo");
  CHECK(changed(scratch).size() == 8);
  scratch.git({"commit", "-qm", "first"}, "repo");
  CHECK(changed(scratch).empty());

  scratch.write("repo/untracked", "x");
  CHECK(changed(scratch).empty());
  scratch.write("repo/edited", "tExt\n");
  scratch.write("repo/staged", "new\n");
  scratch.git({"add", "staged"}, "repo");
  scratch.write("repo/staged", "text\n");  // as committed, but not as staged
  scratch.git({"rm", "-q", "--cached", "taken out"}, "repo");
  scratch.git({"rm", "-q", "gone"}, "repo");
  scratch.write("repo/sub/deep", "more\n");
  scratch.write("repo/picture", std::string("GIF\0", 4));
  CHECK(changed(scratch) == Names{"edited", "gone", "staged", "sub/deep", "taken out"});
  CHECK(changed(scratch, "/sub") == Names{"deep"});
}

TEST_CASE("line ends that Git converts are no change, and its filters are not run") {
  const ScratchFolder scratch;
  scratch.write("repo/.gitattributes", "*.txt text eol=crlf\n*.f filter=trap\n");
  scratch.write("repo/a.txt", "one\r\ntwo\r\n");
  scratch.write("repo/b.f", "text\n");
  scratch.git({"init", "-q"}, "repo");
  scratch.git({"add", "-A"}, "repo");
  scratch.git({"commit", "-qm", "first"}, "repo");
  scratch.git({"config", "filter.trap.clean", "touch " + scratch.path("trap")}, "repo");
  CHECK(changed(scratch).empty());
  scratch.write("repo/a.txt", "one\r\nTWO\r\n");
  scratch.write("repo/b.f", "other\n");
  CHECK(changed(scratch) == Names{"a.txt", "b.f"});
  CHECK_FALSE(scratch.exists("trap"));
}

TEST_CASE("a sparse checkout is no change") {
  const ScratchFolder scratch;
  scratch.write("repo/in/a", "x");
  scratch.write("repo/out/b", "x");
  scratch.git({"init", "-q"}, "repo");
  scratch.git({"add", "-A"}, "repo");
  scratch.git({"commit", "-qm", "first"}, "repo");
  scratch.git({"sparse-checkout", "set", "in"}, "repo");
  REQUIRE_FALSE(scratch.exists("repo/out/b"));
  CHECK(changed(scratch).empty());
}

TEST_CASE("without Git nothing is uncommitted") {
  const ScratchFolder scratch;
  scratch.write("repo/a", "x");
  CHECK(changed(scratch).empty());
}

}  // namespace keyless
