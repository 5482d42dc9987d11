#include "output/printable.h"

#include "catch.h"

using keyless::code_points;
using keyless::printable;
using keyless::printable_line;

TEST_CASE("printable leaves plain text alone") {
  CHECK(printable("api/app.py:3") == "api/app.py:3");
  CHECK(printable("caf\xC3\xA9 \xF0\x9F\x98\x80") == "caf\xC3\xA9 \xF0\x9F\x98\x80");
}

TEST_CASE("printable escapes what a terminal would obey") {
  CHECK(printable("a\x1b[2Jb") == "a\\x1b[2Jb");
  CHECK(printable("a\r\nb\tc") == "a\\r\\nb\\tc");
  CHECK(printable(std::string_view("a\0b\x7f", 4)) == "a\\x00b\\x7f");
  CHECK(printable("\xC2\x9B"
                  "2J") == "\\u{9b}2J");  // C1: an escape in one code point
  CHECK(printable("\xE2\x80\xAE"
                  "gpj") == "\\u{202e}gpj");        // right-to-left override
  CHECK(printable("\xE2\x80\x8B") == "\\u{200b}");  // zero width
}

TEST_CASE("printable takes commands to pipelines apart, and nothing else") {
  CHECK(printable("a ##vso[task.complete]") == "a \\x23#vso[task.complete]");
  CHECK(printable("###[error]") == "#\\x23#[error]");
  CHECK(printable("##VSO[x]##[y]") == "\\x23#VSO[x]\\x23#[y]");
  CHECK(printable(" ::error file=a::b") == " \\x3a:error file=a::b");
  CHECK(printable("## a heading [x]") == "## a heading [x]");
  CHECK(printable("a::b") == "a::b");
  CHECK(printable("##") == "##");
}

TEST_CASE("printable shows bytes that are not UTF-8") {
  CHECK(printable("\xFF"
                  "a\xC3") == "\\xffa\\xc3");
  CHECK(printable("\xC0\xAF") == "\\xc0\\xaf");           // overlong
  CHECK(printable("\xED\xA0\x80") == "\\xed\\xa0\\x80");  // a surrogate
}

TEST_CASE("a tab of a quoted line is one column") {
  CHECK(printable_line("\tx") == " x");
  CHECK(code_points("caf\xC3\xA9\xFF") == 5);
}
