// The program: parse the arguments, run the command, say what went wrong in one line.
#include <cstdio>
#include <exception>

#include "app/commands.h"
#include "app/console.h"
#include "app/options.h"

namespace {

int run(const std::vector<std::string>& arguments) {
  using namespace keyless;
  const auto parsed = parse_options(arguments);
  if (!parsed) return static_cast<int>(give_up({parsed.error()}));
  if (const Answer* answer = std::get_if<Answer>(&*parsed)) {
    std::fputs(answer->text.c_str(), stdout);
    return static_cast<int>(ExitCode::clean);
  }
  const Options& options = std::get<Options>(*parsed);
  return static_cast<int>(find_command(options.command)->run(options));
}

}  // namespace

int main(int argc, char** argv) {
  // Nothing of ours throws; what does is a lack of memory or a defect, and both must be visible.
  try {
    return run({argv + (argc > 0 ? 1 : 0), argv + argc});
  } catch (const std::exception&) {
    std::fputs("keyless: internal error: an exception reached the top\n", stderr);
    return static_cast<int>(keyless::ExitCode::internal);
  }
}
