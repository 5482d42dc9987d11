// keyless/1: the whole report for programs; its members are described in json.h.
#include "output/json.h"

#include <algorithm>

#include "base/json_text.h"
#include "output/place.h"
#include "output/report_index.h"
#include "output/summary.h"
#include "output/writers.h"

namespace keyless {

namespace {

void write_span(JsonText& json, Span span) {
  json.key("span");
  json.compact_next();
  json.begin_array();
  json.value(span.begin);
  json.value(span.end);
  json.end_array();
}

void write_position(JsonText& json, std::string_view name, const Position& position) {
  json.key(name);
  json.compact_next();
  json.begin_object();
  json.member("line", position.line);
  json.member("column", position.utf16);
  json.end_object();
}

class JsonWriter {
 public:
  explicit JsonWriter(const Report& report) : report_(report), index_(report) {}

  std::string write() {
    json_.begin_object();
    json_.member("schema", json_schema_name);
    write_tool_json(json_, report_.version);
    write_rules();
    write_roots_json(json_, report_);
    write_lineages();
    write_findings("findings", report_.findings);
    write_findings("leads", report_.leads);
    json_.key("graph");
    write_graph_json(json_, report_);
    write_summary();
    json_.key("coverage");
    write_coverage_json(json_, report_.coverage);
    write_diagnostics();
    json_.end_object();
    return json_.take();
  }

 private:
  void write_rules() {
    std::vector<const Rule*> rules = report_.rules;
    std::ranges::sort(rules, {}, [](const Rule* rule) { return std::string_view(rule->id); });
    json_.key("rules");
    json_.begin_array();
    for (const Rule* rule : rules) {
      json_.compact_next();
      json_.begin_object();
      json_.member("id", rule->id);
      json_.member("category", to_string(rule->category));
      json_.member("title", rule->title);
      json_.end_object();
    }
    json_.end_array();
  }

  void write_lineages() {
    json_.key("lineages");
    json_.begin_array();
    for (const Lineage& lineage : report_.lineages) write_lineage(lineage);
    json_.end_array();
  }

  void write_lineage(const Lineage& lineage) {
    json_.begin_object();
    json_.member("id", lineage.id);
    json_.member("root", lineage.root);
    json_.member("service", lineage.service);
    json_.member("account", lineage.account);
    json_.member("severity", to_string(lineage.severity));
    json_.member("state", state_of(lineage));
    json_.member("path", shown_path(report_, lineage.root_index, lineage.path));
    write_span(json_, lineage.span);
    json_.member("findings", lineage.findings);
    json_.member("open_ends", lineage.open_ends);
    json_.end_object();
  }

  std::string_view state_of(const Lineage& lineage) {
    std::string_view state = "old";
    for (const Finding* finding : index_.findings_of(lineage)) {
      if (is_blocking(report_, *finding)) return "blocking";
      if (!is_old(report_, *finding)) state = "new";
    }
    return state;
  }

  void write_findings(std::string_view name, const std::vector<Finding>& findings) {
    json_.key(name);
    json_.begin_array();
    for (const Finding& finding : findings) write_finding(finding);
    json_.end_array();
  }

  void write_finding(const Finding& finding) {
    const Place place = place_of(report_, finding.root, finding.path, finding.span);
    json_.begin_object();
    json_.member("id", finding.id);
    json_.member("rule", finding.rule);
    json_.member("category", to_string(finding.category));
    json_.member("severity", to_string(finding.severity));
    json_.member("confidence", to_string(finding.confidence));
    json_.member("verdict", to_string(finding.verdict));
    json_.member("message", finding.message);
    json_.member("reason", finding.reason);
    json_.member("lineage", finding.lineage);
    json_.member("lineages", finding.lineages);
    json_.member("path", place.path);
    write_span(json_, finding.span);
    write_position(json_, "start", place.start);
    write_position(json_, "end", place.end);
    json_.member("definition", finding.definition);
    json_.member("symbol", finding.symbol);
    json_.member("tracked", finding.tracked);
    json_.member("test", finding.test_code);
    json_.member("generated", finding.generated);
    json_.member("vendored", finding.vendored);
    json_.member("blocking", is_blocking(report_, finding));
    json_.member("baseline", is_old(report_, finding) ? "old" : "new");
    const auto excepted = report_.gate.excepted.find(gate_key(finding));
    if (excepted != report_.gate.excepted.end()) json_.member("exception", excepted->second);
    write_trace(finding);
    json_.end_object();
  }

