#include "source/tree_files.h"

#include "base/scratch_folder.h"
#include "catch.h"

namespace keyless {
namespace {

struct Repository : ScratchFolder {
  Repository() { git({"init", "-q"}); }
  std::string commit() const {
    git({"add", "-A"});
    git({"commit", "-q", "-m", "x"});
    return git({"rev-parse", "HEAD"}).substr(0, 40);
  }
  [[nodiscard]] Root root() const { return resolve_roots({path()})->front(); }
  [[nodiscard]] std::unique_ptr<TreeFiles> at(const std::string& commit) const {
    auto tree = tree_at(root(), commit);
    REQUIRE(tree);
    auto files = TreeFiles::open(root(), std::move(*tree));
    REQUIRE(files);
    return std::move(*files);
  }
};

std::string text(const FileSystem& files, const std::string& path) {
  const auto bytes = files.read(path, {});
  return bytes ? *bytes : std::string(to_text(bytes.error()));
}

}  // namespace

TEST_CASE("a tree reads as it was committed, whatever lies on disk") {
  const Repository repository;
  repository.write("same.py", "same\n");
  repository.write("changed.py", "before\n");
  repository.write("deleted/a.py", "deleted\n");
  repository.write("crlf.py", "one\ntwo\n");
  repository.write("empty.py", "");
  const std::string old = repository.commit();
  repository.write("changed.py", "after\n");
  repository.write("crlf.py", "one\r\ntwo\r\n");
  repository.git({"rm", "-q", "deleted/a.py"});
  repository.write("new.py", "new\n");
  const auto files = repository.at(old);
  CHECK(text(*files, "same.py") == "same\n");
  CHECK(text(*files, "changed.py") == "before\n");
  CHECK(text(*files, "deleted/a.py") == "deleted\n");
  CHECK(text(*files, "crlf.py") == "one\r\ntwo\r\n");  // the same file, checked out otherwise
  CHECK(text(*files, "empty.py").empty());
  CHECK(text(*files, "new.py") == to_text(FileProblem::missing));
  CHECK(text(*files, "deleted") == to_text(FileProblem::not_regular));
  CHECK(text(*files, "../x") == to_text(FileProblem::bad_path));
}

TEST_CASE("a tree keeps to the limits of a reader, and goes on afterwards") {
  const Repository repository;
  repository.write("large.py", std::string(200'000, 'x'));
  repository.write("picture.png", std::string(20'000, '\0'));
  repository.write("small.py", "small\n");
  const std::string old = repository.commit();
  for (const char* path : {"large.py", "picture.png", "small.py"}) repository.write(path, "now\n");
  const auto files = repository.at(old);
  const auto is_text = [](std::string_view head) {
    return head.find('\0') == std::string_view::npos;
  };
  CHECK(files->read("large.py", {1000, nullptr}).error() == FileProblem::too_large);
  CHECK(files->read("picture.png", {1000, is_text}).error() == FileProblem::rejected);
  CHECK(text(*files, "small.py") == "small\n");
  CHECK(text(*files, "large.py").size() == 200'000);
}

TEST_CASE("a tree lists folders, links and submodules as what they are") {
  const Repository repository;
  repository.write("a/b/c.py", "x");
  repository.write("a-b.py", "x");
  repository.link("link.py", "a-b.py");
  const std::string commit = repository.commit();
  const auto files = repository.at(commit);
  const auto top = files->list("");
  REQUIRE(top);
  REQUIRE(top->size() == 3);
  CHECK((*top)[0].name == "a");
  CHECK((*top)[0].kind == FileKind::folder);
  CHECK((*top)[2].kind == FileKind::link);
  CHECK(files->list("a")->front().name == "b");
  CHECK(files->list("nowhere").error() == FileProblem::missing);
  CHECK(text(*files, "link.py") == to_text(FileProblem::link));
  CHECK(files->stat("a")->kind == FileKind::folder);
  const FileSet set = files_of(files->tree(), GlobSet());
  REQUIRE(set.entries.size() == 2);
  CHECK(set.skipped[SkipReason::link] == 1);
  CHECK_FALSE(files->write_atomic("a-b.py", "no", 0644));
}

TEST_CASE("the index is a tree too; before the first commit there is none") {
  const Repository repository;
  repository.write("a.py", "staged\n");
  repository.git({"add", "-A"});
  repository.write("a.py", "not staged\n");
  auto tree = tree_of_index(repository.root());
  REQUIRE(tree);
  auto files = TreeFiles::open(repository.root(), std::move(*tree));
  REQUIRE(files);
  CHECK(text(**files, "a.py") == "staged\n");
  CHECK(tree_at(repository.root(), "")->empty());
  CHECK_FALSE(commit_named(repository.root(), "HEAD"));
  const std::string first = repository.commit();
  CHECK(*commit_named(repository.root(), "HEAD") == first);
  CHECK_FALSE(commit_named(repository.root(), "--all"));
  CHECK(merge_base(repository.root(), first, first) == first);
}

}  // namespace keyless
