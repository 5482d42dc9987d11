// Every rule's own examples: bad ones are found, ok ones are not.
#include "app/examples.h"

#include <algorithm>

#include "catch.h"
#include "rule/load.h"

namespace keyless {

TEST_CASE("examples: every rule holds what its examples promise", "[rule]") {
  const auto rules = load_embedded_rules(true);
  if (!rules) {
    for (const Diagnostic& problem : rules.error()) UNSCOPED_INFO(to_text(problem));
    FAIL("the built-in rules do not load");
  }
  const Matcher matcher(*rules);
  for (const Rule& rule : rules->rules) {
    CHECK(std::any_of(rule.examples.begin(), rule.examples.end(),
                      [](const Example& e) { return !e.bad; }));
    for (const Diagnostic& problem : check_examples(rule, matcher)) {
      INFO(to_text(problem));
      CHECK(false);
    }
  }
}

}  // namespace keyless
