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
  CHECK(walked(files, {"", &*exclude, true}, skipped) ==
        std::vector<std::string>{"a/x", "nested/x"});
  CHECK(files.accesses() == std::vector<std::string>{"list ", "list a", "list nested"});
  CHECK(skipped[SkipReason::skipped_folder] == 4);
  CHECK(skipped[SkipReason::excluded] == 1);

  SkipCounts inner;
  CHECK(walked(files, {"nested", nullptr, false}, inner).empty());
  CHECK(inner[SkipReason::nested_repository] == 1);
}

TEST_CASE("a root that cannot be listed is counted, not silent") {
  const MemoryFileSystem files;
  SkipCounts skipped;
  CHECK(walked(files, {"gone", nullptr, true}, skipped).empty());
  CHECK(skipped[SkipReason::unreadable] == 1);
}

}  // namespace keyless
