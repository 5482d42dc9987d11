#include "app/report_formats.h"

#include <array>

namespace keyless {

namespace {

// table: formats of `report`
constexpr std::array<Writer, 3> formats_of_report{{
    {"markdown", "tables for people; the default", nullptr},
    {"json", "keyless-report/1, for programs", nullptr},
    {"html", "one page for a browser and for print, with the lineages drawn", nullptr},
}};

}  // namespace

std::span<const Writer> report_formats() {
  return formats_of_report;
}

std::string write_audit(const Audit& audit, std::string_view format) {
  if (format == "json") return write_audit_json(audit);
  if (format == "html") return write_audit_html(audit);
  return write_audit_markdown(audit);
}

}  // namespace keyless
