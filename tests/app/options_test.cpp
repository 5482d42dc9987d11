#include "app/options.h"

#include <fstream>
#include <sstream>

#include "app/commands.h"
#include "app/help.h"
#include "app/suggest.h"
#include "base/text.h"
#include "catch.h"

using keyless::Answer;
using keyless::Options;
using keyless::parse_options;
using keyless::Severity;

namespace {

Options parsed(const std::vector<std::string>& arguments) {
  const auto result = parse_options(arguments);
  if (!result) FAIL(to_text(result.error()));
  REQUIRE(std::holds_alternative<Options>(*result));
  return std::get<Options>(*result);
}

std::string refused(const std::vector<std::string>& arguments) {
  const auto result = parse_options(arguments);
  REQUIRE_FALSE(result);
  CHECK(result.error().problem == keyless::Problem::bad_input);
  return to_text(result.error());
}

}  // namespace

TEST_CASE("options are read") {
  const Options options =
      parsed({"scan", "a", "--format", "sarif", "--fail-on=low", "--threads", "3", "--leads", "b",
              "--min-coverage", "99.5", "--root-id", "shop", "--", "--odd"});
  CHECK(options.command == "scan");
  CHECK(options.paths == std::vector<std::string>{"a", "b", "--odd"});
  CHECK(options.format == "sarif");
  CHECK(options.fail_on == Severity::low);
  CHECK(options.threads == 3);
  CHECK(options.leads);
  CHECK(options.min_coverage == 99.5);
  CHECK(options.root_id == "shop");
  CHECK_FALSE(parsed({"scan", "--fail-on", "never"}).fail_on);
  CHECK(parsed({"scan"}).paths == std::vector<std::string>{"."});
  CHECK(parsed({"baseline", "write", "x"}).command == "baseline write");
  const Options why = parsed({"lineage", "--why", "a:b.py:12"});
  CHECK(why.why_path == "a:b.py");
  CHECK(why.why_line == 12);
}

TEST_CASE("bad arguments are refused in one line that says what to do") {
  CHECK(refused({}) == "no command given (see `keyless --help`)");
  CHECK(refused({"scann"}) == "unknown command 'scann' (did you mean 'scan'?)");
  CHECK(refused({"--foo"}) == "unknown option '--foo' (see `keyless --help`)");
  CHECK(refused({"scan", "--thread", "2"}) ==
        "unknown option '--thread' (did you mean '--threads'?)");
  CHECK(refused({"scan", "--why", "a:1"}) == "unknown option '--why' (see `keyless scan --help`)");
  CHECK(refused({"scan", "--format"}) == "--format needs a value (see `keyless scan --help`)");
  CHECK(refused({"scan", "--format", "xml"}) ==
        "unknown format 'xml' (the formats are text, json, sarif, markdown, code-quality)");
  CHECK(refused({"scan", "--fail-on", "all"}) ==
        "--fail-on takes high, medium, low or never, not 'all'");
  CHECK(refused({"scan", "--threads", "0"}) == "--threads takes a number from 1 to 1024, not '0'");
  CHECK(refused({"scan", "--min-coverage", "x"}) ==
        "--min-coverage takes a number from 0 to 100, not 'x'");
  CHECK(refused({"lineage", "--why", "a.py"}) == "--why takes FILE:LINE, not 'a.py'");
  CHECK(refused({"rules"}) ==
        "'rules' needs a word more: list, check, schema (see `keyless --help`)");
  CHECK(refused({"rules", "burn"}) == "unknown command 'rules burn' (see `keyless --help`)");
  CHECK(refused({"explain"}) == "RULE is missing (see `keyless explain --help`)");
  CHECK(refused({"explain", "a", "b"}) == "unexpected argument 'b' (see `keyless explain --help`)");
  CHECK(refused({"rules", "list", "x"}) ==
        "unexpected argument 'x' (see `keyless rules list --help`)");
}

TEST_CASE("options of fix are read, with what --write means for them") {
  using keyless::Safety;
  using keyless::Stage;
  const Options print = parsed({"fix"});
  CHECK(print.fix.most == Safety::review);
  CHECK(print.fix.through == Stage::lock);
  CHECK(print.fix.strategy == "clean");
  const Options write = parsed({"fix", "--write", "a"});
  CHECK(write.write);
  CHECK(write.fix.most == Safety::safe);
  CHECK(write.fix.through == Stage::callers);
  const Options all = parsed({"fix",
                              "--write",
                              "--review",
                              "--through",
                              "cleanup",
                              "--only",
                              "x",
                              "--only=src/a.py",
                              "b",
                              "--credential",
                              "managed-identity",
                              "--strategy",
                              "gated",
                              "--allow-dirty",
                              "--undo-dir",
                              "u",
                              "--lock-anyway",
                              "nobody is left",
                              "--local-files",
                              "--with-logging",
                              "--scope",
                              "https://cognitiveservices.azure.us/.default"});
  CHECK(all.fix.most == Safety::review);
  CHECK(all.fix.through == Stage::cleanup);
  CHECK(all.fix.only == std::vector<std::string>{"x", "src/a.py"});
  CHECK(all.paths == std::vector<std::string>{"b"});
  CHECK(all.fix.credential == "managed-identity");
  CHECK(all.fix.strategy == "gated");
  CHECK(all.fix.lock_anyway == "nobody is left");
  CHECK(all.allow_dirty);
  CHECK(all.undo_dir == "u");
  CHECK(all.fix.local_files);
  CHECK(all.fix.with_logging);
  CHECK(all.fix.scope == "https://cognitiveservices.azure.us/.default");
}

