// From a finished scan to the runbook: each account with its callers, its workloads, what is literal.
// Promises that a name is only taken where it is written out; everything else is left to be filled in.
#pragma once

#include <string>

#include "app/run.h"
#include "base/result.h"
#include "output/runbook.h"

namespace keyless {

// `run` has kept what it scanned; `today` is YYYY-MM-DD, for entries of the ledger.
Result<Runbook> make_runbook(const Run& run, const RunbookTemplates& templates,
                             const std::string& today);

}  // namespace keyless
