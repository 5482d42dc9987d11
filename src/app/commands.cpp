#include "app/commands.h"

#include <algorithm>
#include <array>

#include "app/fix_formats.h"
#include "app/report_formats.h"
#include "app/rule_formats.h"
#include "app/runbook_formats.h"
#include "base/text.h"

namespace keyless {

namespace {

constexpr OptionSet everywhere = option::quiet | option::verbose | option::color;
constexpr OptionSet scanning = everywhere | option::config | option::threads |
                               option::no_prefilter | option::root_id | option::no_progress |
                               option::cache;

constexpr OptionSet fixing =
    option::write | option::review | option::through | option::only | option::credential |
    option::strategy | option::scope | option::with_logging | option::with_smoke_test |
    option::docs | option::patch_dir | option::local_files | option::allow_dirty |
    option::undo_dir | option::consumers | option::all_consumers_here | option::lock_anyway;

// table: one row per command, in the order of the help
constexpr std::array<Command, 15> rows{{
    {"scan", Operands::paths, "find every key and say what it belongs to",
     scanning | option::format | option::output | option::fail_on | option::baseline |
         option::diff_base | option::staged | option::sarif_profile | option::leads |
         option::min_coverage,
     scan_writers, run_scan_command},
    {"fix", Operands::paths, "print the patches from keys to tokens; --write applies them",
     scanning | fixing | option::format | option::output, fix_formats, run_fix_command},
    {"undo", Operands::paths, "take the last `fix --write` back; the newest 20 are kept",
     everywhere | option::undo_dir, nullptr, run_undo_command},
    {"lineage", Operands::paths, "show each key's way from its account to its uses",
     scanning | option::format | option::output | option::leads | option::why, lineage_writers,
     run_lineage_command},
    {"consumers", Operands::paths, "who still uses the keys of which account",
     scanning | option::format | option::output | option::write_evidence | option::check,
     consumers_formats, run_consumers_command},
    {"report", Operands::paths, "all keys for an audit, with the controls they bear on",
     scanning | option::format | option::output | option::fail_on | option::baseline |
         option::trend | option::date | option::evidence | option::verify,
     report_formats, run_report_command},
    {"runbook", Operands::paths, "the roll-out of each account, with commands, queries and alerts",
     scanning | option::format | option::output | option::date | option::logs | option::check,
     runbook_formats, run_runbook_command},
    {"explain", Operands::rule, "what a rule finds, why it matters, what to do",
     everywhere | option::config, nullptr, run_explain_command},
    {"rules list", Operands::none, "the built-in rules and those of this repository",
     everywhere | option::config | option::format | option::output | option::anchors,
     rule_list_formats, run_rules_list_command},
    {"rules check", Operands::folder, "check rule files of your own", everywhere, nullptr,
     run_rules_check_command},
    {"rules schema", Operands::none, "the JSON schema of rule files",
     everywhere | option::output | option::config_schema, nullptr, run_rules_schema_command},
    {"baseline write", Operands::paths, "accept all present findings as known",
     scanning | option::baseline, nullptr, run_baseline_write_command},
    {"baseline status", Operands::paths, "what is new and what is fixed since the baseline",
     scanning | option::baseline, nullptr, run_baseline_status_command},
    {"baseline prune", Operands::paths, "take out of the baseline what is fixed",
     scanning | option::baseline, nullptr, run_baseline_prune_command},
    {"completions", Operands::shell, "the completion script of a shell",
     everywhere | option::output, nullptr, run_completions_command},
}};

}  // namespace

std::string_view to_text(Operands operands) {
  switch (operands) {
    case Operands::none:
      return "";
    case Operands::paths:
      return "[PATH...]";
    case Operands::rule:
      return "RULE";
    case Operands::folder:
      return "DIR";
    case Operands::shell:
      return "bash|zsh|fish";
  }
  return "";
}

std::span<const Command> commands() {
  return rows;
}

const Command* find_command(std::string_view name) {
  const auto found = std::ranges::find(rows, name, &Command::name);
  return found == rows.end() ? nullptr : &*found;
}

bool is_group(std::string_view word) {
  return !words_of_group(word).empty();
}

std::string words_of_group(std::string_view word) {
  std::vector<std::string> words;
  for (const Command& command : rows)
    if (split(command.name, ' ').size() == 2 && split(command.name, ' ')[0] == word)
      words.emplace_back(split(command.name, ' ')[1]);
  return join(words, ", ");
}

}  // namespace keyless
