// Runs the corpus of each target of one kind through it, without libFuzzer: `keyless_replay_KIND CORPUS`.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "fuzz/targets.h"

namespace {

namespace files = std::filesystem;
using Clock = std::chrono::steady_clock;

std::vector<files::path> sorted(const files::path& folder) {
  std::vector<files::path> paths;
  for (const auto& entry : files::directory_iterator(folder)) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  return paths;
}

size_t replay(const keyless::fuzz::Target& target, const files::path& folder) {
  const auto start = Clock::now();
  size_t count = 0;
  for (const files::path& path : sorted(folder)) {
    std::ifstream stream(path, std::ios::binary);
    const std::string input{std::istreambuf_iterator<char>(stream), {}};
    // Said before it runs: an input that ends the process is the last one named.
    std::fprintf(stderr, "%s\n", path.c_str());
    target.run(input);
    ++count;
  }
  const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
  std::printf("%s: %zu inputs, %lld ms\n", folder.filename().c_str(), count,
              static_cast<long long>(took.count()));
  return count;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  for (const keyless::fuzz::Target& target : keyless::fuzz::targets())
    if (replay(target, files::path(argv[1]) / target.name) == 0) return 1;
  return 0;
}
