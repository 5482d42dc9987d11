// The way from a finished scan to the plan of its fixes.
// Promises to write nothing; what was not planned is among the refused, with the reason.
#pragma once

#include "app/run.h"
#include "base/result.h"
#include "fix/change.h"
#include "fix/options.h"

namespace keyless {

// `run` must have kept what it scanned; its projects are the planner's from here on.
Result<FixPlan> plan_fixes(const FixOptions& options, Run& run);

}  // namespace keyless
