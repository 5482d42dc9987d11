#include "fix/manifest/version.h"

#include <algorithm>

#include "base/text.h"

namespace keyless::manifest {
namespace {

// Digits at the front of `text`, taken from it; nothing when there are none or too many.
std::optional<uint32_t> take_number(std::string_view& text) {
  uint32_t number = 0;
  size_t length = 0;
  for (; length < text.size() && is_digit(text[length]); ++length) {
    if (length == 9) return std::nullopt;
    number = number * 10 + static_cast<uint32_t>(text[length] - '0');
  }
  if (length == 0) return std::nullopt;
  text.remove_prefix(length);
  return number;
}

Phase phase_of(std::string_view word) {
  if (word == "a" || word == "alpha") return Phase::alpha;
  if (word == "b" || word == "beta") return Phase::beta;
  if (word == "rc" || word == "c" || word == "pre" || word == "preview") return Phase::candidate;
  if (word == "post" || word == "rev" || word == "r") return Phase::post;
  return Phase::development;
}

bool is_separator(char c) {
  return c == '.' || c == '-' || c == '_';
}

}  // namespace

std::optional<Version> parse_version(std::string_view text) {
  text = trim(text);
  if (text.starts_with('v') || text.starts_with('V')) text.remove_prefix(1);
  Version version;
  for (;;) {
    const auto part = take_number(text);
    if (!part || version.release.size() == 16) return std::nullopt;
    version.release.push_back(*part);
    if (text.size() < 2 || text[0] != '.' || !is_digit(text[1])) break;
    text.remove_prefix(1);
  }
  text = text.substr(0, text.find('+'));
  if (text.empty()) return version;
  const bool readable =
      std::all_of(text.begin(), text.end(), [](char c) { return is_alnum(c) || is_separator(c); });
  if (!readable) return std::nullopt;
  if (is_separator(text[0])) text.remove_prefix(1);
  const size_t letters =
      static_cast<size_t>(std::find_if_not(text.begin(), text.end(), is_alpha) - text.begin());
  version.phase = phase_of(to_lower(text.substr(0, letters)));
  text.remove_prefix(letters);
  if (!text.empty() && is_separator(text[0])) text.remove_prefix(1);
  version.number = take_number(text).value_or(0);
  return version;
}

std::strong_ordering compare(const Version& one, const Version& other) {
  const size_t parts = std::max(one.release.size(), other.release.size());
  for (size_t i = 0; i < parts; ++i)
    if (const auto order = one.part(i) <=> other.part(i); order != 0) return order;
  if (const auto order = one.phase <=> other.phase; order != 0) return order;
  return one.number <=> other.number;
}

Version next_after(const Version& version, size_t index) {
  Version next;
  for (size_t i = 0; i <= index; ++i) next.release.push_back(version.part(i));
  ++next.release.back();
  return next;
}

}  // namespace keyless::manifest
