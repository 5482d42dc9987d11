// covered: which places of one file lie inside, or around, places that were taken before them.
// Each question and each new place costs the logarithm of the number of places.
#pragma once

#include <cstdint>
#include <map>

#include "base/span.h"

namespace keyless {

// Spans, of which only those that no other contains are kept.
class OutermostSpans {
 public:
  void add(Span span);
  [[nodiscard]] bool any_contains(Span span) const;

 private:
  std::map<uint32_t, uint32_t> ends_;  // begin -> end; ends grow with the begins
};

// Spans, of which only those that contain no other are kept.
class InnermostSpans {
 public:
  void add(Span span);
  [[nodiscard]] bool any_within(Span span) const;

 private:
  std::map<uint32_t, uint32_t> ends_;  // begin -> end; ends grow with the begins
};

}  // namespace keyless
