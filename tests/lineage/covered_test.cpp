#include "lineage/covered.h"

#include <algorithm>
#include <random>
#include <vector>

#include "catch.h"

using keyless::InnermostSpans;
using keyless::OutermostSpans;
using keyless::Span;

TEST_CASE("covered spans answer like a look at every span") {
  std::mt19937 random(20261124);
  for (int round = 0; round < 200; ++round) {
    OutermostSpans outermost;
    InnermostSpans innermost;
    std::vector<Span> all;
    for (int i = 0; i < 60; ++i) {
      const auto begin = static_cast<uint32_t>(random() % 40);
      const Span span{begin, begin + static_cast<uint32_t>(random() % 20)};
      CHECK(outermost.any_contains(span) ==
            std::any_of(all.begin(), all.end(), [&](Span s) { return s.contains(span); }));
      CHECK(innermost.any_within(span) ==
            std::any_of(all.begin(), all.end(), [&](Span s) { return span.contains(s); }));
      if (random() % 3 == 0) continue;
      all.push_back(span);
      outermost.add(span);
      innermost.add(span);
    }
  }
}
