#include "app/trend_file.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/json_input.h"
#include "base/text.h"

namespace keyless {

namespace {

using Json = nlohmann::json;

constexpr int deepest = 32;

std::string text_in(const Json& object, const char* name) {
  const auto member = object.find(name);
  return member == object.end() || !member->is_string() ? "" : member->get<std::string>();
}

Severity severity_of(std::string_view word) {
  return word == "high" ? Severity::high : word == "medium" ? Severity::medium : Severity::low;
}

std::string label_of(std::string_view path) {
  std::string_view name = after_last(path, '/');
  if (name.ends_with(".json")) name.remove_suffix(5);
  return std::string(name);
}

}  // namespace

Result<EarlierRun> read_earlier_run(std::string_view text, const std::string& path) {
  const auto bad = [&] {
    return fail(Diagnostic{Problem::bad_input, path, 0, "is not an earlier result",
                           "write one with `keyless scan --format json --output FILE`"});
  };
  const auto parsed = json_input(text, deepest);
  if (!parsed || !parsed->is_object()) return bad();
  const Json& json = *parsed;
  const std::string schema = text_in(json, "schema");
  if (schema != "keyless/1" && schema != "keyless-report/1") return bad();
  const auto findings = json.find("findings");
  if (findings == json.end() || !findings->is_array()) return bad();
  EarlierRun run;
  run.label = label_of(path);
  for (const Json& finding : *findings) {
    if (!finding.is_object() || text_in(finding, "id").empty()) return bad();
    run.findings.emplace(text_in(finding, "id"), severity_of(text_in(finding, "severity")));
    const auto blocking = finding.find("blocking");
    const bool blocks =
        blocking != finding.end() && blocking->is_boolean() && blocking->get<bool>();
    if (blocks || text_in(finding, "state") == "blocking") ++run.blocking;
  }
  const auto lineages = json.find(schema == "keyless/1" ? "lineages" : "accounts");
  if (lineages != json.end() && lineages->is_array()) run.lineages = lineages->size();
  return run;
}

}  // namespace keyless
