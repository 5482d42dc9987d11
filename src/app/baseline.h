// Baseline: the findings that are accepted as known, in `.keyless-baseline.json` of a root.
// Promises sorted entries, one a line, without line numbers, times, versions or values.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "output/report.h"

namespace keyless {

struct BaselineEntry {
  std::string id;
  std::string rule;
  std::string path;     // root-relative
  std::string lineage;  // root node of the lineage; "" when there is none
  std::string shape;    // 16 hex of what the finding is apart from its path: finds moved files
  auto operator<=>(const BaselineEntry&) const = default;
};

struct Baseline {
  std::vector<BaselineEntry> entries;  // sorted
};

// What a baseline says about the findings of one root.
struct BaselineMatch {
  std::set<std::string, std::less<>> old;  // ids of findings that it knows
  std::vector<BaselineEntry> fixed;        // entries that no finding answers to
};

inline constexpr std::string_view baseline_file = ".keyless-baseline.json";

// Of the findings of one root; leads are not in it.
Baseline baseline_of(const Report& report, uint32_t root);

std::string write_baseline(const Baseline& baseline);
// What is left of a baseline without the entries that no finding answers to; entries of files that
// moved say where they are now. Nothing is added.
Baseline pruned(const Baseline& baseline, const Report& report, uint32_t root);
// `path` is for errors only.
Result<Baseline> parse_baseline(std::string_view text, const std::string& path);

// By id; then, for what is left on both sides, by shape if it is unique on both.
BaselineMatch match_baseline(const Baseline& baseline, const Report& report, uint32_t root);

}  // namespace keyless
