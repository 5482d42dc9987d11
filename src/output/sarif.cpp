// SARIF 2.1.0: one result per place, its lineage as code flow and properties.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/json_text.h"
#include "base/text.h"
#include "output/json.h"
#include "output/place.h"
#include "output/report_index.h"
#include "output/writers.h"

namespace keyless {

namespace {

constexpr std::string_view schema_address = "https://json.schemastore.org/sarif-2.1.0.json";
constexpr size_t most_steps = 1000;  // of a code flow; code scanning keeps no more

// The path as a relative URI reference; ':' is encoded too, it would look like a scheme.
std::string uri_of(std::string_view path) {
  std::string uri;
  for (const char c : path) {
    if (is_alnum(c) || c == '/' || c == '-' || c == '.' || c == '_' || c == '~')
      uri += c;
    else
      uri += fmt::format("%{:02X}", static_cast<uint8_t>(c));
  }
  return uri;
}

std::string_view level_of(Severity severity) {
  return severity == Severity::high ? "error" : severity == Severity::medium ? "warning" : "note";
}

// The number that code scanning sorts security alerts by: high from 7.0, medium from 4.0.
std::string_view security_severity_of(Severity severity) {
  return severity == Severity::high ? "8.0" : severity == Severity::medium ? "5.5" : "2.0";
}

std::string_view level_of(Problem problem) {
  switch (problem) {
    case Problem::bad_input:
    case Problem::internal:
      return "error";
    case Problem::lost_file:
      return "warning";
    case Problem::incomplete:
    case Problem::note:
      return "note";
  }
  return "note";
}

// SARIF forbids empty texts.
std::string_view or_else(std::string_view text, std::string_view otherwise) {
  return text.empty() ? otherwise : text;
}

class SarifWriter {
 public:
  SarifWriter(const Report& report, const WriterOptions& options)
      : report_(report), options_(options), results_(sarif_results(report, options.sarif)) {}

  std::string write() {
    json_.begin_object();
    json_.member("$schema", schema_address);
    json_.member("version", "2.1.0");
    json_.key("runs");
    json_.begin_array();
    json_.begin_object();
    write_tool();
    if (is(SarifProfile::azure_devops)) write_automation_details(json_, options_.pipeline);
    write_invocation();
    json_.member("columnKind", "utf16CodeUnits");
    write_results();
    write_run_properties();
    json_.end_object();
    json_.end_array();
    json_.end_object();
    return json_.take();
  }

 private:
  void write_text_object(std::string_view name, std::string_view text) {
    json_.key(name);
    json_.compact_next();
    json_.begin_object();
    json_.member("text", text);
    json_.end_object();
  }

  void write_tool() {
    std::vector<const Rule*> rules = report_.rules;
    std::ranges::sort(rules, {}, [](const Rule* rule) { return std::string_view(rule->id); });
    json_.key("tool");
    json_.begin_object();
    json_.key("driver");
    json_.begin_object();
    json_.member("name", "keyless");
    json_.member("fullName", fmt::format("keyless {}", or_else(report_.version, "0")));
    json_.member("version", or_else(report_.version, "0"));
    json_.key("rules");
    json_.begin_array();
    for (const Rule* rule : rules) {
      rule_index_.emplace(rule->id, rule_index_.size());
      write_rule(*rule);
    }
    json_.end_array();
    json_.end_object();
    json_.end_object();
  }

