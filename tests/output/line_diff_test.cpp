#include "output/line_diff.h"

#include <charconv>
#include <random>

#include "catch.h"

namespace keyless {
namespace {

size_t number(std::string_view& rest) {
  size_t value = 0;
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), value);
  REQUIRE(error == std::errc());
  rest.remove_prefix(static_cast<size_t>(end - rest.data()));
  return value;
}

// Line and count of one side of a hunk's head.
std::pair<size_t, size_t> range(std::string_view& rest, char mark) {
  REQUIRE(rest.starts_with(mark));
  rest.remove_prefix(1);
  const size_t line = number(rest);
  if (!rest.starts_with(',')) return {line, 1};
  rest.remove_prefix(1);
  return {line, number(rest)};
}

// Applies hunks as the format's description has it, with nothing of the code under test: every
// context line, count and position must be right.
std::string patched(std::string_view before, std::string_view hunks) {
  std::string after;
  size_t at = 0;         // bytes of `before` that are used up
  size_t line = 0;       // their lines
  size_t lines_out = 0;  // in `after`
  const auto copy_line = [&] {
    const size_t feed = before.find('\n', at);
    const size_t end = feed == std::string_view::npos ? before.size() : feed + 1;
    REQUIRE(end > at);
    std::string text(before.substr(at, end - at));
    at = end;
    ++line;
    return text;
  };
  while (!hunks.empty()) {
    REQUIRE(hunks.starts_with("@@ "));
    hunks.remove_prefix(3);
    auto [old_line, old_count] = range(hunks, '-');
    hunks.remove_prefix(1);
    auto [new_line, new_count] = range(hunks, '+');
    REQUIRE(hunks.starts_with(" @@\n"));
    hunks.remove_prefix(4);
    while (line + 1 < old_line + (old_count == 0 ? 1 : 0)) {
      after += copy_line();
      ++lines_out;
    }
    REQUIRE(lines_out + 1 == new_line + (new_count == 0 ? 1 : 0));
    while (old_count + new_count > 0) {
      const char mark = hunks.at(0);
      std::string text(hunks.substr(1, hunks.find('\n')));
      hunks.remove_prefix(text.size() + 1);
      constexpr std::string_view no_feed = "\\ No newline at end of file\n";
      if (hunks.starts_with(no_feed)) {
        text.pop_back();
        hunks.remove_prefix(no_feed.size());
      }
      if (mark != '+') {
        REQUIRE(copy_line() == text);
        --old_count;
      }
      if (mark != '-') {
        after += text;
        ++lines_out;
        --new_count;
      }
    }
  }
  return after + std::string(before.substr(at));
}

}  // namespace

TEST_CASE("hunks have three lines of context and join when they would touch") {
  CHECK(unified_hunks("a\n", "a\n").empty());
  CHECK(unified_hunks("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nX\n6\n7\n8\n9\n") ==
        "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+X\n 6\n 7\n 8\n");
  CHECK(unified_hunks("", "a\nb") == "@@ -0,0 +1,2 @@\n+a\n+b\n\\ No newline at end of file\n");
  CHECK(unified_hunks("a\n", "") == "@@ -1 +0,0 @@\n-a\n");
  CHECK(unified_hunks("a", "a\n") == "@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+a\n");
  const std::string six = "1\n2\n3\n4\n5\n6\n";
  CHECK(unified_hunks("x\n" + six + "y\n", "X\n" + six + "Y\n") ==
        "@@ -1,8 +1,8 @@\n-x\n+X\n 1\n 2\n 3\n 4\n 5\n 6\n-y\n+Y\n");
  CHECK(unified_hunks("x\n" + six + "7\ny\n", "X\n" + six + "7\nY\n") ==
        "@@ -1,4 +1,4 @@\n-x\n+X\n 1\n 2\n 3\n@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-y\n+Y\n");
}

TEST_CASE("a small change in much text gives a small diff") {
  std::string before;
  for (int i = 0; i < 20'000; ++i) before += "line " + std::to_string(i % 50) + "\n";
  std::string after = before;
  after.insert(after.find("line 7\n", after.size() / 2), "new\n");
  after.erase(0, 7);
  const auto ranges = changed_lines(lines_with_ends(before), lines_with_ends(after));
  size_t changed = 0;
  for (const LineRange& r : ranges)
    changed += r.before_end - r.before_begin + r.after_end - r.after_begin;
  CHECK(changed == 2);
}

TEST_CASE("texts that have nothing in common are one range, soon") {
  std::string before, after;
  for (int i = 0; i < 30'000; ++i) {
    before += "b" + std::to_string(i) + "\n";
    after += "a" + std::to_string(i) + "\n";
  }
  const auto ranges = changed_lines(lines_with_ends(before), lines_with_ends(after));
  REQUIRE(ranges.size() == 1);
  CHECK(ranges[0] == LineRange{0, 30'000, 0, 30'000});
}

TEST_CASE("hunks applied by another hand give the new text, for random texts") {
  for (unsigned seed = 0; seed < 10'000; ++seed) {
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto pick = [&](unsigned most) { return static_cast<unsigned>(random() % (most + 1)); };
    const auto text = [&](unsigned lines) {
      std::string out;
      for (unsigned i = pick(lines); i > 0; --i) {
        out += std::string(pick(1), static_cast<char>('a' + pick(2)));
        out += pick(9) == 0 ? "\r\n" : "\n";
      }
      if (pick(3) == 0) out += "end";
      return out;
    };
    std::string before = text(30);
    std::string after = before;
    if (pick(4) == 0) after = text(30);
    for (unsigned i = pick(3); i > 0; --i) {
      const size_t at = pick(static_cast<unsigned>(after.size()));
      after.replace(at, pick(6), text(4));
    }
    const std::string hunks = unified_hunks(before, after);
    if (patched(before, hunks) != after) FAIL(hunks);
    if (before == after) CHECK(hunks.empty());
  }
}

}  // namespace keyless
