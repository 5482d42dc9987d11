// Where a command's words go: results to stdout or --output, all else to stderr.
// Promises that text of a scanned repository reaches the terminal escaped.
#pragma once

#include <string_view>
#include <vector>

#include "app/exit_codes.h"
#include "app/options.h"
#include "base/diagnostic.h"

namespace keyless {

// "keyless: error: path:line: message (mend)" on stderr.
void complain(const Diagnostic& diagnostic);

// Errors and lost files always; notes unless --quiet; what was analysed in part as one line, or
// each with --verbose.
void report_diagnostics(const std::vector<Diagnostic>& diagnostics, const Options& options);

// Whether text for the result's destination may be coloured.
bool use_color(const Options& options);
// Whether progress may be drawn on stderr.
bool show_progress(const Options& options);

// Writes the result; `code` if that worked.
ExitCode deliver(std::string_view result, const Options& options, ExitCode code);

// All problems on stderr; the exit code they mean.
ExitCode give_up(const std::vector<Diagnostic>& problems);

}  // namespace keyless
