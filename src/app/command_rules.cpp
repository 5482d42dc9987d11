#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "app/commands.h"
#include "app/configuration_shape.h"
#include "app/console.h"
#include "app/examples.h"
#include "app/rule_formats.h"
#include "app/run_rules.h"
#include "app/suggest.h"
#include "base/real_file_system.h"
#include "output/style.h"
#include "rule/load.h"
#include "rule/schema.h"

namespace keyless {

ExitCode run_explain_command(const Options& options) {
  const auto rules = rules_here(options.config);
  if (!rules) return give_up(rules.error());
  std::vector<std::string> ids;
  for (const Rule& rule : rules->rules) {
    if (rule.id == options.paths[0])
      return deliver(rule_page(rule, Style(use_color(options))), options, ExitCode::clean);
    ids.push_back(rule.id);
  }
  const std::string near = nearest(options.paths[0], ids);
  return give_up({Diagnostic{
      Problem::bad_input,
      {},
      0,
      "there is no rule '" + options.paths[0] + "'",
      near.empty() ? "`keyless rules list` names them all" : "did you mean '" + near + "'?"}});
}

ExitCode run_rules_list_command(const Options& options) {
  const auto rules = rules_here(options.config);
  if (!rules) return give_up(rules.error());
  const std::string text = options.anchors            ? anchor_list(*rules)
                           : options.format == "json" ? rule_list_json(*rules)
                                                      : rule_list_text(*rules);
  return deliver(text, options, ExitCode::clean);
}

ExitCode run_rules_check_command(const Options& options) {
  auto rules = load_embedded_rules(true);
  if (!rules) return give_up(rules.error());
  const auto folder = RealFileSystem::open(std::filesystem::absolute(options.paths[0]).string());
  if (!folder) return give_up({folder.error()});
  const auto files = read_rule_files(**folder, ".");
  if (!files) return give_up({files.error()});
  if (files->empty())
    return give_up(
        {Diagnostic{Problem::bad_input, options.paths[0], 0, "holds no .yaml file", {}}});
  // A folder with tables of its own is a whole rule pack; others add to the built-in rules.
  const bool whole = std::any_of(files->begin(), files->end(),
                                 [](const RuleFile& file) { return file.path == "_names.yaml"; });
  if (whole) rules = load_rules(*files);
  if (!rules) return give_up(rules.error());
  std::vector<Diagnostic> problems;
  if (!whole) problems = add_rules(*rules, *files);
  if (!problems.empty()) return give_up(problems);
  const Matcher matcher(*rules);
  for (const Rule& rule : rules->rules) {
    const bool checked = std::any_of(files->begin(), files->end(), [&](const RuleFile& file) {
      return file.path == rule.source;
    });
    if (!checked) continue;
    for (Diagnostic& problem : check_examples(rule, matcher))
      problems.push_back(std::move(problem));
  }
  if (!problems.empty()) return give_up(problems);
  return deliver(fmt::format("{} {}: good\n", files->size(), files->size() == 1 ? "rule" : "rules"),
                 options, ExitCode::clean);
}

ExitCode run_rules_schema_command(const Options& options) {
  const std::string schema =
      options.config_schema ? configuration_json_schema() : rule_json_schema();
  return deliver(schema, options, ExitCode::clean);
}

}  // namespace keyless
