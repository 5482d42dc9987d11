#include "catch.h"

#include <fmt/format.h>
#include <sodium.h>
#include <array>
#include <string_view>

#include "rule/embedded.h"
#include "syntax/grammars.h"

// What the build puts together by hand: fmt compiled from its header, the grammars beside a mended
// core, the rules.

TEST_CASE("fmt formats text, integers and floating point") {
  CHECK(fmt::format("{} {:.3f} {:>5} {}", 1, 2.5, "x", 0.1) == "1 2.500     x 0.1");
}

TEST_CASE("every grammar is accepted by the core") {
  const std::array languages{tree_sitter_python(),     tree_sitter_javascript(),
                             tree_sitter_typescript(), tree_sitter_tsx(),
                             tree_sitter_hcl(),        tree_sitter_bicep()};
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

TEST_CASE("embedded rule files are sorted and have a name and a text") {
  std::string_view before;
  for (const keyless::EmbeddedFile& file : keyless::embedded_rules()) {
    CHECK(before < file.path);
    CHECK(file.path.ends_with(".yaml"));
    CHECK_FALSE(file.text.empty());
    before = file.path;
  }
}

TEST_CASE("the crypto library starts") {
  CHECK(sodium_init() >= 0);
}
