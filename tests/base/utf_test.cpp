#include "base/utf.h"

#include <string>
#include <vector>

#include "catch.h"

namespace keyless {

using namespace std::string_literals;

TEST_CASE("the encoding is told by BOM, then by validity") {
  CHECK(detect_encoding("key = 1") == Encoding::utf8);
  CHECK(detect_encoding("") == Encoding::utf8);
  CHECK(detect_encoding("caf\xC3\xA9") == Encoding::utf8);
  CHECK(detect_encoding("\xEF\xBB\xBFkey") == Encoding::utf8_bom);
  CHECK(detect_encoding("caf\xE9 = 1") == Encoding::latin1);
  CHECK(detect_encoding("\xFF\xFEk\0"s) == Encoding::utf16_le);
  CHECK(detect_encoding("\xFE\xFF\0k"s) == Encoding::utf16_be);
  CHECK_FALSE(has_utf16_bom("\xFF\xFE\0\0k\0\0\0"s));
}

TEST_CASE("only well-formed UTF-8 counts as UTF-8") {
  for (const auto& good : {"\xF4\x8F\xBF\xBF"s, "\xE0\xA0\x80"s, "\xED\x9F\xBF"s, "\xC2\x80"s}) {
    CHECK(is_valid_utf8("12345678" + good + "12345678"));
  }
  for (const auto& bad : {"\xC0\x80"s, "\xC1\xBF"s, "\xE0\x9F\xBF"s, "\xED\xA0\x80"s,
                          "\xF0\x8F\xBF\xBF"s, "\xF4\x90\x80\x80"s, "\xF5\x80\x80\x80"s, "\x80"s,
                          "\xC3"s, "\xE2\x82"s, "\xF0\x9F\x94"s, "\xC3("s, "\xFF"s}) {
    CHECK_FALSE(is_valid_utf8("12345678" + bad));
    CHECK_FALSE(is_valid_utf8(bad + "12345678"));
  }
}

TEST_CASE("UTF-16 of either order becomes UTF-8, BOM in place, offsets kept") {
  // BOM, "k", e acute, euro sign, key sign (a surrogate pair), "=".
  const std::u16string units = u"\uFEFFk\u00E9\u20AC\U0001F511=";
  std::string little;
  std::string big;
  for (const char16_t unit : units) {
    const char low = static_cast<char>(unit & 0xFF);
    const char high = static_cast<char>(unit >> 8);
    little += {low, high};
    big += {high, low};
  }
  for (const std::string& bytes : {little, big}) {
    const DecodedText decoded = decode(bytes, detect_encoding(bytes));
    CHECK(decoded.text == "\xEF\xBB\xBFk\xC3\xA9\xE2\x82\xAC\xF0\x9F\x94\x91=");
    const std::vector<std::pair<uint32_t, uint32_t>> starts{{0, 0}, {3, 2},   {4, 4},  {6, 6},
                                                            {9, 8}, {13, 12}, {14, 14}};
    for (const auto& [text, byte] : starts) {
      CAPTURE(text, byte);
      CHECK(decoded.map.to_bytes(text) == byte);
      CHECK(decoded.map.to_text(byte) == text);
    }
    CHECK(decoded.map.to_bytes(Span{9, 13}) == Span{8, 12});
    CHECK(decoded.map.to_bytes(7U) == 6);  // inside the euro sign
  }
}

TEST_CASE("broken UTF-16 becomes the replacement character") {
  const auto text = [](const std::string& bytes) { return decode(bytes, Encoding::utf16_le).text; };
  CHECK(text("\x3D\xD8k\0"s) == "\xEF\xBF\xBDk");  // a high surrogate alone
  CHECK(text("\x11\xDDk\0"s) == "\xEF\xBF\xBDk");  // a low surrogate alone
  CHECK(text("k\0\x3D\xD8"s) == "k\xEF\xBF\xBD");  // at the end
  CHECK(text("k\0="s) == "k\xEF\xBF\xBD");         // half a unit
  CHECK(decode("k\0="s, Encoding::utf16_le).map.to_bytes(4U) == 3);
}

TEST_CASE("Latin-1 keeps every byte's place") {
  const DecodedText decoded = decode(
      "a\xE9\xE9"
      "b",
      Encoding::latin1);
  CHECK(decoded.text ==
        "a\xC3\xA9\xC3\xA9"
        "b");
  CHECK(decoded.map.to_bytes(Span{1, 5}) == Span{1, 3});
  CHECK(decoded.map.to_bytes(6U) == 4);
  CHECK(decoded.map.to_text(3U) == 5);
}

TEST_CASE("UTF-8 text is the bytes and needs no map") {
  const DecodedText decoded = decode("\xEF\xBB\xBFkey", Encoding::utf8_bom);
  CHECK(decoded.text == "\xEF\xBB\xBFkey");
  CHECK(decoded.map.empty());
  CHECK(decoded.map.to_bytes(Span{3, 6}) == Span{3, 6});
}

}  // namespace keyless
