#include "base/line_index.h"

#include <random>
#include <string>

#include "base/utf.h"
#include "catch.h"

namespace keyless {
namespace {

using namespace std::string_literals;

// Counted the slow way, character by character from the start.
Position counted(const std::string& text, size_t offset) {
  Position position;
  size_t at = 0;
  while (at < std::min(offset, text.size())) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (at + size > offset) break;
    const bool mark = at == 0 && text.starts_with("\xEF\xBB\xBF");
    const bool pair = text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n';
    if ((text[at] == '\r' && !pair) || text[at] == '\n') {
      position = {position.line + 1, 1, 1};
    } else if (!mark) {
      position.utf16 += size == 4 ? 2 : 1;
      position.code_points += 1;
    }
    at += size;
  }
  return position;
}

}  // namespace

TEST_CASE("LF, CRLF and a lone CR each end one line") {
  const LineIndex index("a\nb\r\nc\rd\n");
  CHECK(index.line_count() == 5);
  CHECK(index.at(0) == Position{1, 1, 1});
  CHECK(index.at(2) == Position{2, 1, 1});
  CHECK(index.at(5) == Position{3, 1, 1});
  CHECK(index.at(7) == Position{4, 1, 1});
  CHECK(index.at(9) == Position{5, 1, 1});
  CHECK(index.at(900) == Position{5, 1, 1});
  CHECK(index.line_in_text(2) == Span{2, 3});
  CHECK(index.line_in_text(5) == Span{9, 9});
  CHECK(index.line_in_text(6) == Span{9, 9});
}

TEST_CASE("an empty text and a default index have one empty line") {
  CHECK(LineIndex("").at(0) == Position{1, 1, 1});
  CHECK(LineIndex().at(7) == Position{1, 1, 1});
  CHECK(LineIndex("").line_count() == 1);
}

TEST_CASE("columns count UTF-16 units and code points, and no BOM") {
  const std::string text = "\xEF\xBB\xBF\xC3\xA9\xE2\x82\xAC\xF0\x9F\x94\x91key\n\xC3\xA9x";
  const LineIndex index(text);
  CHECK(index.at(0) == Position{1, 1, 1});
  CHECK(index.at(3) == Position{1, 1, 1});
  CHECK(index.at(5) == Position{1, 2, 2});
  CHECK(index.at(8) == Position{1, 3, 3});
  CHECK(index.at(12) == Position{1, 5, 4});
  CHECK(index.at(18) == Position{2, 2, 2});
  CHECK(index.at(10) == index.at(8));  // inside the key sign
}

TEST_CASE("every offset of random texts agrees with counting from the start") {
  std::mt19937 random(20240817);
  const std::vector<std::string> pieces{"a",    "\t",       "\n",           "\r",
                                        "\r\n", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x94\x91"};
  for (int round = 0; round < 200; ++round) {
    std::string text = round % 3 == 0 ? "\xEF\xBB\xBF" : "";
    for (int i = 0; i < 60; ++i) text += pieces[random() % pieces.size()];
    const LineIndex index(text);
    for (uint32_t offset = 0; offset <= text.size(); ++offset) {
      CAPTURE(round, offset);
      REQUIRE(index.at(offset) == counted(text, offset));
    }
  }
}

TEST_CASE("byte offsets of a UTF-16 file lead to the columns of its text") {
  // "é=1", CRLF, "k" in UTF-16LE with BOM.
  const std::string bytes =
      "\xFF\xFE\xE9\0=\0"
      "1\0\r\0\n\0k\0"s;
  const DecodedText decoded = decode(bytes, detect_encoding(bytes));
  const LineIndex index(decoded.text, decoded.map);
  CHECK(index.at(2) == Position{1, 1, 1});
  CHECK(index.at(4) == Position{1, 2, 2});
  CHECK(index.at(12) == Position{2, 1, 1});
  CHECK(index.to_text(12) == decoded.text.size() - 1);
}

}  // namespace keyless
