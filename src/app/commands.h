// The commands of the program: one table from a command's words to what runs it.
// A command returns the exit code; results go to stdout or --output, everything else to stderr.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "app/exit_codes.h"
#include "app/option_rows.h"
#include "app/options.h"
#include "output/writers.h"

namespace keyless {

enum class Operands : uint8_t { none, paths, rule, folder, shell };
std::string_view to_text(Operands operands);  // as the usage line shows them

struct Command {
  std::string_view name;  // one word or two: "rules list"
  Operands operands = Operands::none;
  std::string_view doc;
  OptionSet options = 0;
  std::span<const Writer> (*formats)() = nullptr;
  ExitCode (*run)(const Options& options) = nullptr;

  [[nodiscard]] bool takes(OptionSet id) const { return (options & id) != 0; }
  [[nodiscard]] std::span<const Writer> writers() const {
    return formats == nullptr ? std::span<const Writer>() : formats();
  }
  [[nodiscard]] std::string name_text() const { return std::string(name); }
};

std::span<const Command> commands();
// Null when there is no such command.
const Command* find_command(std::string_view name);
// True for the first word of commands of two words.
bool is_group(std::string_view word);
// Their second words, "list, check, schema".
std::string words_of_group(std::string_view word);

ExitCode run_scan_command(const Options& options);
ExitCode run_fix_command(const Options& options);
ExitCode run_undo_command(const Options& options);
ExitCode run_consumers_command(const Options& options);
ExitCode run_lineage_command(const Options& options);
ExitCode run_report_command(const Options& options);
ExitCode run_runbook_command(const Options& options);
ExitCode run_explain_command(const Options& options);
ExitCode run_rules_list_command(const Options& options);
ExitCode run_rules_check_command(const Options& options);
ExitCode run_rules_schema_command(const Options& options);
ExitCode run_completions_command(const Options& options);
ExitCode run_baseline_write_command(const Options& options);
ExitCode run_baseline_status_command(const Options& options);
ExitCode run_baseline_prune_command(const Options& options);

}  // namespace keyless
