#include "output/line_hash.h"

#include "catch.h"

using keyless::line_hashes;
using Hashes = std::vector<std::string>;

// Values that GitHub's own upload action computes for the same texts.

TEST_CASE("line hashes of an empty text and of plain lines") {
  CHECK(line_hashes("") == Hashes{"c129715d7a2bc9a3:1"});
  CHECK(line_hashes(" a\nb\n  \t\tc\n d") == Hashes{"271789c17abda88f:1", "54703d4cd895b18:1",
                                                    "180aee12dab6264:1", "a23a3dc5e078b07b:1"});
}

TEST_CASE("line hashes ignore indentation and the kind of line end") {
  const Hashes expected{"e9496ae3ebfced30:1", "fb7c023a8b9ccb3f:1", "ce8ba1a563dcdaca:1",
                        "e20e36e16fcb0cc8:1", "b3edc88f2938467e:1", "c8e28b0b4002a3a0:1",
                        "c129715d7a2bc9a3:1"};
  CHECK(line_hashes(" hello; \t\nworld!!!\n\n\n  \t\tGreetings\n End\n") == expected);
  CHECK(line_hashes(" hello; \t\r\nworld!!!\r\n\n\r  \t\tGreetings\r End\r\n") == expected);
}

TEST_CASE("line hashes count equal lines and look 100 units ahead") {
  std::string text;
  for (int i = 0; i < 10; ++i) text += "Lorem ipsum dolor sit amet.\n";
  Hashes expected;
  for (int i = 1; i < 7; ++i) expected.push_back("a7f2ff13bc495cf2:" + std::to_string(i));
  for (const char* last : {"a7f2ff1481e87703:1", "a9cf91f7bbf1862b:1", "55ec222b86bcae53:1",
                           "cc97dc7b1d7d8f7b:1", "c129715d7a2bc9a3:1"})
    expected.emplace_back(last);
  CHECK(line_hashes(text) == expected);
  CHECK(line_hashes("x = 2\nx = 1\nprint(x)\nx = 3\nprint(x)\nx = 4\nprint(x)\n") ==
        Hashes{"e54938cc54b302f1:1", "bb609acbe9138d60:1", "1131fd5871777f34:1",
               "5c482a0f8b35ea28:1", "54517377da7028d2:1", "2c644846cb18d53e:1",
               "f1b89f20de0d133:1", "c129715d7a2bc9a3:1"});
}

TEST_CASE("line hashes count UTF-16 units, a byte order mark included") {
  CHECK(line_hashes("caf\xC3\xA9 \xF0\x9F\x98\x80 = k\n\xEF\xBB\xBFx\n") ==
        Hashes{"e3604f0bfb802eca:1", "51bfbc6e89697e4c:1", "c129715d7a2bc9a3:1"});
  CHECK(line_hashes("a\xFF"
                    "b\n") == Hashes{"9f7bd17d959811b9:1", "c129715d7a2bc9a3:1"});
}
