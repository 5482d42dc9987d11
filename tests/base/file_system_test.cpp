#include "base/file_system.h"

#include <sys/stat.h>

#include <fstream>
#include <memory>

#include "base/memory_file_system.h"
#include "base/real_file_system.h"
#include "base/scratch_folder.h"
#include "catch.h"

namespace keyless {
namespace {

std::unique_ptr<RealFileSystem> opened(const std::string& root, RealFileSystem::Lookup lookup) {
  auto files = RealFileSystem::open(root, lookup);
  REQUIRE(files);
  return std::move(*files);
}

FileProblem problem(const FileSystem& files, const std::string& path, ReadLimits limits = {}) {
  const auto bytes = files.read(path, limits);
  REQUIRE_FALSE(bytes);
  return bytes.error();
}

bool no_nul(std::string_view head) {
  return head.find('\0') == std::string_view::npos;
}

// The promises that hold for every kind of file system; `scratch` lies beside the tree "root".
void check_promises(const FileSystem& files) {
  CHECK(files.read("a/b.txt", {}).value() == "text");
  CHECK(files.read("empty", {}).value().empty());
  CHECK(problem(files, "a") == FileProblem::not_regular);
  CHECK(problem(files, "") == FileProblem::bad_path);
  CHECK(problem(files, "none") == FileProblem::missing);
  CHECK(problem(files, "a/b.txt/c") == FileProblem::missing);
  CHECK(problem(files, "file-link") == FileProblem::link);
  CHECK(problem(files, "folder-link/b.txt") == FileProblem::link);
  CHECK(problem(files, "out-link/outside.txt") == FileProblem::link);
  CHECK(problem(files, "pipe") == FileProblem::not_regular);
  for (const char* path :
       {"../outside.txt", "a/../../outside.txt", "/etc/passwd", "a//b.txt", "./a/b.txt", "a/"}) {
    CAPTURE(path);
    CHECK(problem(files, path) == FileProblem::bad_path);
  }
  CHECK(problem(files, std::string("a/b.txt\0x", 9)) == FileProblem::bad_path);

  CHECK(files.read("a/b.txt", {4, nullptr}).value() == "text");
  CHECK(problem(files, "a/b.txt", {3, nullptr}) == FileProblem::too_large);
  CHECK(problem(files, "large", {100'000, nullptr}) == FileProblem::too_large);
  CHECK(files.read("large", {200'000, nullptr}).value().size() == 200'000);
  CHECK(problem(files, "large", {199'999, nullptr}) == FileProblem::too_large);
  // A picture is a picture, however large.
  CHECK(problem(files, "picture", {10, no_nul}) == FileProblem::rejected);
  CHECK(files.read("late-nul", {200'000, no_nul}).value().size() == 9000);

  CHECK(files.stat("a/b.txt")->kind == FileKind::regular);
  CHECK(files.stat("a/b.txt")->size == 4);
  CHECK(files.stat("a")->kind == FileKind::folder);
  CHECK(files.stat("file-link")->kind == FileKind::link);
  CHECK(files.stat("out-link")->kind == FileKind::link);
  CHECK(files.stat("pipe")->kind == FileKind::other);
  CHECK(files.stat("out-link/outside.txt").error() == FileProblem::link);
  CHECK(files.stat("none").error() == FileProblem::missing);

  CHECK(files.list("out-link").error() == FileProblem::link);
  CHECK(files.list("a/b.txt").error() == FileProblem::missing);
  std::string names;
  const auto entries = files.list("");
  REQUIRE(entries);
  for (const FolderEntry& entry : *entries) {
    names += entry.name +
             "drl?"[entry.kind == FileKind::folder    ? 0
                    : entry.kind == FileKind::regular ? 1
                    : entry.kind == FileKind::link    ? 2
                                                      : 3] +
             " ";
  }
  CHECK(names == "ad emptyr file-linkl folder-linkl larger late-nulr out-linkl picturer pipe? ");
}

std::string late_nul() {
  return std::string(8999, 'x') + '\0';
}
std::string picture() {
  return std::string("PNG\0", 4) + std::string(100'000, 'x');
}

void make_tree(const ScratchFolder& scratch) {
  scratch.write("outside.txt", "outside");
  scratch.write("root/a/b.txt", "text");
  scratch.write("root/empty", "");
  scratch.write("root/large", std::string(200'000, 'x'));
  scratch.write("root/picture", picture());
  scratch.write("root/late-nul", late_nul());
  scratch.link("root/file-link", "a/b.txt");
  scratch.link("root/folder-link", "a");
  scratch.link("root/out-link", "..");
  scratch.fifo("root/pipe");
}

}  // namespace

TEST_CASE("the real file system reads below its root and nothing else") {
  const auto lookup = GENERATE(RealFileSystem::Lookup::one_call, RealFileSystem::Lookup::by_part);
  const ScratchFolder scratch;
  make_tree(scratch);
  check_promises(*opened(scratch.path("root"), lookup));
}

TEST_CASE("the memory file system answers like the real one, and remembers") {
  MemoryFileSystem files;
  files.add("a/b.txt", "text");
  files.add("empty", "");
  files.add("large", std::string(200'000, 'x'));
  files.add("picture", picture());
  files.add("late-nul", late_nul());
  for (const char* link : {"file-link", "folder-link", "out-link"}) files.add_link(link);
  files.add_other("pipe");
  check_promises(files);
  CHECK(files.accesses().front() == "read a/b.txt");
  files.fail_reading("a/b.txt", FileProblem::denied);
  CHECK(problem(files, "a/b.txt") == FileProblem::denied);
}

TEST_CASE("a root that is not there is an error; a root behind a link is the caller's choice") {
  const ScratchFolder scratch;
  make_tree(scratch);
  CHECK_FALSE(RealFileSystem::open(scratch.path("none")));
  CHECK_FALSE(RealFileSystem::open(scratch.path("outside.txt")));
  scratch.link("way", "root");
  CHECK(opened(scratch.path("way"), RealFileSystem::Lookup::one_call)->read("a/b.txt", {}));
}

TEST_CASE("an unreadable file or folder is denied") {
  const ScratchFolder scratch;
  scratch.write("file", "x");
  scratch.write("folder/x", "x");
  scratch.set_mode(".", 0755);
  scratch.set_mode("file", 0);
  scratch.set_mode("folder", 0);
  const auto files = opened(scratch.path(), RealFileSystem::Lookup::one_call);
  const Unprivileged guard;
  CHECK(problem(*files, "file") == FileProblem::denied);
  CHECK(problem(*files, "folder/x") == FileProblem::denied);
  CHECK(files->list("folder").error() == FileProblem::denied);
}

TEST_CASE("writing replaces whole files and keeps their mode") {
  const auto lookup = GENERATE(RealFileSystem::Lookup::one_call, RealFileSystem::Lookup::by_part);
  const ScratchFolder scratch;
  make_tree(scratch);
  scratch.set_mode("root/a/b.txt", 0755);
  const auto files = opened(scratch.path("root"), lookup);

  REQUIRE(files->write_atomic("a/b.txt", "new", 0600));
  CHECK(scratch.read("root/a/b.txt") == "new");
  CHECK(files->stat("a/b.txt")->mode == 0755);
  REQUIRE(files->write_atomic("a/fresh", "1", 0600));
  CHECK(files->stat("a/fresh")->mode == 0600);
  CHECK(files->list("a")->size() == 2);  // no temporary file stays

  CHECK(files->write_atomic("file-link", "x", 0600).error() == FileProblem::link);
  CHECK(files->write_atomic("out-link/outside.txt", "x", 0600).error() == FileProblem::link);
  CHECK(files->write_atomic("pipe", "x", 0600).error() == FileProblem::not_regular);
  CHECK(files->write_atomic("a", "x", 0600).error() == FileProblem::not_regular);
  CHECK(files->write_atomic("none/x", "x", 0600).error() == FileProblem::missing);
  CHECK(files->write_atomic("../outside.txt", "x", 0600).error() == FileProblem::bad_path);
  CHECK(scratch.read("outside.txt") == "outside");
}

TEST_CASE("writing in memory follows the same rules") {
  MemoryFileSystem files;
  files.add("a/b", "old", 0755);
  files.add_link("link");
  REQUIRE(files.write_atomic("a/b", "new", 0600));
  CHECK(files.read("a/b", {}).value() == "new");
  CHECK(files.stat("a/b")->mode == 0755);
  CHECK(files.write_atomic("none/x", "x", 0600).error() == FileProblem::missing);
  CHECK(files.write_atomic("link", "x", 0600).error() == FileProblem::link);
  CHECK(files.write_atomic("a", "x", 0600).error() == FileProblem::not_regular);
}

}  // namespace keyless
