// The formats of `rules list`: rules rather than a report, so their own small table.
// Promises rules sorted by id.
#pragma once

#include <span>
#include <string>

#include "output/style.h"
#include "output/writers.h"
#include "rule/load.h"

namespace keyless {

// Names and documentation only; `write` is null.
std::span<const Writer> rule_list_formats();

std::string rule_list_text(const RuleSet& rules);
std::string rule_list_json(const RuleSet& rules);
// The literals that the search looks for, sorted, each once, one a line.
std::string anchor_list(const RuleSet& rules);
// A rule's page.
std::string rule_page(const Rule& rule, const Style& style);

}  // namespace keyless
