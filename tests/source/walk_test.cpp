#include "source/walk.h"

#include <algorithm>

#include "base/memory_file_system.h"
#include "catch.h"

namespace keyless {
namespace {

std::vector<std::string> walked(const FileSystem& files, const WalkSpec& spec,
                                SkipCounts& skipped) {
  std::vector<std::string> paths;
  walk(files, spec, [&](std::string path) { paths.push_back(std::move(path)); }, skipped);
  return paths;
}

}  // namespace

TEST_CASE("a walk gives paths in byte order, whatever the names") {
  MemoryFileSystem files;
  std::vector<std::string> expected{"a b/x", "a!x",  "a-b/x",     "a.py", "a/0/x", "a/b",
                                    "a0",    "ab/x", "a\xC3\xA9", "Z/x",  "z"};
  for (const std::string& path : expected) files.add(path, "x");
  std::sort(expected.begin(), expected.end());
  SkipCounts skipped;
  CHECK(walked(files, {}, skipped) == expected);
  CHECK(skipped.total() == 0);
}

TEST_CASE("folders that are skipped or excluded are not even listed") {
  MemoryFileSystem files;
  for (const char* path : {"a/x", "node_modules/x", "a/.venv/x", "samples/x", "a/.git/x",
                           "nested/.git/HEAD", "nested/x"}) {
    files.add(path, "x");
  }
  const auto exclude = GlobSet::parse({"/samples/"});
  REQUIRE(exclude);
  SkipCounts skipped;
  CHECK(walked(files, {"", &*exclude, true, 1}, skipped) ==
        std::vector<std::string>{"a/x", "nested/x"});
  std::vector<std::string> accesses = files.accesses();
  std::sort(accesses.begin(), accesses.end());
  CHECK(accesses == std::vector<std::string>{"list ", "list a", "list nested"});
  CHECK(skipped[SkipReason::skipped_folder] == 4);
  CHECK(skipped[SkipReason::excluded] == 1);

  SkipCounts inner;
  CHECK(walked(files, {"nested", nullptr, false, 1}, inner).empty());
  CHECK(inner[SkipReason::nested_repository] == 1);
}

TEST_CASE("any number of threads finds the same") {
  MemoryFileSystem files;
  for (int a = 0; a < 12; ++a) {
    for (int b = 0; b < 12; ++b) {
      const std::string folder = "f" + std::to_string(a) + "/g" + std::to_string(b * b);
      files.add(folder + "/x.py", "x");
      files.add(folder + ".py", "x");
      files.add_link(folder + "-link");
    }
  }
  SkipCounts alone;
  const auto expected = walked(files, {"", nullptr, true, 1}, alone);
  CHECK(expected.size() == 288);
  CHECK(std::is_sorted(expected.begin(), expected.end()));
  for (const unsigned threads : {2U, 8U}) {
    SkipCounts together;
    CHECK(walked(files, {"", nullptr, true, threads}, together) == expected);
    CHECK(together[SkipReason::link] == alone[SkipReason::link]);
  }
}

TEST_CASE("a root that cannot be listed is counted, not silent") {
  const MemoryFileSystem files;
  SkipCounts skipped;
  CHECK(walked(files, {"gone", nullptr, true, 1}, skipped).empty());
  CHECK(skipped[SkipReason::unreadable] == 1);
}

}  // namespace keyless
