// Targets of what reads files that people or earlier runs wrote: rules, configuration, baseline,
// results, evidence, logs, the cache and undo bundles.
#include <array>
#include <string>

#include "app/access_log.h"
#include "app/baseline.h"
#include "app/configuration.h"
#include "app/consumers_file.h"
#include "app/inline_exceptions.h"
#include "app/misses.h"
#include "app/trend_file.h"
#include "base/csv.h"
#include "base/yaml.h"
#include "fix/undo_bundle.h"
#include "fuzz/targets.h"
#include "rule/load.h"
#include "source/root.h"
#include "syntax/document_bytes.h"
#include "syntax/languages.h"

namespace keyless::fuzz {
namespace {

void fuzz_rule(std::string_view input) {
  const auto tree = parse_yaml(input, "rules/a-rule.yaml");
  if (!tree) return;
  const auto rule = load_rule(*tree, "rules/a-rule.yaml");
  demand(!rule || rule->id == "a-rule", "a rule has the name of its file");
}

// The first line names the table.
void fuzz_rule_table(std::string_view input) {
  const std::string name(take_line(input));
  const auto set = load_rules({{"rules/" + name + ".yaml", std::string(input)}});
  demand(set.has_value() || !set.error().empty(), "what fails says why");
}

void fuzz_own_rules(std::string_view input) {
  static const auto embedded = load_embedded_rules();
  RuleSet set = *embedded;
  const size_t before = set.rules.size();
  const auto problems = add_rules(set, {{"own/a-rule.yaml", std::string(input)}});
  demand(problems.empty() || set.rules.size() == before, "nothing of a bad file is used");
  for (const Rule& rule : set.rules)
    if (rule.id == "a-rule") (void)anchors_of(rule, set);
}

void fuzz_configuration(std::string_view input) {
  const auto configuration = parse_configuration(input, ".keyless.yaml");
  if (configuration) (void)check_rule_ids(*configuration, {"a-rule"});
  (void)declares_root(input);
}

// The first line is the path.
void fuzz_exceptions(std::string_view input) {
  const SourceFile file = make_source_file(std::string(take_line(input)), std::string(input));
  const LanguageRow* row = language_of(file.path);
  for (const InlineException& one : inline_exceptions(file, row == nullptr ? "text" : row->name)) {
    demand(one.span.begin <= one.span.end && one.span.end <= file.bytes.size(),
           "an exception lies in the file");
    demand(one.line > 0 && one.target >= one.line, "it speaks of its line or a later one");
  }
}

void fuzz_baseline(std::string_view input) {
  const auto baseline = parse_baseline(input, "a.json");
  if (!baseline) return;
  const std::string written = write_baseline(*baseline);
  const auto again = parse_baseline(written, "a.json");
  demand(again.has_value(), "a written baseline is read back");
  demand(write_baseline(*again) == written, "and is the same");
}

void fuzz_earlier_run(std::string_view input) {
  (void)read_earlier_run(input, "runs/2026-01.json");
}

void fuzz_evidence(std::string_view input) {
  (void)gap_in_evidence(input, "consumers.json", "2026-11-24");
}

void fuzz_log(std::string_view input) {
  static const auto templates = RunbookTemplates::load_embedded();
  AccessTally tally(templates->log);
  (void)tally.add(input, "export.json");
  const AccessLog log = tally.take();
  const std::string shown = write_access_log_markdown(log) + write_access_log_json(log);
  demand(shown.find('\x1b') == std::string::npos, "no escape of the log reaches the output");
}

void fuzz_csv(std::string_view input) {
  CsvReader reader(input, 1000);
  std::vector<std::string> fields;
  uint32_t line = 0;
  for (size_t rows = 0;; ++rows) {
    demand(rows <= input.size(), "each row takes something");
    if (reader.next(fields) == CsvReader::Row::end) return;
    demand(reader.line() > line, "rows begin on later and later lines");
    line = reader.line();
  }
}

void fuzz_document_bytes(std::string_view input) {
  const auto document = document_from(input);
  if (!document) return;
  const auto bytes = document_bytes(*document);
  if (!bytes) return;
  const auto again = document_from(*bytes);
  demand(again.has_value() && document_bytes(*again) == *bytes, "what is written is read back");
}

void fuzz_misses(std::string_view input) {
  Misses misses("a search", input);
  const FileStat stat{FileKind::regular, input.size(), 0644, 1, 1, 1, 1};
  if (!misses.know("a.py", stat)) misses.add("a.py", stat);
  demand(misses.bytes().size() <= input.size() + sizeof(uint64_t), "only what was asked is kept");
}

void fuzz_undo_bundle(std::string_view input) {
  const auto entries = read_bundle(input);
  if (!entries) return;
  for (const UndoEntry& entry : *entries) demand(is_inner_path(entry.path), "no way out");
  const auto again = read_bundle(write_bundle(*entries));
  demand(again.has_value() && again->size() == entries->size(), "a bundle is read back");
}

// table: targets of readers of settings
constexpr std::array<Target, 13> table{{
    {"rule", fuzz_rule},
    {"rule-table", fuzz_rule_table},
    {"own-rules", fuzz_own_rules},
    {"configuration", fuzz_configuration},
    {"exceptions", fuzz_exceptions},
    {"baseline", fuzz_baseline},
    {"earlier-run", fuzz_earlier_run},
    {"evidence", fuzz_evidence},
    {"log", fuzz_log},
    {"csv", fuzz_csv},
    {"document-bytes", fuzz_document_bytes},
    {"misses", fuzz_misses},
    {"undo-bundle", fuzz_undo_bundle},
}};

}  // namespace

std::span<const Target> targets() {
  return table;
}

}  // namespace keyless::fuzz
