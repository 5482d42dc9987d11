// keyless as scripts/mutate and tests/fix run it: rules from a folder, one safeguard off.
// KEYLESS_RULES names the folder, KEYLESS_OFF the safeguard; "list" as the only argument names them all.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "app/commands.h"
#include "app/console.h"
#include "app/options.h"

namespace {

std::string from_environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

int list() {
  for (const keyless::SafeguardName& known : keyless::safeguard_names())
    std::printf("%.*s\n", static_cast<int>(known.name.size()), known.name.data());
  return 0;
}

int run(const std::vector<std::string>& arguments) {
  using namespace keyless;
  auto parsed = parse_options(arguments);
  if (!parsed) return static_cast<int>(give_up({parsed.error()}));
  if (std::holds_alternative<Answer>(*parsed)) return 2;
  Options& options = std::get<Options>(*parsed);
  options.rule_pack = from_environment("KEYLESS_RULES");
  const std::string off = from_environment("KEYLESS_OFF");
  if (!off.empty() && !options.fix.safeguards.switch_off(off)) return 2;
  return static_cast<int>(find_command(options.command)->run(options));
}

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments{argv + 1, argv + argc};
  return arguments == std::vector<std::string>{"list"} ? list() : run(arguments);
}