  void write_trace(const Finding& finding) {
    json_.key("trace");
    json_.begin_array();
    for (const TraceStep& step : finding.trace) {
      json_.compact_next();
      json_.begin_object();
      json_.member("node", step.node);
      json_.member("path", shown_path(report_, step.root, step.path));
      write_span(json_, step.span);
      if (&step == &finding.trace.front()) {
        json_.key("edge");
        json_.null();
      } else {
        json_.member("edge", to_string(step.edge));
      }
      json_.end_object();
    }
    json_.end_array();
  }

  void write_summary() {
    const Counts counts = count(report_);
    json_.key("summary");
    json_.begin_object();
    json_.member("lineages", counts.lineages);
    json_.member("blocking_lineages", counts.blocking_lineages);
    json_.member("findings", counts.findings);
    json_.member("blocking", counts.blocking);
    json_.member("new", counts.new_findings);
    json_.member("old", report_.gate.old_findings);
    json_.member("fixed", report_.gate.fixed_findings);
    json_.member("leads", counts.leads);
    json_.end_object();
  }

  void write_diagnostics() {
    json_.key("diagnostics");
    json_.begin_array();
    for (const Diagnostic& diagnostic : report_.diagnostics) {
      json_.compact_next();
      json_.begin_object();
      json_.member("problem", to_string(diagnostic.problem));
      json_.member("path", diagnostic.path);
      json_.member("line", diagnostic.line);
      json_.member("message", diagnostic.message);
      json_.member("mend", diagnostic.mend);
      json_.end_object();
    }
    json_.end_array();
  }

  const Report& report_;
  ReportIndex index_;
  JsonText json_;
};

}  // namespace

std::string_view to_string(Problem problem) {
  switch (problem) {
    case Problem::bad_input:
      return "bad-input";
    case Problem::lost_file:
      return "lost-file";
    case Problem::incomplete:
      return "incomplete";
    case Problem::note:
      return "note";
    case Problem::internal:
      return "internal";
  }
  return "internal";
}

void write_tool_json(JsonText& json, std::string_view version) {
  json.key("tool");
  json.compact_next();
  json.begin_object();
  json.member("name", "keyless");
  json.member("version", version);
  json.end_object();
}

void write_roots_json(JsonText& json, const Report& report) {
  json.key("roots");
  json.begin_array();
  for (const ReportRoot& root : report.roots) {
    json.compact_next();
    json.begin_object();
    json.member("id", root.id);
    json.member("commit", root.commit);
    json.end_object();
  }
  json.end_array();
}

void write_coverage_json(JsonText& json, const Coverage& coverage) {
  json.begin_object();
  json.key("languages");
  json.begin_array();
  for (const CoverageRow& row : coverage.languages) {
    json.compact_next();
    json.begin_object();
    json.member("language", row.language);
    json.member("considered", row.considered);
    json.member("parsed", row.parsed);
    json.member("text_only", row.text_only);
    json.member("lost", row.lost);
    json.end_object();
  }
  json.end_array();
  json.key("not_read");
  json.begin_object();
  for (const auto& [reason, files] : coverage.not_read) json.member(reason, files);
  json.end_object();
  json.member("open_frontier", coverage.open_frontier);
  json.member("bytes_read", coverage.bytes_read);
  json.key("bytes_parsed_by_wave");
  json.compact_next();
  json.begin_array();
  for (const uint64_t bytes : coverage.bytes_parsed_by_wave) json.value(bytes);
  json.end_array();
  json.end_object();
}

void write_graph_json(JsonText& json, const Report& report) {
  json.begin_object();
  json.key("nodes");
  json.begin_array();
  for (const GraphNode& node : report.graph.nodes) {
    json.compact_next();
    json.begin_object();
    json.member("name", node.name);
    json.member("label", node.label);
    json.member("path", shown_path(report, node.root, node.path));
    write_span(json, node.span);
    json.end_object();
  }
  json.end_array();
  json.key("edges");
  json.begin_array();
  for (const GraphEdge& edge : report.graph.edges) {
    json.compact_next();
    json.begin_object();
    json.member("from", edge.from);
    json.member("to", edge.to);
    json.member("kind", to_string(edge.kind));
    json.member("path", shown_path(report, edge.root, edge.path));
    write_span(json, edge.span);
    json.member("why", edge.why);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

std::string write_json(const Report& report, const WriterOptions&) {
  return JsonWriter(report).write();
}

}  // namespace keyless
