// Changes and exceptions that weaken the check, as findings of the rules that speak of them.
// Promises ids that survive edits elsewhere, as those of every finding.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/configuration.h"
#include "base/span.h"
#include "output/report.h"
#include "rule/load.h"

namespace keyless {

struct Change {
  std::string_view kind;  // a word of the matcher `change`: "baseline-grew"
  std::string path;       // root-relative
  uint32_t line = 0;      // 1-based, where there is no span; 0: the file as a whole
  Span span;              // original bytes; empty: the line
  std::string subject;    // what tells it from others of its kind in the file: a rule, a glob
  std::string words;      // what exactly, for people; may be empty
};

// Appends a finding for each change whose rule the configuration has not switched off, and keeps
// the order of the report. Returns how they are called in the gate (gate_key). `rules` must outlive
// the report.
std::vector<std::string> add_changes(Report& report, uint32_t root,
                                     const std::vector<Change>& changes, const RuleSet& rules,
                                     const Configuration& configuration);

}  // namespace keyless
