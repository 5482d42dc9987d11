// Digests in lower-case hex, for identities and change checks.
// Promises never to be fed a secret: what is hashed may be printed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace keyless {

// 64 hex digits.
std::string sha256_hex(std::string_view bytes);

// BLAKE2b with a digest of `digest_size` bytes (16 to 64), two hex digits each.
std::string blake2b_hex(std::string_view bytes, size_t digest_size = 32);

}  // namespace keyless
