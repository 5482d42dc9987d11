// The user's choice of rules: switched off, or with another severity, by root.
// Promises that nothing of a rule that is off remains in the report, its lineages included.
#pragma once

#include <vector>

#include "app/configuration.h"
#include "output/report.h"

namespace keyless {

// `configurations` by root. To be called before the gate decides.
void apply_rule_choice(Report& report, const std::vector<Configuration>& configurations);

}  // namespace keyless
