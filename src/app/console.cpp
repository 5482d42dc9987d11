#include "app/console.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <set>
#include <string_view>

#include "app/text_file.h"
#include "base/redacted.h"
#include "output/printable.h"

namespace keyless {

namespace {

std::string_view word_of(Problem problem) {
  switch (problem) {
    case Problem::bad_input:
      return "error";
    case Problem::lost_file:
      return "lost";
    case Problem::incomplete:
      return "in part";
    case Problem::note:
      return "note";
    case Problem::internal:
      return "internal error";
  }
  return "error";
}

}  // namespace

void complain(const Diagnostic& diagnostic) {
  // A message may quote a configuration, and people paste keys in the wrong place.
  Diagnostic masked = diagnostic;
  masked.message = mask_keys(diagnostic.message);
  fmt::print(stderr, "keyless: {}: {}\n", word_of(masked.problem), printable(to_text(masked)));
}

void report_diagnostics(const std::vector<Diagnostic>& diagnostics, const Options& options) {
  std::set<std::string_view> in_part;  // paths
  for (const Diagnostic& diagnostic : diagnostics) {
    const bool remark =
        diagnostic.problem == Problem::note || diagnostic.problem == Problem::incomplete;
    if (remark && options.quiet) continue;
    if (diagnostic.problem == Problem::incomplete && !options.verbose)
      in_part.insert(diagnostic.path);
    else
      complain(diagnostic);
  }
  if (!in_part.empty())
    fmt::print(stderr, "keyless: {} {} analysed in part; --verbose says where and why\n",
               in_part.size(), in_part.size() == 1 ? "file was" : "files were");
}

bool use_color(const Options& options) {
  if (options.color != ColorChoice::automatic) return options.color == ColorChoice::always;
  // https://no-color.org: any value but the empty one switches colour off.
  const char* no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && *no_color != '\0') return false;
  return options.output.empty() && isatty(STDOUT_FILENO) == 1;
}

bool show_progress(const Options& options) {
  return !options.no_progress && !options.quiet && isatty(STDERR_FILENO) == 1;
}

ExitCode deliver(std::string_view result, const Options& options, ExitCode code) {
  if (!options.output.empty()) {
    if (const auto written = write_given_file(options.output, result); !written) {
      complain(written.error());
      return ExitCode::bad_input;
    }
    return code;
  }
  const bool written = std::fwrite(result.data(), 1, result.size(), stdout) == result.size();
  if (std::fflush(stdout) != 0 || !written) {
    complain(
        Diagnostic{Problem::bad_input, {}, 0, "the result could not be written to stdout", {}});
    return ExitCode::bad_input;
  }
  return code;
}

ExitCode give_up(const std::vector<Diagnostic>& problems) {
  ExitCode code = ExitCode::bad_input;
  for (const Diagnostic& problem : problems) {
    complain(problem);
    if (problem.problem == Problem::internal) code = ExitCode::internal;
  }
  return code;
}

}  // namespace keyless
