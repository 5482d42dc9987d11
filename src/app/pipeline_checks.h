// The places of a pipeline that run keyless, with all that decides whether and how they run.
// Promises that what does not matter (names, output, comments) makes no difference between two.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "rule/category.h"

namespace keyless {

struct PipelineCheck {
  std::string path;
  uint32_t line = 0;
  std::string command;      // without options that only shape the output
  int fail_on = 1;          // 0: low ... 3: never
  double min_coverage = 0;  // percent
  // By where it stands: conditions, dependencies, triggers, whatever could keep it from running.
  std::map<std::string, std::string> guards;
};

// In file order; nothing for text that is no YAML.
std::vector<PipelineCheck> pipeline_checks(const std::string& path, std::string_view text);

// What `after` does less than `before`, in words; "" when nothing.
std::string weaker(const PipelineCheck& before, const PipelineCheck& after);

}  // namespace keyless
