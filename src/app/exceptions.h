// Exceptions, of the configuration and in comments: what they excuse, and what is wrong with them.
// Promises one rule for both: only what is whole, known and not over excuses a finding.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/change_findings.h"
#include "app/configuration.h"
#include "app/pipeline.h"
#include "output/report.h"
#include "rule/load.h"

namespace keyless {

struct Excused {
  std::map<std::string, std::string> by_key;  // gate_key -> who, until when, why
  std::vector<Change> problems;
};

// The findings of one root. `today` is YYYY-MM-DD.
Excused excuse(const Report& report, uint32_t root, const Configuration& configuration,
               const std::vector<PlacedException>& in_comments, const RuleSet& rules,
               const std::string& today);

// Of the exceptions in comments those that the base of a comparison has too, also in a file of
// another name, and those that are new, longer or speak of more.
struct SortedExceptions {
  std::vector<PlacedException> known, added;
};
SortedExceptions compare_exceptions(const std::vector<PlacedException>& before,
                                    const std::vector<PlacedException>& after);

}  // namespace keyless
