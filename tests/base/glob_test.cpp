#include "base/glob.h"

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "base/scratch_folder.h"
#include "base/thread_clock.h"
#include "catch.h"

namespace keyless {
namespace {

Glob parsed(const std::string& pattern) {
  auto glob = Glob::parse(pattern);
  REQUIRE(glob);
  return std::move(*glob);
}

}  // namespace

TEST_CASE("globs fit what they should") {
  struct Case {
    std::string pattern;
    std::string path;
    bool fits;
  };
  const std::vector<Case> cases{
      {"*.py", "a.py", true},
      {"*.py", "src/deep/a.py", true},
      {"*.py", "a.pyc", false},
      {"/*.py", "a.py", true},
      {"/*.py", "src/a.py", false},
      {"src/*.py", "src/a.py", true},
      {"src/*.py", "src/deep/a.py", false},
      {"src/*.py", "x/src/a.py", false},
      {"src/**/*.py", "src/a.py", true},
      {"src/**/*.py", "src/b/c/a.py", true},
      {"**/a.py", "a.py", true},
      {"**/a.py", "x/y/a.py", true},
      {"**/a.py", "x/ya.py", false},
      {"src/**", "src/a/b", true},
      {"src/**", "srcs/a", false},
      {"a?c", "abc", true},
      {"a?c", "a/c", false},
      {"x/a?c", "x/a/c", false},
      {"*.{ts,tsx}", "a.tsx", true},
      {"*.{ts,tsx}", "a.ts", true},
      {"*.{ts,tsx}", "a.t", false},
      {"{a,b/{c,d}}/x", "b/d/x", true},
      {"{a,b/{c,d}}/x", "a/x", true},
      {"{a,b/{c,d}}/x", "b/x", false},
      {"a{,.bak}", "a", true},
      {"a{,.bak}", "a.bak", true},
      {"[a-c]x", "bx", true},
      {"[!a-c]x", "bx", false},
      {"[!a-c]x", "dx", true},
      {"[]x]", "]", true},
      {"[a-]", "-", true},
      {"x/[!y]z", "x//z", false},
      {"\\*", "*", true},
      {"\\*", "a", false},
      {"a**b", "axxb", true},
      {"x/a**b", "x/a/b", false},
      {"caf\xC3\xA9", "caf\xC3\xA9", true},
      {"*", "anything/at all", true},
  };
  for (const Case& c : cases) {
    CAPTURE(c.pattern, c.path);
    CHECK(parsed(c.pattern).matches(c.path) == c.fits);
  }
}

TEST_CASE("an exclusion covers what lies below, and a trailing slash means folders") {
  CHECK(parsed("samples").covers("samples/deep/a.py"));
  CHECK(parsed("samples").covers("x/samples/a.py"));
  CHECK_FALSE(parsed("/samples").covers("x/samples/a.py"));
  CHECK(parsed("samples/").covers("samples/a.py"));
  CHECK_FALSE(parsed("samples/").covers("x/samples"));
  CHECK(parsed("samples").covers("x/samples"));
}

TEST_CASE("what cannot be read is refused") {
  for (const char* pattern : {"", "/", "{a", "[a", "a\\", "{a,{b}", "[!"}) {
    CAPTURE(pattern);
    CHECK_FALSE(Glob::parse(pattern));
  }
  CHECK_FALSE(Glob::parse(std::string(1001, 'a')));
  CHECK_FALSE(Glob::parse(std::string(40, '{') + std::string(40, '}')));
}

TEST_CASE("no pattern explodes") {
  const auto begin = keyless::ThreadClock::now();
  std::string stars;
  for (int i = 0; i < 200; ++i) stars += "*a";
  CHECK_FALSE(parsed("x/" + stars + "b").matches("x/" + std::string(4000, 'a')));
  std::string folders;
  for (int i = 0; i < 200; ++i) folders += "**/";
  std::string deep;
  for (int i = 0; i < 1000; ++i) deep += "a/";
  CHECK_FALSE(parsed(folders + "b").matches(deep + "c"));
  std::string braces;
  for (int i = 0; i < 100; ++i) braces += "{a,aa}";
  CHECK_FALSE(parsed("x/" + braces + "b").matches("x/" + std::string(150, 'a')));
  CHECK(keyless::ThreadClock::now() - begin < std::chrono::seconds(5));
}

TEST_CASE("globs agree with Git's own reading of .gitignore") {
  const std::vector<std::string> paths{"a.py",      "src/a.py",   "src/b/a.py",   "src/b/c/d.ts",
                                       "docs/x",    "docs/y/x",   "x/docs/z",     "a-b.txt",
                                       "src/a-b/q", "lib/ab.tsx", "lib/[odd].py", "star*.md"};
  const std::vector<std::string> patterns{
      "*.py",       "/a.py", "src/*.py", "src/**/a.py", "**/x",    "docs/**", "docs/",
      "docs",       "/docs", "a?b*",     "[a-l]*/a.py", "src/*/q", "**/b/**", "lib/*.t[sx]*",
      "\\[odd].py", "*\\**", "b/",       "src/**/c",    "*b*",     "x/docs/z"};
  for (const std::string& pattern : patterns) {
    const ScratchFolder scratch;
    scratch.git({"init", "-q"});
    for (const std::string& path : paths) scratch.write(path, "x");
    scratch.write(".git/info/exclude", pattern + "\n");
    const std::string ignored =
        scratch.git({"ls-files", "-z", "--others", "--ignored", "--exclude-standard"});
    const std::string listing = std::string(1, '\0') + ignored;
    for (const std::string& path : paths) {
      const bool expected = listing.find('\0' + path + '\0') != std::string::npos;
      CAPTURE(pattern, path);
      CHECK(parsed(pattern).covers(path) == expected);
    }
  }
}

}  // namespace keyless
