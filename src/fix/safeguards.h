// Safeguards: what must hold before a rewrite is taken or written, each with a name.
// All are on; only a test program switches one off, to see that the tests notice.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace keyless {

enum class Safeguard : uint8_t {
  parses,          // the result has no syntax error that was not there
  finding_gone,    // a new scan does not find the rewritten place again
  nothing_new,     // a new scan finds nothing that was not there
  edits_apart,     // edits of two fixes do not touch
  no_reader,       // no file that nobody analyses names the setting that goes
  own_key,         // the key feeds no other service
  own_source,      // the file is not generated or vendored
  not_test_code,   // tests are changed by people
  takes_tokens,    // the host takes tokens
  fit_for_tokens,  // a credential works where the code runs
  lock_evidence,   // nobody uses the key any more
  committed,       // the old bytes are in Git
  unchanged,       // the file is as it was scanned
};

struct SafeguardName {
  Safeguard safeguard;
  std::string_view name;
};
std::span<const SafeguardName> safeguard_names();

class Safeguards {
 public:
  // False when no safeguard has the name.
  bool switch_off(std::string_view name);
  [[nodiscard]] bool on(Safeguard safeguard) const { return (off_ & bit(safeguard)) == 0; }

 private:
  static uint32_t bit(Safeguard safeguard) { return 1U << static_cast<uint32_t>(safeguard); }
  uint32_t off_ = 0;
};

}  // namespace keyless
