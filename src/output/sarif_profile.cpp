#include "output/sarif_profile.h"

#include <algorithm>
#include <charconv>

#include "output/report.h"
#include "output/report_index.h"

namespace keyless {

namespace {

constexpr size_t most_results = 5000;

bool is_accepted(const Report& report, const Finding& finding) {
  return is_old(report, finding) || report.gate.excepted.contains(gate_key(finding));
}

int64_t number_of(std::string_view text) {
  int64_t number = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && number > 0 ? number : -1;
}

}  // namespace

SarifResults sarif_results(const Report& report, SarifProfile profile) {
  SarifResults results;
  for (const Finding& finding : report.findings)
    if (profile != SarifProfile::github || !is_accepted(report, finding))
      results.findings.push_back(&finding);
  if (profile == SarifProfile::full || results.findings.size() <= most_results) return results;
  results.omitted = results.findings.size() - most_results;
  std::vector<const Finding*> worst = results.findings;
  std::ranges::stable_sort(worst, [&](const Finding* a, const Finding* b) {
    return std::pair(is_blocking(report, *b), b->severity) <
           std::pair(is_blocking(report, *a), a->severity);
  });
  worst.resize(most_results);
  std::ranges::sort(worst);  // findings lie in one vector: their order is that of the report
  results.findings = std::move(worst);
  return results;
}

void write_automation_details(JsonText& json, const PipelineRun& run) {
  json.key("automationDetails");
  json.compact_next();
  json.begin_object();
  json.member("id", "azuredevops/pipeline/build/" + run.organization + "/" + run.project + "/" +
                        run.definition + "/" + run.phase + "/" + run.branch + "/" + run.build);
  json.end_object();
}

void write_pipeline_properties(JsonText& json, const PipelineRun& run) {
  json.member("buildDefinitionId", number_of(run.definition));
  json.member("buildDefinitionName", run.definition_name);
  json.member("phaseId", run.phase);
  json.member("phaseName", run.phase_name);
}

}  // namespace keyless
