#include "app/options.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "app/commands.h"
#include "app/help.h"
#include "app/option_rows.h"
#include "app/suggest.h"
#include "base/text.h"
#include "output/writers.h"

namespace keyless {

namespace {

// What CLI11 fills, before it is checked.
struct RawOptions {
  std::vector<std::string> paths;
  std::map<std::string_view, std::string> values;
  std::map<std::string_view, std::vector<std::string>> lists;
  std::map<std::string_view, bool> flags;

  [[nodiscard]] bool flag(std::string_view name) const {
    const auto found = flags.find(name);
    return found != flags.end() && found->second;
  }
  [[nodiscard]] const std::string* value(std::string_view name) const {
    const auto found = values.find(name);
    return found == values.end() || found->second.empty() ? nullptr : &found->second;
  }
};

tl::unexpected<Diagnostic> refuse(std::string message, const std::string& command) {
  const std::string help =
      command.empty() ? "`keyless --help`" : "`keyless " + command + " --help`";
  return fail(std::move(message), "see " + help);
}

std::string without_prefix(const std::string& option) {
  return option.substr(0, option.find('='));
}

tl::unexpected<Diagnostic> unknown_option(const std::string& option, const Command& command) {
  std::vector<std::string> known;
  for (const OptionRow& row : option_rows())
    if (command.takes(row.id)) known.push_back("--" + std::string(row.name));
  const std::string near = nearest(without_prefix(option), known);
  if (near.empty()) return refuse("unknown option '" + option + "'", command.name_text());
  return fail("unknown option '" + option + "'", "did you mean '" + near + "'?");
}

// The only caller of CLI11: its exceptions end here.
Result<RawOptions> parse_raw(const Command& command, std::vector<std::string> arguments) {
  RawOptions raw;
  CLI::App parser;
  parser.set_help_flag();
  parser.allow_extras();
  for (const OptionRow& row : option_rows()) {
    if (!command.takes(row.id)) continue;
    const std::string name = "--" + std::string(row.name);
    if (row.value.empty())
      parser.add_flag(name, raw.flags[row.name]);
    else if (row.repeats)
      parser.add_option(name, raw.lists[row.name])->allow_extra_args(false);
    else
      parser.add_option(name, raw.values[row.name])->expected(1);
  }
  try {
    std::ranges::reverse(arguments);  // CLI11 wants the last one first
    parser.parse(std::move(arguments));
  } catch (const CLI::ArgumentMismatch& error) {
    const std::string text = error.what();
    return refuse(text.substr(0, text.find(':')) + " needs a value", command.name_text());
  } catch (const CLI::ParseError& error) {
    return refuse(error.what(), command.name_text());
  }
  for (const OptionRow& row : option_rows()) {
    const std::string name = "--" + std::string(row.name);
    if (!command.takes(row.id) || row.value.empty() || parser.count(name) == 0) continue;
    const bool empty = row.repeats
                           ? std::ranges::find(raw.lists[row.name], "") != raw.lists[row.name].end()
                           : raw.values[row.name].empty();
    if (empty) return refuse(name + " needs a value", command.name_text());
  }
  bool only_paths = false;
  for (const std::string& rest : parser.remaining()) {
    if (!only_paths && rest == "--")
      only_paths = true;
    else if (!only_paths && rest.size() > 1 && rest.starts_with('-'))
      return unknown_option(rest, command);
    else
      raw.paths.push_back(rest);
  }
  return raw;
}

Result<double> number_between(const std::string& text, double least, double most,
                              const std::string& name) {
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [read_to, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || read_to != end || value < least || value > most)
    return fail("--" + name + " takes a number from " + std::to_string(static_cast<int>(least)) +
                " to " + std::to_string(static_cast<int>(most)) + ", not '" + text + "'");
  return value;
}

Result<void> read_words(const RawOptions& raw, const Command& command, Options& options) {
  if (const std::string* format = raw.value("format")) {
    if (find_writer(command.writers(), *format) == nullptr) {
      std::vector<std::string> names;
      for (const Writer& writer : command.writers()) names.emplace_back(writer.name);
      return fail("unknown format '" + *format + "'", "the formats are " + join(names, ", "));
    }
    options.format = *format;
  }
  if (const std::string* fail_on = raw.value("fail-on")) {
    if (*fail_on == "never")
      options.fail_on.reset();
    else if (*fail_on == "high")
      options.fail_on = Severity::high;
    else if (*fail_on == "medium")
      options.fail_on = Severity::medium;
    else if (*fail_on == "low")
      options.fail_on = Severity::low;
    else
      return fail("--fail-on takes high, medium, low or never, not '" + *fail_on + "'");
  }
  if (const std::string* profile = raw.value("sarif-profile")) {
    const auto found = std::ranges::find(sarif_profile_names, std::string_view(*profile));
    if (found == std::end(sarif_profile_names))
      return fail("--sarif-profile takes full, github or azure-devops, not '" + *profile + "'");
    if (options.format != "sarif") return fail("--sarif-profile goes with --format sarif");
    options.sarif_profile = static_cast<SarifProfile>(found - std::begin(sarif_profile_names));
  }
  if (const std::string* color = raw.value("color")) {
    if (*color == "always")
      options.color = ColorChoice::always;
    else if (*color == "never")
      options.color = ColorChoice::never;
    else if (*color != "auto")
      return fail("--color takes auto, always or never, not '" + *color + "'");
  }
  return {};
}

Result<void> read_numbers(const RawOptions& raw, Options& options) {
  if (const std::string* threads = raw.value("threads")) {
    const auto number = number_between(*threads, 1, 1024, "threads");
    if (!number) return fail(number.error());
    options.threads = static_cast<unsigned>(*number);
  }
  if (const std::string* coverage = raw.value("min-coverage")) {
    const auto number = number_between(*coverage, 0, 100, "min-coverage");
    if (!number) return fail(number.error());
    options.min_coverage = *number;
  }
  if (const std::string* why = raw.value("why")) {
    const std::string line(after_last(*why, ':'));
    const bool digits = !line.empty() && line.size() < 9 && std::ranges::all_of(line, is_digit);
    options.why_path = std::string(before_last(*why, ':'));
    if (!digits || options.why_path.empty() || std::stoul(line) == 0)
      return fail("--why takes FILE:LINE, not '" + *why + "'");
    options.why_line = static_cast<uint32_t>(std::stoul(line));
  }
  return {};
}

// Words that are wrong or do not go together are refused here, before anything is read.
Result<void> read_fix_words(const RawOptions& raw, FixOptions& fix) {
  if (const std::string* through = raw.value("through")) {
    const auto stage = std::ranges::find(stage_names, *through);
    if (stage == stage_names.end())
      return fail("--through takes prepare, callers, cleanup or lock, not '" + *through + "'");
    fix.through = static_cast<Stage>(stage - stage_names.begin());
  }
  if (const std::string* credential = raw.value("credential")) {
    constexpr std::array<std::string_view, 5> kinds{"environment", "default", "managed-identity",
                                                    "workload-identity", "client-secret"};
    if (std::ranges::find(kinds, *credential) == kinds.end())
      return fail("unknown credential '" + *credential + "'",
                  "the kinds are environment, default, managed-identity, workload-identity, "
                  "client-secret");
    fix.credential = *credential;
  }
  if (const std::string* strategy = raw.value("strategy")) {
    if (*strategy != "clean" && *strategy != "gated")
      return fail("--strategy takes clean or gated, not '" + *strategy + "'");
    fix.strategy = *strategy;
  }
  if (const std::string* scope = raw.value("scope")) {
    const bool plain = std::ranges::all_of(
        *scope, [](char c) { return is_alnum(c) || c == '.' || c == '-' || c == '/' || c == ':'; });
    if (!plain || !scope->starts_with("https://") || !scope->ends_with("/.default"))
      return fail("--scope takes https://HOST/.default, not '" + *scope + "'");
    fix.scope = *scope;
  }
  return {};
}

Result<void> read_fix_options(const RawOptions& raw, Options& options) {
  FixOptions& fix = options.fix;
  const auto text = [&](std::string_view name) {
    const std::string* value = raw.value(name);
    return value == nullptr ? std::string() : *value;
  };
  options.write = raw.flag("write");
  options.allow_dirty = raw.flag("allow-dirty");
  options.patch_dir = text("patch-dir");
  options.undo_dir = text("undo-dir");
  if (options.write) {
    // What needs no look, and what can be deployed at once; more has to be asked for.
    fix.most = raw.flag("review") ? Safety::review : Safety::safe;
    fix.through = Stage::callers;
  }
  if (auto read = read_fix_words(raw, fix); !read) return read;
  if (const auto only = raw.lists.find("only"); only != raw.lists.end()) fix.only = only->second;
  fix.local_files = raw.flag("local-files");
  fix.docs = raw.flag("docs");
  fix.with_smoke_test = raw.flag("with-smoke-test");
  fix.with_logging = raw.flag("with-logging");
  fix.all_consumers_here = raw.flag("all-consumers-here");
  fix.consumers = text("consumers");
  fix.lock_anyway = text("lock-anyway");

  options.check = raw.flag("check");
  if (options.command == "consumers") options.evidence = text("write");
  if (options.command != "fix") return {};
  if (options.write && !options.patch_dir.empty())
    return fail("--write and --patch-dir do not go together",
                "one changes files, one describes it");
  if (!options.write) {
    if (raw.flag("review")) return fail("--review goes with --write; patches have all fixes");
    if (options.allow_dirty) return fail("--allow-dirty goes with --write");
    if (!options.undo_dir.empty()) return fail("--undo-dir goes with --write");
  }
  const int evidence = (fix.consumers.empty() ? 0 : 1) + (fix.lock_anyway.empty() ? 0 : 1) +
                       (fix.all_consumers_here ? 1 : 0);
  if (evidence > 1)
    return fail("--consumers, --all-consumers-here and --lock-anyway do not go together",
                "give one of them");
  return {};
}

bool is_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (const size_t at : {0U, 1U, 2U, 3U, 5U, 6U, 8U, 9U})
    if (!is_digit(text[at])) return false;
  const std::string_view month = text.substr(5, 2), day = text.substr(8, 2);
  return month >= "01" && month <= "12" && day >= "01" && day <= "31";
}

Result<void> read_report_options(const RawOptions& raw, Options& options) {
  if (const auto trend = raw.lists.find("trend"); trend != raw.lists.end())
    options.trend = trend->second;
  if (const std::string* date = raw.value("date")) {
    if (!is_day(*date)) return fail("--date takes YYYY-MM-DD, not '" + *date + "'");
    options.date = *date;
  }
  if (const std::string* evidence = raw.value("evidence")) options.evidence_dir = *evidence;
  if (const std::string* verify = raw.value("verify")) options.verify_dir = *verify;
  if (!options.evidence_dir.empty() && !options.verify_dir.empty())
    return fail("--evidence and --verify do not go together");
  if (!options.evidence_dir.empty() && raw.value("format") != nullptr)
    return fail("--evidence and --format do not go together", "evidence holds every format");
  return {};
}

Result<void> read_runbook_options(const RawOptions& raw, Options& options) {
  if (options.command != "runbook") return {};
  if (const auto logs = raw.lists.find("logs"); logs != raw.lists.end())
    options.logs = logs->second;
  if (options.logs.empty()) {
    if (!options.check) return {};
    return fail("--check goes with --logs",
                "repositories are checked by `keyless consumers --check`");
  }
  if (!options.paths.empty())
    return fail("--logs and paths do not go together", "logs are read without any repository");
  if (options.format == "terraform" || options.format == "bicep")
    return fail("--logs knows the formats markdown and json, not '" + options.format + "'");
  return {};
}

Result<Options> checked(const RawOptions& raw, const Command& command) {
  Options options;
  options.command = command.name;
  options.paths = raw.paths;
  if (auto read = read_words(raw, command, options); !read) return fail(read.error());
  if (auto read = read_numbers(raw, options); !read) return fail(read.error());
  const auto text = [&](std::string_view name) {
    const std::string* value = raw.value(name);
    return value == nullptr ? std::string() : *value;
  };
  options.output = text("output");
  options.config = text("config");
  options.baseline = text("baseline");
  options.diff_base = text("diff-base");
  options.staged = raw.flag("staged");
  if (options.staged && !options.diff_base.empty())
    return fail("--staged and --diff-base do not go together", "give one of them");
  options.root_id = text("root-id");
  options.leads = raw.flag("leads");
  options.no_prefilter = raw.flag("no-prefilter");
  options.cache = text("cache");
  options.quiet = raw.flag("quiet");
  options.verbose = raw.flag("verbose");
  options.no_progress = raw.flag("no-progress");
  options.anchors = raw.flag("anchors");
  options.config_schema = raw.flag("config-schema");
  if (auto read = read_fix_options(raw, options); !read) return fail(read.error());
  if (auto read = read_report_options(raw, options); !read) return fail(read.error());
  if (auto read = read_runbook_options(raw, options); !read) return fail(read.error());
  if (options.paths.size() > 1 && command.operands != Operands::paths)
    return refuse("unexpected argument '" + options.paths[1] + "'", command.name_text());
  if (!options.paths.empty() && command.operands == Operands::none)
    return refuse("unexpected argument '" + options.paths[0] + "'", command.name_text());
  if (options.paths.empty() && command.operands == Operands::paths) options.paths = {"."};
  if (options.paths.empty() && command.operands != Operands::none)
    return refuse(std::string(to_text(command.operands)) + " is missing", command.name_text());
  return options;
}

// The command at the front of the arguments, one word or two; how many words it took.
struct FoundCommand {
  const Command* command = nullptr;
  size_t words = 0;
};

FoundCommand find(const std::vector<std::string>& arguments) {
  if (arguments.size() > 1)
    if (const Command* command = find_command(arguments[0] + " " + arguments[1]))
      return {command, 2};
  return {find_command(arguments[0]), 1};
}

Result<std::variant<Options, Answer>> no_such_command(const std::vector<std::string>& arguments) {
  if (is_group(arguments[0])) {
    if (arguments.size() == 1 || arguments[1].starts_with('-'))
      return refuse("'" + arguments[0] + "' needs a word more: " + words_of_group(arguments[0]),
                    "");
    return refuse("unknown command '" + arguments[0] + " " + arguments[1] + "'", "");
  }
  if (arguments[0].starts_with('-')) return refuse("unknown option '" + arguments[0] + "'", "");
  std::vector<std::string> known;
  for (const Command& command : commands()) known.emplace_back(split(command.name, ' ')[0]);
  const std::string near = nearest(arguments[0], known);
  if (!near.empty())
    return fail("unknown command '" + arguments[0] + "'", "did you mean '" + near + "'?");
  return refuse("unknown command '" + arguments[0] + "'", "");
}

bool asks_for_help(const std::vector<std::string>& arguments) {
  for (const std::string& argument : arguments) {
    if (argument == "--") return false;
    if (argument == "--help" || argument == "-h") return true;
  }
  return false;
}

}  // namespace

Result<std::variant<Options, Answer>> parse_options(const std::vector<std::string>& arguments) {
  if (arguments.empty()) return refuse("no command given", "");
  if (arguments[0] == "--version") return Answer{version_text()};
  if (arguments[0] == "--help" || arguments[0] == "-h" || arguments[0] == "help")
    return Answer{help_text()};
  const auto [command, words] = find(arguments);
  if (command == nullptr) {
    if (is_group(arguments[0]) && asks_for_help(arguments))
      return Answer{group_help_text(arguments[0])};
    return no_such_command(arguments);
  }
  const std::vector<std::string> rest(arguments.begin() + static_cast<std::ptrdiff_t>(words),
                                      arguments.end());
  if (asks_for_help(rest)) return Answer{help_text(*command)};
  const auto raw = parse_raw(*command, rest);
  if (!raw) return fail(raw.error());
  auto options = checked(*raw, *command);
  if (!options) return fail(options.error());
  return std::move(*options);
}

}  // namespace keyless