  void write_rule(const Rule& rule) {
    const Severity severity = row_of(rule.category).severity;
    const std::string_view title = or_else(rule.title, rule.id);
    json_.begin_object();
    json_.member("id", rule.id);
    json_.member("name", name_of(rule.id));
    write_text_object("shortDescription", title);
    write_text_object("fullDescription", or_else(rule.message, title));
    write_text_object("help", or_else(rule.help, title));
    if (!rule.references.empty() && rule.references[0].starts_with("https://"))
      json_.member("helpUri", rule.references[0]);
    json_.key("defaultConfiguration");
    json_.compact_next();
    json_.begin_object();
    json_.member("level", level_of(severity));
    json_.end_object();
    json_.key("properties");
    json_.begin_object();
    json_.member("category", to_string(rule.category));
    json_.member("precision", "high");
    json_.member("problem.severity", severity == Severity::high     ? "error"
                                     : severity == Severity::medium ? "warning"
                                                                    : "recommendation");
    json_.member("security-severity", security_severity_of(severity));
    json_.member("tags",
                 std::vector<std::string>{"security", std::string(to_string(rule.category))});
    json_.end_object();
    json_.end_object();
  }

  void write_invocation() {
    const bool broken = std::ranges::any_of(report_.diagnostics, [](const Diagnostic& diagnostic) {
      return diagnostic.problem == Problem::internal;
    });
    json_.key("invocations");
    json_.begin_array();
    json_.begin_object();
    json_.member("executionSuccessful", !broken);
    json_.key("toolExecutionNotifications");
    json_.begin_array();
    for (const Diagnostic& diagnostic : report_.diagnostics) {
      json_.begin_object();
      json_.member("level", level_of(diagnostic.problem));
      write_text_object("message", or_else(to_text(diagnostic), "?"));
      json_.end_object();
    }
    if (results_.omitted > 0) {
      json_.begin_object();
      json_.member("level", "warning");
      write_text_object("message", fmt::format("{} results are left out, since the reader takes "
                                               "no more; the least severe ones",
                                               results_.omitted));
      json_.end_object();
    }
    json_.end_array();
    json_.end_object();
    json_.end_array();
  }

  void write_results() {
    json_.key("results");
    json_.begin_array();
    for (const Finding* finding : results_.findings) write_result(*finding);
    if (options_.leads && is(SarifProfile::full))
      for (const Finding& lead : report_.leads) write_result(lead);
    json_.end_array();
  }

  void write_result(const Finding& finding) {
    const bool lead = finding.verdict == Verdict::lead;
    json_.begin_object();
    json_.member("ruleId", finding.rule);
    const auto rule = rule_index_.find(finding.rule);
    if (rule != rule_index_.end()) json_.member("ruleIndex", rule->second);
    if (lead) json_.member("kind", "review");
    json_.member("level", lead ? "none" : level_of(finding.severity));
    write_text_object("message", message_of(finding));
    json_.key("locations");
    json_.begin_array();
    json_.begin_object();
    write_location(finding.root, finding.path, finding.span);
    json_.end_object();
    json_.end_array();
    write_fingerprints(finding);
    if (finding.trace.size() > 1) write_code_flow(finding);
    if (report_.gate.has_baseline && !lead && !is(SarifProfile::github))
      json_.member("baselineState", is_old(report_, finding) ? "unchanged" : "new");
    if (!is(SarifProfile::github)) write_suppressions(finding);
    write_properties(finding);
    json_.end_object();
  }

  [[nodiscard]] bool is(SarifProfile profile) const { return options_.sarif == profile; }

  // "python-key-read" as "PythonKeyRead": readers show a rule under such a name.
  static std::string name_of(std::string_view id) {
    std::string name;
    bool upper = true;
    for (const char c : id) {
      if (c == '-') {
        upper = true;
        continue;
      }
      name += upper && is_lower(c) ? static_cast<char>(c - 32) : c;
      upper = false;
    }
    return name;
  }

  static std::string message_of(const Finding& finding) {
    std::string text(or_else(finding.message, finding.rule));
    if (finding.verdict != Verdict::finding && !finding.reason.empty())
      text += " (" + std::string(to_string(finding.verdict)) + ": " + finding.reason + ")";
    return text;
  }

