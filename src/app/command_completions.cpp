#include "app/commands.h"
#include "app/completions.h"
#include "app/console.h"

namespace keyless {

ExitCode run_completions_command(const Options& options) {
  const std::string script = completion_script(options.paths[0]);
  if (!script.empty()) return deliver(script, options, ExitCode::clean);
  return give_up({Diagnostic{Problem::bad_input,
                             {},
                             0,
                             "there are no completions for '" + options.paths[0] + "'",
                             "the shells are bash, zsh and fish"}});
}

}  // namespace keyless
