#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

#include "base/scratch_folder.h"
#include "base/subprocess.h"
#include "catch.h"

namespace keyless {
namespace {

void require(bool good, const std::string& what) {
  if (!good) throw std::runtime_error("the test's tree cannot be made: " + what);
}

}  // namespace

ScratchFolder::ScratchFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "keyless-test-XXXXXX").string();
  require(::mkdtemp(name.data()) != nullptr, name);
  path_ = std::filesystem::canonical(name).string();
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void ScratchFolder::write(const std::string& inner, const std::string& bytes) const {
  const std::filesystem::path target = path(inner);
  std::filesystem::create_directories(target.parent_path());
  std::ofstream file(target, std::ios::binary);
  file << bytes;
  require(file.good(), inner);
}

void ScratchFolder::make_folder(const std::string& inner) const {
  std::filesystem::create_directories(path(inner));
}

void ScratchFolder::link(const std::string& inner, const std::string& target) const {
  std::filesystem::create_directories(std::filesystem::path(path(inner)).parent_path());
  require(::symlink(target.c_str(), path(inner).c_str()) == 0, inner);
}

void ScratchFolder::fifo(const std::string& inner) const {
  require(::mkfifo(path(inner).c_str(), 0644) == 0, inner);
}

void ScratchFolder::set_mode(const std::string& inner, uint32_t mode) const {
  require(::chmod(path(inner).c_str(), mode) == 0, inner);
}

std::string ScratchFolder::read(const std::string& inner) const {
  std::ifstream file(path(inner), std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

bool ScratchFolder::exists(const std::string& inner) const {
  return std::filesystem::exists(std::filesystem::symlink_status(path(inner)));
}

std::string ScratchFolder::git(const std::vector<std::string>& arguments,
                               const std::string& inner) const {
  const auto program = find_program("git", "/usr/local/bin:/usr/bin:/bin");
  require(program.has_value(), "git is not installed");
  ProcessSpec spec;
  spec.program = *program;
  spec.arguments = {"-c", "user.name=Test",          "-c", "user.email=test@example.com",
                    "-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always"};
  spec.arguments.insert(spec.arguments.end(), arguments.begin(), arguments.end());
  spec.environment = {"PATH=/usr/local/bin:/usr/bin:/bin", "GIT_CONFIG_NOSYSTEM=1",
                      "GIT_CONFIG_GLOBAL=/dev/null"};
  spec.folder = inner.empty() ? path_ : path(inner);
  const auto result = run_process(spec);
  require(result && result->exit_code == 0,
          "git " + arguments.front() + (result ? ": " + result->message : ""));
  return result->output;
}

Unprivileged::Unprivileged() : owner_(::geteuid()) {
  if (owner_ == 0) require(::seteuid(65534) == 0, "another user");
}

Unprivileged::~Unprivileged() {
  if (owner_ == 0 && ::seteuid(0) != 0) std::abort();
}

bool is_root() {
  return ::geteuid() == 0;
}

TEST_CASE("a scratch folder vanishes with its owner") {
  std::string path;
  {
    const ScratchFolder scratch;
    path = scratch.path();
    scratch.write("a/b", "text");
    CHECK(scratch.read("a/b") == "text");
  }
  CHECK_FALSE(std::filesystem::exists(path));
}

}  // namespace keyless
