#include "app/baseline.h"

#include <algorithm>
#include <map>

#include "app/json_input.h"
#include "base/hash.h"
#include "base/json_text.h"
#include "output/report_index.h"

namespace keyless {

namespace {

constexpr std::string_view schema_name = "keyless-baseline/1";
constexpr std::string_view mend_file = "write it anew with `keyless baseline write`";

std::string shape_of(const Finding& finding) {
  std::string text = finding.rule;
  for (const std::string& part : {finding.definition, finding.symbol}) {
    text += '\0';
    text += part;
  }
  return sha256_hex(text).substr(0, 16);
}

// A root without a name is called by its offset, which would change with every edit above it.
std::string without_offset(std::string_view node) {
  const size_t digits = node.find_last_not_of("0123456789");
  const bool offset = digits != std::string_view::npos && node[digits] == '@';
  return std::string(offset ? node.substr(0, digits) : node);
}

BaselineEntry entry_of(const Finding& finding, const ReportIndex& index) {
  const Lineage* lineage = index.lineage(finding.lineage);
  return {finding.id, finding.rule, finding.path,
          lineage == nullptr ? "" : without_offset(lineage->root), shape_of(finding)};
}

tl::unexpected<Diagnostic> bad(const std::string& path, std::string message) {
  return fail(Diagnostic{Problem::bad_input, path, 0, std::move(message), std::string(mend_file)});
}

// The member as text; nothing when it is absent or of another kind.
bool take(const nlohmann::json& object, const char* name, std::string& text) {
  const auto member = object.find(name);
  if (member == object.end() || !member->is_string()) return false;
  text = member->get<std::string>();
  return true;
}

}  // namespace

Baseline baseline_of(const Report& report, uint32_t root) {
  const ReportIndex index(report);
  Baseline baseline;
  for (const Finding& finding : report.findings)
    if (finding.root == root) baseline.entries.push_back(entry_of(finding, index));
  std::ranges::sort(baseline.entries);
  return baseline;
}

std::string write_baseline(const Baseline& baseline) {
  JsonText json;
  json.begin_object();
  json.member("schema", schema_name);
  json.key("findings");
  json.begin_array();
  for (const BaselineEntry& entry : baseline.entries) {
    json.compact_next();
    json.begin_object();
    json.member("id", entry.id);
    json.member("rule", entry.rule);
    json.member("path", entry.path);
    json.member("lineage", entry.lineage);
    json.member("shape", entry.shape);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

Result<Baseline> parse_baseline(std::string_view text, const std::string& path) {
  constexpr int deepest = 8;
  const auto parsed = json_input(text, deepest);
  if (!parsed || !parsed->is_object()) return bad(path, "is not a baseline of keyless");
  const nlohmann::json& json = *parsed;
  std::string schema;
  if (!take(json, "schema", schema) || schema != schema_name)
    return bad(path, "is not a baseline of the form " + std::string(schema_name));
  const auto findings = json.find("findings");
  if (findings == json.end() || !findings->is_array())
    return bad(path, "lacks the list 'findings'");
  Baseline baseline;
  for (const nlohmann::json& item : *findings) {
    BaselineEntry entry;
    const bool good = item.is_object() && take(item, "id", entry.id) &&
                      take(item, "rule", entry.rule) && take(item, "path", entry.path) &&
                      take(item, "lineage", entry.lineage) && take(item, "shape", entry.shape);
    if (!good)
      return bad(path, "entry " + std::to_string(baseline.entries.size() + 1) +
                           " lacks one of id, rule, path, lineage, shape");
    baseline.entries.push_back(std::move(entry));
  }
  std::ranges::sort(baseline.entries);
  return baseline;
}

BaselineMatch match_baseline(const Baseline& baseline, const Report& report, uint32_t root) {
  BaselineMatch match;
  std::map<std::string_view, const BaselineEntry*> by_id;
  for (const BaselineEntry& entry : baseline.entries) by_id.emplace(entry.id, &entry);

  std::map<std::string, std::vector<const Finding*>> left;
  for (const Finding& finding : report.findings) {
    if (finding.root != root) continue;
    if (by_id.erase(finding.id) > 0)
      match.old.insert(finding.id);
    else
      left[shape_of(finding)].push_back(&finding);
  }
  std::map<std::string_view, std::vector<const BaselineEntry*>> unanswered;
  for (const auto& [id, entry] : by_id) unanswered[entry->shape].push_back(entry);
  for (const auto& [shape, entries] : unanswered) {
    const auto moved = left.find(std::string(shape));
    if (entries.size() == 1 && moved != left.end() && moved->second.size() == 1)
      match.old.insert(moved->second[0]->id);
    else
      for (const BaselineEntry* entry : entries) match.fixed.push_back(*entry);
  }
  std::ranges::sort(match.fixed);
  return match;
}

Baseline pruned(const Baseline& baseline, const Report& report, uint32_t root) {
  const BaselineMatch match = match_baseline(baseline, report, root);
  Baseline kept = baseline_of(report, root);
  std::erase_if(kept.entries,
                [&](const BaselineEntry& entry) { return !match.old.contains(entry.id); });
  return kept;
}

}  // namespace keyless
