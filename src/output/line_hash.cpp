#include "output/line_hash.h"

#include <fmt/format.h>

#include <cstdint>
#include <unordered_map>

#include "output/printable.h"

namespace keyless {

namespace {

constexpr size_t window = 100;  // UTF-16 units that enter the hash of a line
constexpr uint64_t base = 37;

constexpr uint64_t power(uint64_t of, size_t exponent) {
  uint64_t result = 1;
  for (size_t i = 0; i < exponent; ++i) result *= of;  // modulo 2^64 by wrapping
  return result;
}

// The text without what the hash ignores: spaces, tabs, and the difference between line ends.
std::vector<uint16_t> significant_units(std::string_view text) {
  std::vector<uint16_t> units;
  units.reserve(text.size() + 1);
  bool after_return = false;
  while (!text.empty()) {
    const size_t size = character_size(text);
    const auto lead = static_cast<uint8_t>(text[0]);
    uint32_t code = size == 0 ? 0xFFFD : size == 1 ? lead : lead & (0xFFU >> (size + 1));
    for (size_t i = 1; i < size; ++i) code = code << 6U | (static_cast<uint8_t>(text[i]) & 0x3FU);
    text.remove_prefix(size == 0 ? 1 : size);

    const bool ignored = code == ' ' || code == '\t' || (after_return && code == '\n');
    after_return = !ignored && code == '\r';
    if (ignored) continue;
    if (code >= 0x10000) {
      units.push_back(static_cast<uint16_t>(0xD800 + ((code - 0x10000) >> 10U)));
      units.push_back(static_cast<uint16_t>(0xDC00 + ((code - 0x10000) & 0x3FFU)));
    } else {
      units.push_back(code == '\r' ? uint16_t{'\n'} : static_cast<uint16_t>(code));
    }
  }
  units.push_back(0xFFFF);  // the end of the file is a unit of its own
  return units;
}

}  // namespace

std::vector<std::string> line_hashes(std::string_view text) {
  const std::vector<uint16_t> units = significant_units(text);
  std::vector<size_t> starts;
  for (size_t i = 0; i < units.size(); ++i)
    if (i == 0 || units[i - 1] == '\n') starts.push_back(i);

  // The hash of a line is taken when `window` units have gone in since its start; after the end
  // zeros go in.
  constexpr uint64_t oldest = power(base, window);
  std::vector<std::string> hashes;
  std::unordered_map<uint64_t, int> seen;
  uint64_t hash = 0;
  size_t next = 0;
  for (size_t at = 0; next < starts.size(); ++at) {
    if (at == starts[next] + window) {
      hashes.push_back(fmt::format("{:x}:{}", hash, ++seen[hash]));
      ++next;
    }
    const uint64_t out = at >= window && at - window < units.size() ? units[at - window] : 0;
    hash = hash * base + (at < units.size() ? units[at] : 0) - oldest * out;
  }
  return hashes;
}

}  // namespace keyless
