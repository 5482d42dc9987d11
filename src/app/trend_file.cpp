#include "app/trend_file.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace keyless {

namespace {

using Json = nlohmann::json;

constexpr int deepest = 32;

// The parser recurses, so a file of brackets alone must not reach it. Brackets in texts count too,
// which only makes the bound stricter: a text resets nothing.
bool is_too_deep(std::string_view text) {
  int depth = 0;
  bool quoted = false;
  for (size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (quoted && c == '\\')
      ++at;
    else if (c == '"')
      quoted = !quoted;
    else if (!quoted && (c == '[' || c == '{') && ++depth > deepest)
      return true;
    else if (!quoted && (c == ']' || c == '}'))
      --depth;
  }
  return false;
}

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
  if (is_too_deep(text)) return bad();
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return bad();
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
