// Governance: what a change does to the check itself, found by comparing its two sides.
// Promises one entry for each way in which the head checks less than the base.
#pragma once

#include <string>
#include <vector>

#include "app/change_findings.h"
#include "app/run.h"

namespace keyless {

// Both sides of one root, as its functions see them.
struct Sides {
  const Root& root;
  const FileSystem& before_files;
  const FileSystem& after_files;
  const ScannedRoot& before;
  const ScannedRoot& after;
  const Configuration& configuration;  // of the base
  const RuleSet& rules;
  std::string configuration_path;  // root-relative; "" when they lie outside the root
  std::string baseline_path;
};

// By root, for a run with a comparison.
std::vector<std::vector<Change>> weakening_changes(const Run& run, const Options& options);

// One function for each part of the check, in the order of its table.
std::vector<Change> baseline_changes(const Sides& sides);
std::vector<Change> configuration_changes(const Sides& sides);
std::vector<Change> file_changes(const Sides& sides);
std::vector<Change> pipeline_changes(const Sides& sides);
std::vector<Change> version_changes(const Sides& sides);

}  // namespace keyless
