// What goes into a folder of evidence, each file as text.
#include <algorithm>

#include "app/baseline.h"
#include "app/evidence.h"
#include "app/run_rules.h"
#include "app/text_file.h"
#include "base/build_id.h"
#include "base/hash.h"
#include "base/json_text.h"
#include "base/real_file_system.h"
#include "output/json.h"
#include "output/writers.h"
#include "rule/embedded.h"

namespace keyless {

namespace {

void begin(JsonText& json, std::string_view schema) {
  json.begin_object();
  json.member("schema", schema);
}

std::string commits_text(const Report& report) {
  JsonText json;
  begin(json, "keyless-commits/1");
  write_roots_json(json, report);
  json.end_object();
  return json.take();
}

std::string coverage_text(const Report& report) {
  JsonText json;
  begin(json, "keyless-coverage/1");
  json.key("coverage");
  write_coverage_json(json, report.coverage);
  json.end_object();
  return json.take();
}

// All that were asked for, those that are expired or fit nothing too.
std::string exceptions_text(const Run& run) {
  JsonText json;
  begin(json, "keyless-exceptions/1");
  json.key("exceptions");
  json.begin_array();
  for (size_t root = 0; root < run.configurations.size(); ++root)
    for (const Exception& exception : run.configurations[root].exceptions) {
      json.begin_object();
      json.member("root", run.roots[root].id);
      json.member("rule", exception.rule);
      json.member("path", exception.path);
      json.member("until", exception.until);
      json.member("owner", exception.owner);
      json.member("ticket", exception.ticket);
      json.member("reason", exception.reason);
      json.end_object();
    }
  json.end_array();
  json.end_object();
  return json.take();
}

struct Input {
  std::string root;
  std::string path;
  std::string digest;
};

// Files of the user's that say what counts: configuration, baseline, rules of their own.
Result<std::vector<Input>> inputs_of(const Run& run, const Options& options) {
  std::vector<Input> inputs;
  const auto given = [&](const std::string& path, std::string_view name) -> Result<void> {
    const auto text = read_given_file(path);
    if (!text) return fail(text.error());
    inputs.push_back({"", std::string(name), sha256_hex(*text)});
    return {};
  };
  if (!options.config.empty())
    if (auto read = given(options.config, "--config"); !read) return fail(read.error());
  if (!options.baseline.empty())
    if (auto read = given(options.baseline, "--baseline"); !read) return fail(read.error());
  for (size_t at = 0; at < run.roots.size(); ++at) {
    const Root& root = run.roots[at];
    for (const std::string_view name : {configuration_file, baseline_file}) {
      const auto text = read_text_file(root.folder, std::string(name));
      if (!text) return fail(text.error());
      if (*text) inputs.push_back({root.id, std::string(name), sha256_hex(**text)});
    }
    for (const std::string& folder : run.configurations[at].rule_folders) {
      const auto files = RealFileSystem::open(root.folder);
      if (!files) return fail(files.error());
      const auto rules = read_rule_files(**files, folder);
      if (!rules) return fail(rules.error());
      for (const RuleFile& file : *rules)
        inputs.push_back({root.id, file.path, sha256_hex(file.text)});
    }
  }
  return inputs;
}

Result<std::string> tool_text(const Run& run, const Options& options) {
  const auto inputs = inputs_of(run, options);
  if (!inputs) return fail(inputs.error());
  JsonText json;
  begin(json, "keyless-tool/1");
  json.key("tool");
  json.compact_next();
  json.begin_object();
  json.member("name", "keyless");
  json.member("version", run.report.version);
  json.member("build_id", build_id());
  json.end_object();
  if (!options.date.empty()) json.member("date", options.date);
  json.member("rules_digest", embedded_rules_digest());
  const auto digest = [&](std::string_view path, std::string_view sha256) {
    json.member("path", path);
    json.member("sha256", sha256);
    json.end_object();
  };
  json.key("rules");
  json.begin_array();
  for (const EmbeddedFile& file : embedded_rules()) {
    json.compact_next();
    json.begin_object();
    digest(file.path, sha256_hex(file.text));
  }
  json.end_array();
  json.key("inputs");
  json.begin_array();
  for (const Input& input : *inputs) {
    json.compact_next();
    json.begin_object();
    json.member("root", input.root);
    digest(input.path, input.digest);
  }
  json.end_array();
  json.end_object();
  return json.take();
}

}  // namespace

Result<std::vector<EvidenceFile>> evidence_files(const Run& run, const Audit& audit,
                                                 const Options& options) {
  auto tool = tool_text(run, options);
  if (!tool) return fail(tool.error());
  std::vector<EvidenceFile> list;
  list.push_back({"commits.json", commits_text(run.report)});
  list.push_back({"coverage.json", coverage_text(run.report)});
  list.push_back({"exceptions.json", exceptions_text(run)});
  list.push_back({"findings.json", write_json(run.report, {})});
  list.push_back({"report.html", write_audit_html(audit)});
  list.push_back({"report.json", write_audit_json(audit)});
  list.push_back({"report.md", write_audit_markdown(audit)});
  list.push_back({"tool.json", std::move(*tool)});
  return list;
}

}  // namespace keyless
