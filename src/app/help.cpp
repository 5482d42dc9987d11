#include "app/help.h"

#include <fmt/format.h>

#include "app/commands.h"
#include "base/text.h"

namespace keyless {

namespace {

std::string usage_of(const Command& command) {
  std::string usage = "keyless " + std::string(command.name);
  if (command.operands != Operands::none) usage += " " + std::string(to_text(command.operands));
  return usage;
}

std::string command_line(const Command& command) {
  return fmt::format("  {:<34}{}\n", usage_of(command), command.doc);
}

constexpr std::string_view exit_codes_text =
    "exit code: 0 clean; 1 findings at the gate; 2 bad arguments, configuration or rule;\n"
    "           3 no finding at the gate, but files were lost or coverage is too low; 4 our "
    "fault\n";

}  // namespace

std::string version_text() {
  return "keyless " KEYLESS_VERSION "\n";
}

std::string help_text() {
  std::string text =
      "keyless finds the API keys of Azure OpenAI and Azure AI services in repositories\n"
      "and links the places of each key, from the account to the code that uses it.\n\n";
  for (const Command& command : commands()) text += command_line(command);
  text += "  keyless --version\n\nkeyless COMMAND --help explains a command.\n";
  return text + std::string(exit_codes_text);
}

std::string group_help_text(std::string_view word) {
  std::string text;
  for (const Command& command : commands())
    if (split(command.name, ' ')[0] == word) text += command_line(command);
  return text;
}

std::string help_text(const Command& command) {
  std::string text = fmt::format("{} [options]\n{}\n", usage_of(command), command.doc);
  if (command.operands == Operands::paths)
    text += "PATH is a repository, a folder or a file in one; the default is the current folder.\n";
  text += "\noptions:\n";
  for (const OptionRow& row : option_rows()) {
    if (!command.takes(row.id)) continue;
    const std::string name =
        "--" + std::string(row.name) + (row.value.empty() ? "" : " " + std::string(row.value));
    text += fmt::format("  {:<24}{}\n", name, row.doc);
  }
  text += fmt::format("  {:<24}{}\n", "--help", "this text");
  if (!command.writers().empty()) {
    text += "\nformats:\n";
    for (const Writer& writer : command.writers())
      text += fmt::format("  {:<24}{}\n", writer.name, writer.doc);
  }
  if (command.name == "scan") text += "\n" + std::string(exit_codes_text);
  return text;
}

}  // namespace keyless
