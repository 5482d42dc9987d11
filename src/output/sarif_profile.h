// What the readers of SARIF want of it: everything, what GitHub shows, what Azure DevOps asks for.
// Promises that nothing is left out in silence: what a limit cuts is counted.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_text.h"
#include "lineage/finding.h"

namespace keyless {

struct Report;

enum class SarifProfile : uint8_t { full, github, azure_devops };

inline constexpr std::string_view sarif_profile_names[] = {"full", "github", "azure-devops"};

// The run of Azure DevOps in which the file is written; the defaults stand for none.
struct PipelineRun {
  std::string organization = "local", project = "local", branch = "local", build = "0";
  std::string definition = "-1";  // a number
  std::string definition_name = "local";
  std::string phase = "00000000-0000-0000-0000-000000000000";
  std::string phase_name = "local";
};

struct SarifResults {
  std::vector<const Finding*> findings;  // in the order of the report
  size_t omitted = 0;                    // by a limit of the reader
};

// GitHub knows no accepted findings: those that are old or excepted would open alerts, so they are
// left out. It shows 5,000 results of a run, Azure DevOps takes no more: the most severe stay.
SarifResults sarif_results(const Report& report, SarifProfile profile);

// Member `automationDetails` and the run properties that Azure DevOps asks for.
void write_automation_details(JsonText& json, const PipelineRun& run);
void write_pipeline_properties(JsonText& json, const PipelineRun& run);

}  // namespace keyless
