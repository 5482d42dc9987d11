#include "base/hash.h"

#include <sodium.h>

#include <algorithm>
#include <array>

namespace keyless {
namespace {

const unsigned char* as_bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string hex(const unsigned char* digest, size_t size) {
  std::string out;
  out.reserve(size * 2);
  for (size_t i = 0; i < size; ++i) {
    out += "0123456789abcdef"[digest[i] >> 4U];
    out += "0123456789abcdef"[digest[i] & 15U];
  }
  return out;
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
  crypto_hash_sha256(digest.data(), as_bytes(bytes), bytes.size());
  return hex(digest.data(), digest.size());
}

std::string blake2b_hex(std::string_view bytes, size_t digest_size) {
  std::array<unsigned char, crypto_generichash_BYTES_MAX> digest{};
  const size_t size = std::clamp<size_t>(digest_size, crypto_generichash_BYTES_MIN, digest.size());
  crypto_generichash(digest.data(), size, as_bytes(bytes), bytes.size(), nullptr, 0);
  return hex(digest.data(), size);
}

}  // namespace keyless
