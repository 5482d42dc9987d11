// The file of evidence that `keyless consumers --write` makes: read back and judged for the lock.
// Promises to take nothing on trust: age, states and dates are checked again.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace keyless {

// "" when every consumer in it is keyless or in the ledger, there is one, and its newest commit is
// at most 30 days before `today` (YYYY-MM-DD); else what is missing, in words. Fails when the text
// is no such file; `path` is for errors only.
Result<std::string> gap_in_evidence(std::string_view text, const std::string& path,
                                    const std::string& today);

}  // namespace keyless
