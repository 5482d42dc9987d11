#include "base/dialogue.h"

#include "catch.h"

namespace keyless {
namespace {

ProcessSpec running(const std::string& program, std::vector<std::string> arguments = {}) {
  ProcessSpec spec;
  spec.program = *find_program(program, "/usr/bin:/bin");
  spec.arguments = std::move(arguments);
  spec.folder = "/";
  spec.deadline = std::chrono::milliseconds(2000);
  return spec;
}

}  // namespace

TEST_CASE("a dialogue hears lines and bytes in the order they are said") {
  auto cat = Dialogue::start(running("cat"));
  REQUIRE(cat);
  REQUIRE((*cat)->say("one\ntwo and more"));
  std::string line;
  REQUIRE((*cat)->hear_line(line));
  CHECK(line == "one");
  std::string bytes(7, ' ');
  REQUIRE((*cat)->hear(bytes.data(), bytes.size()));
  CHECK(bytes == "two and");
  // More than a pipe holds, in both directions.
  const std::string large(300'000, 'x');
  REQUIRE((*cat)->hear(bytes.data(), 5));
  for (int i = 0; i < 3; ++i) {
    REQUIRE((*cat)->say(large.substr(0, 50'000)));
    std::string back(50'000, ' ');
    REQUIRE((*cat)->hear(back.data(), back.size()));
    CHECK(back == large.substr(0, 50'000));
  }
}

TEST_CASE("a dialogue with a program that has ended, or says nothing, fails in time") {
  auto ended = Dialogue::start(running("true"));
  REQUIRE(ended);
  std::string line;
  CHECK_FALSE((*ended)->hear_line(line));
  (void)(*ended)->say("still there?\n");
  CHECK_FALSE((*ended)->say("no\n"));

  ProcessSpec spec = running("sleep", {"60"});
  spec.deadline = std::chrono::milliseconds(100);
  auto silent = Dialogue::start(spec);
  REQUIRE(silent);
  CHECK_FALSE((*silent)->hear_line(line));

  CHECK_FALSE(Dialogue::start({"/nowhere/program", {}, {}, "/"}));
}

}  // namespace keyless
