#include "catch.h"

#include <fmt/format.h>
#include <sodium.h>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

#include "rule/embedded.h"
#include "syntax/grammars.h"

// What the build puts together by hand: fmt compiled from its header, the grammars beside a mended
// core, the rules.

TEST_CASE("fmt formats text, integers and floating point") {
  CHECK(fmt::format("{} {:.3f} {:>5} {}", 1, 2.5, "x", 0.1) == "1 2.500     x 0.1");
}

TEST_CASE("every grammar is accepted by the core") {
  const std::array languages{tree_sitter_python(), tree_sitter_javascript(),
                             tree_sitter_typescript(), tree_sitter_tsx(), tree_sitter_hcl()};
  for (const TSLanguage* language : languages) {
    TSParser* parser = ts_parser_new();
    CHECK(ts_parser_set_language(parser, language));
    constexpr std::string_view source = "x = 1\n";
    TSTree* tree = ts_parser_parse_string(parser, nullptr, source.data(),
                                          static_cast<uint32_t>(source.size()));
    REQUIRE(tree != nullptr);
    CHECK(ts_node_end_byte(ts_tree_root_node(tree)) == source.size());
    ts_tree_delete(tree);
    ts_parser_delete(parser);
  }
}

TEST_CASE("deep nesting does not overrun the core's buffer") {
  // Without the larger buffer this crashes: 600 indents and a string that a scanner has to
  // serialize.
  std::string source;
  for (int depth = 0; depth < 600; ++depth) {
    source += std::string(static_cast<size_t>(depth), ' ') + "if x:\n";
  }
  source += std::string(600, ' ') + "y = f'{\"a\"}'\n";
  TSParser* parser = ts_parser_new();
  REQUIRE(ts_parser_set_language(parser, tree_sitter_python()));
  TSTree* tree =
      ts_parser_parse_string(parser, nullptr, source.data(), static_cast<uint32_t>(source.size()));
  REQUIRE(tree != nullptr);
  ts_tree_delete(tree);
  ts_parser_delete(parser);
}

TEST_CASE("the embedded rules are the files of rules/, sorted") {
  namespace fs = std::filesystem;
  std::string_view before;
  size_t on_disk = 0;
  for (const auto& entry : fs::recursive_directory_iterator(KEYLESS_SOURCE_DIR "/rules")) {
    if (entry.path().extension() == ".yaml") ++on_disk;
  }
  CHECK(keyless::embedded_rules().size() == on_disk);
  for (const keyless::EmbeddedFile& file : keyless::embedded_rules()) {
    CHECK(before < file.path);
    before = file.path;
    std::ifstream stream(std::string(KEYLESS_SOURCE_DIR "/rules/").append(file.path),
                         std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(stream), {});
    CHECK(file.text == bytes);
  }
}

TEST_CASE("the crypto library starts") {
  CHECK(sodium_init() >= 0);
}