TEST_CASE("consumers: --write takes a file, that of fix takes none") {
  const Options options = parsed({"consumers", "--write", "c.json", "--check", "a"});
  CHECK(options.evidence == "c.json");
  CHECK(options.check);
  CHECK_FALSE(options.write);
  CHECK(options.paths == std::vector<std::string>{"a"});
  CHECK(refused({"consumers", "--write"}).starts_with("--write needs a value"));
}

TEST_CASE("options of fix that are wrong or do not go together are refused") {
  CHECK(refused({"fix", "--through", "end"}) ==
        "--through takes prepare, callers, cleanup or lock, not 'end'");
  CHECK(refused({"fix", "--credential", "key"}) ==
        "unknown credential 'key' (the kinds are environment, default, managed-identity, "
        "workload-identity, client-secret)");
  CHECK(refused({"fix", "--strategy", "x"}) == "--strategy takes clean or gated, not 'x'");
  CHECK(refused({"fix", "--write", "--patch-dir", "d"}).starts_with("--write and --patch-dir"));
  CHECK(refused({"fix", "--review"}).starts_with("--review goes with --write"));
  CHECK(refused({"fix", "--allow-dirty"}) == "--allow-dirty goes with --write");
  CHECK(refused({"fix", "--undo-dir", "d"}) == "--undo-dir goes with --write");
  CHECK(refused({"fix", "--lock-anyway", ""}) ==
        "--lock-anyway needs a value (see `keyless fix --help`)");
  CHECK(refused({"fix", "--scope", "https://cognitiveservices.azure.us"}) ==
        "--scope takes https://HOST/.default, not 'https://cognitiveservices.azure.us'");
  CHECK(refused({"fix", "--scope", "https://a\"b/.default"}).starts_with("--scope takes"));
  CHECK(refused({"fix", "--only", ""}) == "--only needs a value (see `keyless fix --help`)");
  CHECK(refused({"fix", "--consumers", "c.json", "--all-consumers-here"})
            .starts_with("--consumers, --all-consumers-here and --lock-anyway"));
  CHECK(refused({"scan", "--write"}) == "unknown option '--write' (see `keyless scan --help`)");
}

TEST_CASE("every choice that completions offer is accepted") {
  int checked = 0;
  for (const keyless::Command& command : keyless::commands())
    for (const keyless::OptionRow& row : keyless::option_rows()) {
      if (!command.takes(row.id) || row.choices.empty()) continue;
      for (const std::string_view choice : keyless::split(row.choices, ' ')) {
        std::vector<std::string> arguments;
        for (const std::string_view word : keyless::split(command.name, ' '))
          arguments.emplace_back(word);
        arguments.push_back("--" + std::string(row.name));
        arguments.emplace_back(choice);
        if (command.operands != keyless::Operands::none) arguments.emplace_back("x");
        CHECK(parse_options(arguments));
        arguments[arguments.size() - (command.operands == keyless::Operands::none ? 1 : 2)] += "x";
        CHECK_FALSE(parse_options(arguments));
        ++checked;
      }
    }
  CHECK(checked > 40);
}

TEST_CASE("help is as committed, for every command") {
  std::string text = keyless::help_text();
  for (const keyless::Command& command : keyless::commands()) {
    text += "\n==== " + std::string(command.name) + "\n" + keyless::help_text(command);
    const auto answer = parse_options({"scan", "x", "--help"});
    REQUIRE(answer);
    CHECK(std::holds_alternative<Answer>(*answer));
  }
  std::ifstream file(KEYLESS_SOURCE_DIR "/tests/app/help.txt");
  std::stringstream golden;
  golden << file.rdbuf();
  CHECK(text == golden.str());
  std::stringstream lines(text);
  for (std::string line; std::getline(lines, line);) CHECK(line.size() <= 100);
}

TEST_CASE("the nearest word is named only when it is near") {
  CHECK(keyless::nearest("scn", {"lineage", "scan"}) == "scan");
  CHECK(keyless::nearest("xyz", {"lineage", "scan"}).empty());
  CHECK(keyless::nearest(std::string(10000, 'a'), {"scan"}).empty());
}
