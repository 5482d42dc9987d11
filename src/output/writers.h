// Writers: one const Report to the bytes of one output format; the table is the list of formats.
// Promises the same bytes for the same report: sorted, no time, no absolute path, no key.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "output/report.h"
#include "output/sarif_profile.h"

namespace keyless {

struct WriterOptions {
  bool color = false;  // text only
  bool leads = false;  // leads too, in text, markdown and sarif; json always has them
  SarifProfile sarif = SarifProfile::full;
  PipelineRun pipeline = {};  // for the profile of Azure DevOps
};

struct Writer {
  std::string_view name;
  std::string_view doc;
  std::string (*write)(const Report& report, const WriterOptions& options);
};

// For `scan`.
std::span<const Writer> scan_writers();
// For `lineage`.
std::span<const Writer> lineage_writers();

// Null when there is no such format.
const Writer* find_writer(std::span<const Writer> writers, std::string_view name);

std::string write_text(const Report& report, const WriterOptions& options);
std::string write_json(const Report& report, const WriterOptions& options);
std::string write_sarif(const Report& report, const WriterOptions& options);
std::string write_markdown(const Report& report, const WriterOptions& options);
std::string write_code_quality(const Report& report, const WriterOptions& options);

std::string write_lineage_text(const Report& report, const WriterOptions& options);
std::string write_lineage_mermaid(const Report& report, const WriterOptions& options);
std::string write_lineage_json(const Report& report, const WriterOptions& options);

}  // namespace keyless
