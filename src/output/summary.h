// The closing lines of a scan in words: counts, baseline, coverage.
// Promises the same numbers in every format: all are counted here, from the report alone.
#pragma once

#include <cstdint>
#include <string>

#include "output/report.h"
#include "output/style.h"

namespace keyless {

struct Counts {
  uint64_t lineages = 0;           // with a finding
  uint64_t blocking_lineages = 0;  // findings without a lineage count one each
  uint64_t findings = 0;
  uint64_t blocking = 0;
  uint64_t new_findings = 0;  // against the baseline; all without one
  uint64_t leads = 0;
};

struct CoverageTotals {
  uint64_t parsed = 0;
  uint64_t text_only = 0;
  uint64_t lost = 0;  // among those not read: should have been
  uint64_t not_read = 0;
  // Files analysed or searched among those that should have been, in percent; 100 of none.
  [[nodiscard]] double percent() const;
};

Counts count(const Report& report);
CoverageTotals totals(const Coverage& coverage);

std::string summary_text(const Report& report, bool leads_listed, const Style& style);

}  // namespace keyless
