#include "output/fix_text.h"

#include <fmt/format.h>

#include "output/json.h"
#include "output/line_diff.h"
#include "output/place.h"
#include "output/printable.h"

namespace keyless {

namespace {

// The line of a span; 0 when the report does not hold the file.
uint32_t line_of(const Report& report, const Refusal& refusal) {
  if (file_of(report, refusal.root, refusal.path) == nullptr) return 0;
  return place_of(report, refusal.root, refusal.path, refusal.span).start.line;
}

std::string place_text(const Report& report, const Refusal& refusal) {
  const std::string path = shown_path(report, refusal.root, refusal.path);
  const uint32_t line = line_of(report, refusal);
  return printable(line == 0 ? path : path + ":" + std::to_string(line));
}

std::string counted(size_t number, std::string_view noun) {
  return fmt::format("{} {}{}", number, noun, number == 1 ? "" : "s");
}

std::string stage_lines(const StageChange& stage) {
  std::string text = fmt::format("stage {}: {}, {}\n", to_string(stage.stage),
                                 counted(stage.files.size(), "file"), to_string(stage.safety));
  if (!stage.blocked.empty()) text += fmt::format("  BLOCKED: {}\n", printable(stage.blocked));
  for (const std::string& line : stage.what) text += fmt::format("  {}\n", printable(line));
  return text;
}

struct LineCounts {
  size_t added = 0, removed = 0;
};

LineCounts counts_of(const FileChange& file) {
  LineCounts counts;
  for (const LineRange& range :
       changed_lines(lines_with_ends(file.before), lines_with_ends(file.after))) {
    counts.added += range.after_end - range.after_begin;
    counts.removed += range.before_end - range.before_begin;
  }
  return counts;
}

void write_stage_json(JsonText& json, const StageChange& stage, const Report& report) {
  json.begin_object();
  json.member("stage", to_string(stage.stage));
  json.member("safety", to_string(stage.safety));
  json.member("blocked", stage.blocked);
  json.member("what", stage.what);
  json.member("prerequisites", stage.prerequisites);
  json.member("verify", stage.verify);
  json.key("files");
  json.begin_array();
  for (const FileChange& file : stage.files) {
    const LineCounts counts = counts_of(file);
    json.compact_next();
    json.begin_object();
    json.member("path", shown_path(report, file.root, file.path));
    json.member("added", counts.added);
    json.member("removed", counts.removed);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

void write_refusal_json(JsonText& json, const Refusal& refusal, const Report& report) {
  json.begin_object();
  json.member("path", shown_path(report, refusal.root, refusal.path));
  json.key("line");
  const uint32_t line = line_of(report, refusal);
  if (line == 0)
    json.null();
  else
    json.value(line);
  json.member("rule", refusal.rule);
  json.member("safety", to_string(refusal.safety));
  json.member("reason", refusal.reason);
  json.end_object();
}

}  // namespace

std::string write_fix_summary(const FixPlan& plan, const Report& report,
                              const std::optional<Applied>& applied) {
  std::string text;
  for (const StageChange& stage : plan.stages) text += stage_lines(stage);
  if (!plan.refused.empty()) text += counted(plan.refused.size(), "place") + " not changed:\n";
  for (const Refusal& refusal : plan.refused)
    text += fmt::format("  {}  {}{}: {}\n", place_text(report, refusal),
                        refusal.rule.empty() ? "" : printable(refusal.rule) + "  ",
                        to_string(refusal.safety), printable(refusal.reason));
  if (!plan.stages.empty())
    for (const std::string& line : plan.credential)
      text += fmt::format("credential: {}\n", printable(line));
  if (plan.stages.empty() && plan.refused.empty()) return "nothing to fix\n";
  if (!applied || applied->files == 0) return text;
  text += counted(applied->files, "file") + " written; `keyless undo` takes them back\n";
  for (const std::string& bundle : applied->bundles)
    text +=
        fmt::format("  {} holds the removed lines, keys too: keep it private\n", printable(bundle));
  return text;
}

std::string write_fix_json(const FixPlan& plan, const Report& report,
                           const std::optional<Applied>& applied) {
  JsonText json;
  json.begin_object();
  json.member("schema", fix_schema_name);
  write_tool_json(json, report.version);
  write_roots_json(json, report);
  json.key("stages");
  json.begin_array();
  for (const StageChange& stage : plan.stages) write_stage_json(json, stage, report);
  json.end_array();
  json.key("refused");
  json.begin_array();
  for (const Refusal& refusal : plan.refused) write_refusal_json(json, refusal, report);
  json.end_array();
  json.member("credential", plan.credential);
  json.key("written");
  if (applied) {
    json.begin_object();
    json.member("files", applied->files);
    json.member("undo", applied->bundles);
    json.end_object();
  } else {
    json.null();
  }
  json.end_object();
  return json.take();
}

}  // namespace keyless
