// The drawings of the audit report's page: a lineage as boxes in columns, the trend as bars.
// Promises well-formed SVG without script, style attribute or address; every text is escaped.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>

#include "output/audit.h"
#include "output/lineage_view.h"

namespace keyless {

// `anchors`: the number of each finding on the page. At most 150 boxes; a note says what is left out.
std::string draw_lineage(const Report& report, const LineageView& view,
                         const std::unordered_map<const Finding*, size_t>& anchors);

// One bar a run, the severities on top of each other.
std::string draw_trend(const std::vector<AuditTrend>& trend);

}  // namespace keyless
