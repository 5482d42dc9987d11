// Every case of fixtures/syntax/*.txt: the source is lowered and each expected line must be said.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "base/text.h"
#include "catch.h"
#include "syntax/dump.h"
#include "syntax/languages.h"

namespace keyless {
namespace {

struct Case {
  std::string title;
  std::string path;
  std::string source;
  std::vector<std::string> expected;
};

std::vector<Case> read_cases(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::vector<Case> cases;
  bool expecting = false;
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("=== ")) {
      const size_t bar = line.rfind(" | ");
      cases.push_back({line.substr(4, bar - 4), line.substr(bar + 3), {}, {}});
      expecting = false;
    } else if (line == "---") {
      expecting = true;
    } else if (!cases.empty() && expecting) {
      if (!trim(line).empty()) cases.back().expected.push_back(line);
    } else if (!cases.empty()) {
      cases.back().source += line + "\n";
    }
  }
  return cases;
}

void check(const Case& c) {
  const SourceFile file = make_source_file(c.path, c.source);
  const LanguageRow* row = language_of(c.path);
  REQUIRE(row != nullptr);
  const std::string said = dump(parse(file, *row), file.text);
  INFO(c.title << "\n" << said);
  for (const std::string& line : c.expected) {
    INFO("expected: " << line);
    if (line.starts_with("! "))
      CHECK(said.find(line.substr(2)) == std::string::npos);
    else
      CHECK(("\n" + said).find("\n" + line + "\n") != std::string::npos);
  }
}

}  // namespace

TEST_CASE("syntax corpora: source says the expected elements", "[syntax]") {
  const auto folder = std::filesystem::path(KEYLESS_SOURCE_DIR) / "fixtures/syntax";
  size_t cases = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".txt") continue;
    for (const Case& c : read_cases(entry.path())) {
      DYNAMIC_SECTION(entry.path().filename().string() << ": " << c.title) {
        check(c);
      }
      ++cases;
    }
  }
  CHECK(cases > 0);
}

}  // namespace keyless
