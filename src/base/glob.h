// Glob patterns as in .gitignore: `*` and `?` stay inside one name, `**` spans folders, `{a,b}`,
// `[a-z]`, `\x`. Promises time linear in path times pattern: no pattern makes it explode.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace keyless {

class Glob {
 public:
  // Without an inner '/' the pattern fits the last name at any depth; with one, or a leading '/',
  // it is anchored at the root. A trailing '/' fits folders only. Fails on an unclosed `{`, `[` or
  // `\`, and on a pattern over 1,000 characters.
  static Result<Glob> parse(std::string_view pattern);

  // True if the whole root-relative path fits.
  [[nodiscard]] bool matches(std::string_view path, bool is_folder = false) const;
  // True if the path, or a folder above it, fits: what an exclusion means.
  [[nodiscard]] bool covers(std::string_view path) const;
  [[nodiscard]] const std::string& pattern() const { return pattern_; }

 private:
  friend class GlobCompiler;

  enum class Op : uint8_t { byte, any_in_name, any, set, split, accept };
  struct State {
    Op op = Op::accept;
    unsigned char byte = 0;
    uint16_t set = 0;  // index into sets_
    uint16_t next = 0;
    uint16_t other = 0;  // second way of a split
  };
  using ByteSet = std::bitset<256>;

  [[nodiscard]] bool step(const State& state, unsigned char byte) const;
  [[nodiscard]] bool run(std::string_view text) const;

  std::string pattern_;
  std::vector<State> states_;
  std::vector<ByteSet> sets_;
  uint16_t start_ = 0;
  bool name_only_ = false;
  bool folders_only_ = false;
};

// Several globs asked as one.
class GlobSet {
 public:
  static Result<GlobSet> parse(const std::vector<std::string>& patterns);
  [[nodiscard]] bool covers(std::string_view path) const;
  [[nodiscard]] bool matches(std::string_view path, bool is_folder = false) const;
  [[nodiscard]] bool empty() const { return globs_.empty(); }

 private:
  std::vector<Glob> globs_;
};

}  // namespace keyless
