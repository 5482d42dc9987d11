// From a finished scan and the ledgers to the list of consumers of each account.
// Promises that what is not known is listed as open, never left out.
#pragma once

#include <string>

#include "app/run.h"
#include "base/result.h"
#include "output/consumers.h"

namespace keyless {

// `run` has kept what it scanned; `today` is YYYY-MM-DD.
Result<Consumers> list_consumers(const Run& run, const std::string& today);

}  // namespace keyless
