// Version: a version of a package; reads PEP 440 and semantic versions alike.
// Promises a total order: 1.0b2 < 1.0rc1 < 1.0 = 1.0.0 < 1.0.post1; local and build parts are left
// out.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace keyless::manifest {

enum class Phase : uint8_t { development, alpha, beta, candidate, released, post };

struct Version {
  std::vector<uint32_t> release;  // as written, trailing zeros included
  Phase phase = Phase::released;
  uint32_t number = 0;  // of the phase

  [[nodiscard]] uint32_t part(size_t index) const {
    return index < release.size() ? release[index] : 0;
  }
};

// Nothing for what is no version: words, ranges, epochs, numbers of more than nine digits.
std::optional<Version> parse_version(std::string_view text);

std::strong_ordering compare(const Version& one, const Version& other);

// The first version behind every `v.release[0..index].*`.
Version next_after(const Version& version, size_t index);

}  // namespace keyless::manifest
