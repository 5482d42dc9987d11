// A small report built by hand, so that writers are tested without the engine.
// Two lineages over three files, one place without a lineage, one lead.
#pragma once

#include <memory>
#include <string>

#include "output/report.h"

namespace keyless {

struct FakeReport {
  Report report;
  std::vector<std::unique_ptr<Rule>> rules;  // that the report points to

  FakeReport();
  // Adds a file to root 0.
  void add_file(const std::string& path, const std::string& text);
  // Span of the first `part` in a file of root 0.
  [[nodiscard]] Span span_of(const std::string& path, const std::string& part) const;
  Finding& add_finding(const std::string& id, const std::string& rule, const std::string& path,
                       const std::string& part);
};

}  // namespace keyless
