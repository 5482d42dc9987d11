#include "base/blob_hash.h"

#include <array>
#include <bit>
#include <cstring>

#include "base/hash.h"

namespace keyless {

namespace {

constexpr size_t block_size = 64;

// SHA-1 as FIPS 180-4 has it; the libraries at hand leave it out, since it protects nothing.
class Sha1 {
 public:
  void add(std::string_view bytes) {
    length_ += bytes.size();
    while (!bytes.empty()) {
      const size_t count = std::min(bytes.size(), block_size - filled_);
      std::memcpy(block_.data() + filled_, bytes.data(), count);
      filled_ += count;
      bytes.remove_prefix(count);
      if (filled_ == block_size) mix();
    }
  }

  std::string hex() {
    const uint64_t bits = length_ * 8;
    add(std::string_view("\x80", 1));
    constexpr size_t length_at = block_size - sizeof(uint64_t);
    while (filled_ != length_at) add(std::string_view("\0", 1));
    std::string end;
    for (int shift = 56; shift >= 0; shift -= 8) end += static_cast<char>(bits >> shift);
    add(end);
    std::string text;
    for (const uint32_t word : state_)
      for (int shift = 28; shift >= 0; shift -= 4)
        text += "0123456789abcdef"[(word >> shift) & 15U];
    return text;
  }

 private:
  void mix() {
    std::array<uint32_t, 80> words{};
    for (size_t i = 0; i < 16; ++i)
      for (size_t j = 0; j < 4; ++j) words[i] = words[i] << 8U | block_[4 * i + j];
    for (size_t i = 16; i < words.size(); ++i)
      words[i] = std::rotl(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
    auto [a, b, c, d, e] = state_;
    for (size_t i = 0; i < words.size(); ++i) {
      const uint32_t mixed = i < 20   ? (b & c) | (~b & d)
                             : i < 40 ? b ^ c ^ d
                             : i < 60 ? (b & c) | (b & d) | (c & d)
                                      : b ^ c ^ d;
      constexpr std::array<uint32_t, 4> constants{0x5A827999, 0x6ED9EBA1, 0x8F1BBCDC, 0xCA62C1D6};
      const uint32_t next = std::rotl(a, 5) + mixed + e + constants[i / 20] + words[i];
      e = d;
      d = c;
      c = std::rotl(b, 30);
      b = a;
      a = next;
    }
    state_ = {state_[0] + a, state_[1] + b, state_[2] + c, state_[3] + d, state_[4] + e};
    filled_ = 0;
  }

  std::array<uint32_t, 5> state_{0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
  std::array<unsigned char, block_size> block_{};
  size_t filled_ = 0;
  uint64_t length_ = 0;  // bytes
};

}  // namespace

std::string blob_name(std::string_view bytes, BlobHash kind) {
  const std::string head = "blob " + std::to_string(bytes.size()) + std::string(1, '\0');
  if (kind == BlobHash::sha256) return sha256_hex(head + std::string(bytes));
  Sha1 hash;
  hash.add(head);
  hash.add(bytes);
  return hash.hex();
}

bool is_named(std::string_view bytes, std::string_view name) {
  const BlobHash kind = blob_hash_of(name);
  if (blob_name(bytes, kind) == name) return true;
  if (bytes.find("\r\n") == std::string_view::npos) return false;
  std::string without;
  without.reserve(bytes.size());
  for (size_t i = 0; i < bytes.size(); ++i)
    if (bytes[i] != '\r' || i + 1 == bytes.size() || bytes[i + 1] != '\n') without += bytes[i];
  return blob_name(without, kind) == name;
}

}  // namespace keyless
