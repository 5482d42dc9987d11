#include "app/runbook_formats.h"

#include <array>

namespace keyless {

namespace {

// table: formats of `runbook`
constexpr std::array<Writer, 4> formats_of_runbook{{
    {"markdown", "steps for people, with commands to copy; the default", nullptr},
    {"json", "keyless-runbook/1, for programs", nullptr},
    {"terraform", "the diagnostic settings and alerts alone, as a module", nullptr},
    {"bicep", "the same in Bicep", nullptr},
}};

}  // namespace

std::span<const Writer> runbook_formats() {
  return formats_of_runbook;
}

std::string write_runbook(const Runbook& runbook, const RunbookTemplates& templates,
                          std::string_view format) {
  if (format == "json") return write_runbook_json(runbook, templates);
  if (format == "terraform") return write_monitoring_terraform(templates);
  if (format == "bicep") return write_monitoring_bicep(templates);
  return write_runbook_markdown(runbook, templates);
}

}  // namespace keyless
