// GitLab's Code Quality report: a JSON array with one issue per place that nobody excepted.
#include "base/json_text.h"
#include "output/place.h"
#include "output/printable.h"
#include "output/report_index.h"
#include "output/writers.h"

namespace keyless {

namespace {

// The widget's words for a severity; what cannot be changed is only information.
std::string_view severity_of(const Finding& finding) {
  if (finding.verdict == Verdict::cannot_migrate) return "info";
  if (finding.category == Category::key_literal) return "blocker";
  switch (finding.severity) {
    case Severity::high:
      return "critical";
    case Severity::medium:
      return "major";
    case Severity::low:
      return "minor";
  }
  return "minor";
}

}  // namespace

std::string write_code_quality(const Report& report, const WriterOptions&) {
  JsonText json;
  json.begin_array();
  for (const Finding& finding : report.findings) {
    if (report.gate.excepted.contains(gate_key(finding))) continue;
    const Place place = place_of(report, finding.root, finding.path, finding.span);
    json.begin_object();
    json.member("description", printable(finding.message));
    json.member("check_name", finding.rule);
    // Two roots may hold findings of one id.
    json.member("fingerprint", gate_key(finding));
    json.member("severity", severity_of(finding));
    json.key("location");
    json.begin_object();
    json.member("path", place.path);
    json.key("lines");
    json.begin_object();
    json.member("begin", place.start.line);
    json.end_object();
    json.end_object();
    json.end_object();
  }
  json.end_array();
  return json.take();
}

}  // namespace keyless
