#include "app/option_rows.h"

#include <array>

namespace keyless {

namespace {

// table: one row per option, in the order of the help
constexpr std::array<OptionRow, 17> rows{{
    {option::format, "format", "NAME", "output format"},
    {option::output, "output", "FILE", "write the result to FILE instead of stdout"},
    {option::config, "config", "FILE", "use FILE instead of each root's .keyless.yaml"},
    {option::fail_on, "fail-on", "SEVERITY",
     "exit 1 from this severity on: high, medium (default), low, never"},
    {option::baseline, "baseline", "FILE", "use FILE instead of the root's .keyless-baseline.json"},
    {option::leads, "leads", "", "list leads too: places that could not be decided"},
    {option::min_coverage, "min-coverage", "PERCENT",
     "exit 3 when fewer of the files that count could be analysed"},
    {option::why, "why", "FILE:LINE", "print every edge that leads to that place"},
    {option::anchors, "anchors", "", "print the literals that the search looks for, one a line"},
    {option::config_schema, "config-schema", "", "the JSON schema of .keyless.yaml instead"},
    {option::root_id, "root-id", "NAME", "call the root NAME in the output"},
    {option::threads, "threads", "N", "threads to use (default: all)"},
    {option::no_prefilter, "no-prefilter", "", "parse every file; slow, for comparison"},
    {option::quiet, "quiet", "", "no notes on stderr, only errors"},
    {option::verbose, "verbose", "", "more notes on stderr"},
    {option::color, "color", "WHEN", "colour: auto (default), always, never"},
    {option::no_progress, "no-progress", "", "no progress on stderr"},
}};

}  // namespace

std::span<const OptionRow> option_rows() {
  return rows;
}

}  // namespace keyless
