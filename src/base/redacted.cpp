#include "base/redacted.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/text.h"

namespace keyless {
namespace {

constexpr size_t key_length = 84;
constexpr size_t checked_length = 80;  // the last four characters are the checksum
constexpr size_t shortest_run = 20;

bool is_hex_lower(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

int base64_index(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return -1;
}

std::vector<uint8_t> base64_bytes(std::string_view text) {
  std::vector<uint8_t> bytes;
  uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    const int value = base64_index(c);
    if (value < 0) return {};
    bits = (bits << 6U) | static_cast<uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes.push_back(static_cast<uint8_t>(bits >> static_cast<uint32_t>(count)));
    }
  }
  return bytes;
}

uint32_t rotate(uint32_t value, uint32_t by) {
  return (value << by) | (value >> (32U - by));
}

// Marvin32 as published with .NET; folded to 32 bits.
uint32_t marvin32(const std::vector<uint8_t>& bytes, uint64_t seed) {
  auto low = static_cast<uint32_t>(seed);
  auto high = static_cast<uint32_t>(seed >> 32U);
  const auto block = [&] {
    high ^= low;
    low = rotate(low, 20);
    low += high;
    high = rotate(high, 9);
    high ^= low;
    low = rotate(low, 27);
    low += high;
    high = rotate(high, 19);
  };
  size_t at = 0;
  for (; at + 4 <= bytes.size(); at += 4) {
    low += static_cast<uint32_t>(bytes[at]) | static_cast<uint32_t>(bytes[at + 1]) << 8U |
           static_cast<uint32_t>(bytes[at + 2]) << 16U |
           static_cast<uint32_t>(bytes[at + 3]) << 24U;
    block();
  }
  uint32_t rest = 0x80U << (8U * static_cast<uint32_t>(bytes.size() - at));
  for (size_t i = at; i < bytes.size(); ++i)
    rest |= static_cast<uint32_t>(bytes[i]) << (8U * static_cast<uint32_t>(i - at));
  low += rest;
  block();
  block();
  return low ^ high;
}

std::string in_base62(uint32_t value, std::string_view alphabet) {
  std::string text;
  for (; value > 0; value /= 62) text.insert(text.begin(), alphabet[value % 62]);
  return std::string(6 - std::min<size_t>(6, text.size()), '0') + text;
}

// A run of letters and digits that mixes both as keys do.
bool is_key_run(std::string_view run) {
  if (run.size() < shortest_run) return false;
  const auto digits = std::count_if(run.begin(), run.end(), is_digit);
  const auto letters = std::count_if(run.begin(), run.end(), is_alpha);
  return digits >= 2 && letters >= 2;
}

template <class Visit>
void for_each_run(std::string_view text, Visit visit) {
  for (size_t i = 0; i < text.size();) {
    size_t end = i;
    while (end < text.size() && (is_alnum(text[end]) || text[end] == '+' || text[end] == '='))
      ++end;
    if (end > i && is_key_run(text.substr(i, end - i))) visit(i, end);
    i = std::max(end, i + 1);
  }
}

bool is_one_character_repeated(std::string_view text) {
  return !text.empty() && text.find_first_not_of(text.front()) == std::string_view::npos;
}

// table: catalogue, infrastructure 7.3
constexpr std::array placeholder_starts{"your", "<",  "${",          "$(",   "{{",    "%",    "@",
                                        "#{",   "__", "os.environ/", "env:", "akvs:", "enc[", "["};
constexpr std::array placeholder_words{
    "changeme", "change-me", "change_me",  "replace", "placeholder", "dummy",
    "fake",     "example",   "sample",     "insert",  "xxxx",        "****",
    "todo",     "your-",     "your_",      "yourkey", "deadbeef",    "0123456789abcdef",
    "enter-",   "put-",      "not-a-real", "notreal", "redacted",    "secret-here",
    "key-here", "keyhere",   "key_here"};
constexpr std::array placeholder_exact{"test", "none",      "null",  "key", "secret", "value",
                                       "...",  "undefined", "empty", "n/a", "na",     "tbd"};

}  // namespace

bool is_placeholder(std::string_view text) {
  const std::string lower = to_lower(trim(text));
  if (lower.empty() || is_one_character_repeated(lower)) return true;
  for (const std::string_view start : placeholder_starts)
    if (lower.starts_with(start)) return true;
  if (lower.front() == '$' && lower.size() < 60) return true;
  for (const std::string_view word : placeholder_words)
    if (lower.find(word) != std::string::npos) return true;
  for (const std::string_view word : placeholder_exact)
    if (lower == word) return true;
  return false;
}

bool looks_like_key(std::string_view text) {
  bool found = false;
  for_each_run(text, [&](size_t begin, size_t end) {
    found = found || !is_placeholder(text.substr(begin, end - begin));
  });
  return found;
}

std::string mask_keys(std::string_view text) {
  std::string masked(text);
  for_each_run(text, [&](size_t begin, size_t end) {
    if (!is_placeholder(text.substr(begin, end - begin)))
      std::fill(masked.begin() + static_cast<ptrdiff_t>(begin),
                masked.begin() + static_cast<ptrdiff_t>(end), '*');
  });
  return masked;
}

bool Redacted::is_placeholder() const {
  return keyless::is_placeholder(bytes_);
}

bool Redacted::looks_like_key() const {
  return keyless::looks_like_key(bytes_);
}

bool Redacted::is_hex_key() const {
  return bytes_.size() == 32 && std::all_of(bytes_.begin(), bytes_.end(), is_hex_lower);
}

bool Redacted::is_identifiable_key() const {
  const std::string_view key = bytes_;
  return key.size() == key_length && std::all_of(key.begin(), key.end(), is_alnum) &&
         key.substr(52, 6) == "JQQJ99" && key[59] >= 'A' && key[59] <= 'L' &&
         key.substr(72, 3) == "AAA" && key.substr(76, 4) == "ACOG";
}

bool Redacted::has_valid_checksum() const {
  if (!is_identifiable_key()) return false;
  const std::string_view key = bytes_;
  // The seed is the text "Default0" read as a little-endian number.
  constexpr uint64_t seed = 0x30746C7561666544ULL;
  const uint32_t sum = marvin32(base64_bytes(key.substr(0, checked_length)), seed);
  constexpr std::string_view upper_first =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  constexpr std::string_view lower_first =
      "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  constexpr std::string_view base64 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string first_three_bytes;
  const uint32_t bits = (sum & 0xFFU) << 16U | (sum & 0xFF00U) | ((sum >> 16U) & 0xFFU);
  for (const uint32_t shift : {18U, 12U, 6U, 0U})
    first_three_bytes += base64[(bits >> shift) & 63U];
  const std::string_view written = key.substr(checked_length);
  return written == first_three_bytes || written == in_base62(sum, upper_first).substr(0, 4) ||
         written == in_base62(sum, lower_first).substr(0, 4);
}

}  // namespace keyless
