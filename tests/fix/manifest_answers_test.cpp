// Answers requests that lie in a folder, for tests in other languages: each folder below
// KEYLESS_MANIFEST_REQUESTS holds `request` (file name, package, minimum, package beside it; one a
// line) and that file. Writes `after`, or `refusal`, beside them.

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "fix/manifest_case.h"

namespace keyless {
namespace {

std::string text_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

TEST_CASE("manifest answers", "[.answers]") {
  const char* folder = std::getenv("KEYLESS_MANIFEST_REQUESTS");
  REQUIRE(folder != nullptr);
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::istringstream request(text_of(entry.path() / "request"));
    std::string file;
    std::string beside;
    Dependency wanted;
    std::getline(request, file);
    std::getline(request, wanted.name);
    std::getline(request, wanted.at_least);
    std::getline(request, beside);
    const auto kind = manifest_kind(file);
    CAPTURE(file);
    REQUIRE(kind);
    const std::string before = text_of(entry.path() / file);
    const ManifestResult result = require(before, *kind, wanted, beside);
    const bool refused = !result.refusal.empty();
    CHECK((!refused || result.edits.empty()));
    CHECK(require(edited(before, result.edits), *kind, wanted, beside).edits.empty());
    std::ofstream out(entry.path() / (refused ? "refusal" : "after"), std::ios::binary);
    out << (refused ? result.refusal : edited(before, result.edits));
    if (!result.note.empty()) std::ofstream(entry.path() / "note") << result.note;
  }
}

}  // namespace
}  // namespace keyless
