#include "base/subprocess.h"

#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <thread>

#include "base/scratch_folder.h"
#include "catch.h"

namespace keyless {
namespace {

ProcessSpec shell(const std::string& script) {
  ProcessSpec spec;
  spec.program = "/bin/sh";
  spec.arguments = {"-c", script};
  spec.folder = "/";
  return spec;
}

}  // namespace

TEST_CASE("a program's output, message and exit code come back") {
  const auto result = run_process(shell("printf 'a\\0b'; echo wrong >&2; exit 3"));
  REQUIRE(result);
  CHECK(result->output == std::string("a\0b", 3));
  CHECK(result->message == "wrong\n");
  CHECK(result->exit_code == 3);
  const auto killed = run_process(shell("kill -9 $$"));
  REQUIRE(killed);
  CHECK(killed->exit_code == 128 + 9);
}

TEST_CASE("only the given environment, folder and an empty input are there") {
  REQUIRE(::setenv("KEYLESS_TEST_SECRET", "x", 1) == 0);
  const ScratchFolder scratch;
  ProcessSpec spec = shell("/usr/bin/env; pwd; cat; ls /proc/self/fd | wc -l");
  spec.environment = {"ONLY=this", "PATH=/usr/bin:/bin"};
  spec.folder = scratch.path();
  const auto result = run_process(spec);
  ::unsetenv("KEYLESS_TEST_SECRET");
  REQUIRE(result);
  CHECK(result->output.find("KEYLESS_TEST_SECRET") == std::string::npos);
  CHECK(result->output.find("ONLY=this\n") != std::string::npos);
  CHECK(result->output.find("\n" + scratch.path() + "\n4\n") != std::string::npos);
}

TEST_CASE("output beyond the cap and time beyond the deadline end the program and its children") {
  ProcessSpec loud = shell("while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done");
  loud.output_cap = 1000;
  const auto cut = run_process(loud);
  REQUIRE_FALSE(cut);
  CHECK(cut.error().message == "printed too much");

  const ScratchFolder scratch;
  ProcessSpec slow = shell("(sleep 1; touch '" + scratch.path("late") + "') & wait");
  slow.environment = {"PATH=/usr/bin:/bin"};
  slow.deadline = std::chrono::milliseconds(200);
  const auto begin = std::chrono::steady_clock::now();
  const auto late = run_process(slow);
  REQUIRE_FALSE(late);
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::milliseconds(900));
  std::this_thread::sleep_for(std::chrono::milliseconds(1300));
  CHECK_FALSE(scratch.exists("late"));
}

TEST_CASE("output of exactly the cap is whole") {
  ProcessSpec spec = shell("printf 1234567890");
  spec.output_cap = 10;
  const auto result = run_process(spec);
  REQUIRE(result);
  CHECK(result->output == "1234567890");
}

TEST_CASE("a program that is not there is an error") {
  ProcessSpec spec;
  spec.program = "/nonexistent/program";
  spec.folder = "/";
  CHECK_FALSE(run_process(spec));
}

TEST_CASE("programs are never found through a relative entry of PATH") {
  const ScratchFolder scratch;
  scratch.write("tool", "#!/bin/sh\n");
  scratch.write("plain", "x");
  scratch.set_mode("tool", 0755);
  scratch.make_folder("tools/tool");
  CHECK(find_program("tool", "/nonexistent:" + scratch.path()) == scratch.path("tool"));
  CHECK(find_program("tool", scratch.path("tools") + ":" + scratch.path()) == scratch.path("tool"));
  CHECK_FALSE(find_program("plain", scratch.path()));
  REQUIRE(::chdir(scratch.path().c_str()) == 0);
  CHECK_FALSE(find_program("tool", ".::"));
  REQUIRE(::chdir("/") == 0);
}

}  // namespace keyless