  // The member physicalLocation of the object that is open.
  void write_location(uint32_t root, const std::string& path, Span span) {
    const Place place = place_of(report_, root, path, span);
    json_.key("physicalLocation");
    json_.begin_object();
    json_.key("artifactLocation");
    json_.compact_next();
    json_.begin_object();
    json_.member("uri", uri_of(place.path));
    json_.end_object();
    json_.key("region");
    json_.compact_next();
    json_.begin_object();
    json_.member("startLine", place.start.line);
    json_.member("startColumn", place.start.utf16);
    json_.member("endLine", place.end.line);
    json_.member("endColumn", place.end.utf16);
    json_.end_object();
    json_.end_object();
  }

  void write_fingerprints(const Finding& finding) {
    json_.key("partialFingerprints");
    json_.begin_object();
    json_.member("keyless/v1", finding.id);
    const ReportFile* file = file_of(report_, finding.root, finding.path);
    if (file != nullptr) {
      const size_t line =
          place_of(report_, finding.root, finding.path, finding.span).start.line - 1;
      if (line < file->line_hashes.size())
        json_.member("primaryLocationLineHash", file->line_hashes[line]);
    }
    json_.end_object();
  }

  void write_code_flow(const Finding& finding) {
    json_.key("codeFlows");
    json_.begin_array();
    json_.begin_object();
    json_.key("threadFlows");
    json_.begin_array();
    json_.begin_object();
    json_.key("locations");
    json_.begin_array();
    for (size_t i = 0; i < std::min(finding.trace.size(), most_steps); ++i) {
      const TraceStep& step = finding.trace[i];
      json_.begin_object();
      json_.key("location");
      json_.begin_object();
      if (!step.path.empty()) write_location(step.root, step.path, step.span);
      const std::string_view how = i == 0 ? "root" : to_string(step.edge);
      write_text_object("message", fmt::format("{}: {}", how, step.node));
      json_.end_object();
      json_.end_object();
    }
    json_.end_array();
    json_.end_object();
    json_.end_array();
    json_.end_object();
    json_.end_array();
  }

  void write_suppressions(const Finding& finding) {
    const auto excepted = report_.gate.excepted.find(gate_key(finding));
    const bool is_excepted = excepted != report_.gate.excepted.end();
    if (!is_excepted && !is_old(report_, finding)) return;
    json_.key("suppressions");
    json_.begin_array();
    json_.compact_next();
    json_.begin_object();
    json_.member("kind", "external");
    json_.member("status", "accepted");
    json_.member("justification",
                 is_excepted ? or_else(excepted->second, "excepted") : "in the baseline");
    json_.end_object();
    json_.end_array();
  }

  void write_properties(const Finding& finding) {
    json_.key("properties");
    json_.begin_object();
    json_.member("category", to_string(finding.category));
    json_.member("lineage", finding.lineage);
    json_.member("lineages", finding.lineages);
    json_.member("severity", to_string(finding.severity));
    json_.member("confidence", to_string(finding.confidence));
    json_.member("verdict", to_string(finding.verdict));
    if (!finding.reason.empty()) json_.member("reason", finding.reason);
    json_.member("lead", finding.verdict == Verdict::lead);
    json_.member("blocking", is_blocking(report_, finding));
    json_.member("test", finding.test_code);
    json_.member("generated", finding.generated);
    json_.member("vendored", finding.vendored);
    json_.member("tracked", finding.tracked);
    json_.end_object();
  }

  void write_run_properties() {
    json_.key("properties");
    json_.begin_object();
    write_roots_json(json_, report_);
    json_.key("coverage");
    write_coverage_json(json_, report_.coverage);
    json_.member("leads", report_.leads.size());
    if (is(SarifProfile::azure_devops)) write_pipeline_properties(json_, options_.pipeline);
    json_.end_object();
  }

  const Report& report_;
  const WriterOptions& options_;
  SarifResults results_;
  JsonText json_;
  std::map<std::string_view, size_t> rule_index_;
};

}  // namespace

std::string write_sarif(const Report& report, const WriterOptions& options) {
  return SarifWriter(report, options).write();
}

}  // namespace keyless
