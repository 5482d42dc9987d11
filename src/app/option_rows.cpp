#include "app/option_rows.h"

#include <array>

namespace keyless {

namespace {

// table: one row per option, in the order of the help
constexpr auto rows = std::to_array<OptionRow>({
    {option::format, "format", "NAME", "output format"},
    {option::output, "output", "FILE", "write the result to FILE instead of stdout"},
    {option::config, "config", "FILE", "use FILE instead of each root's .keyless.yaml"},
    {option::fail_on, "fail-on", "SEVERITY",
     "exit 1 from this severity on: high, medium (default), low, never", false,
     "high medium low never"},
    {option::baseline, "baseline", "FILE", "use FILE instead of the root's .keyless-baseline.json"},
    {option::diff_base, "diff-base", "REV",
     "only what is new against REV; auto: the base of the pull request"},
    {option::staged, "staged", "", "only what the staged changes add to the last commit"},
    {option::sarif_profile, "sarif-profile", "NAME",
     "whom the SARIF is for: full (default), github, azure-devops"},
    {option::write, "write", "", "change the files: safe fixes, through stage callers"},
    {option::review, "review", "", "with --write: fixes that a person should look at too"},
    {option::through, "through", "STAGE", "up to this stage: prepare, callers, cleanup, lock",
     false, "prepare callers cleanup lock"},
    {option::only, "only", "WHAT", "only this rule, lineage or path; may be given several times",
     true},
    {option::credential, "credential", "KIND",
     "environment, default, managed-identity, workload-identity, client-secret", false,
     "environment default managed-identity workload-identity client-secret"},
    {option::strategy, "strategy", "HOW",
     "clean (default), or gated: the key stays behind a switch", false, "clean gated"},
    {option::scope, "scope", "URL",
     "token scope of the accounts (default: of the cloud they are in)"},
    {option::with_logging, "with-logging", "",
     "new credentials log why they get no token, as the project logs"},
    {option::with_smoke_test, "with-smoke-test", "",
     "workflows that deploy call the account with a token afterwards"},
    {option::docs, "docs", "", "documentation and comments of removed settings too"},
    {option::patch_dir, "patch-dir", "DIR", "write one patch a stage into DIR"},
    {option::local_files, "local-files", "", "local settings that Git ignores too"},
    {option::allow_dirty, "allow-dirty", "", "write although there are uncommitted changes"},
    {option::undo_dir, "undo-dir", "DIR",
     "keep what undo needs in DIR, not beside Git's own files"},
    {option::consumers, "consumers", "FILE", "evidence for the lock: who still uses which account"},
    {option::all_consumers_here, "all-consumers-here", "", "the given paths hold every consumer"},
    {option::lock_anyway, "lock-anyway", "REASON", "lock without evidence"},
    {option::write_evidence, "write", "FILE", "write the list as evidence for `fix --consumers`"},
    {option::logs, "logs", "FILE",
     "an exported log instead: who still calls with a key; may be repeated", true},
    {option::check, "check", "",
     "exit 1 unless every account is safe; with --logs: every call had a token"},
    {option::trend, "trend", "FILE",
     "an earlier JSON result, the oldest first; may be given several times", true},
    {option::date, "date", "YYYY-MM-DD",
     "the day that the report shows, and that exceptions are judged on"},
    {option::evidence, "evidence", "DIR",
     "write all of it with digests into DIR, which is new or empty"},
    {option::verify, "verify", "DIR", "exit 1 unless DIR still holds what its manifest says"},
    {option::leads, "leads", "", "list leads too: places that could not be decided"},
    {option::min_coverage, "min-coverage", "PERCENT",
     "exit 3 when fewer of the files that count could be analysed"},
    {option::why, "why", "FILE:LINE", "print every edge that leads to that place"},
    {option::anchors, "anchors", "", "print the literals that the search looks for, one a line"},
    {option::config_schema, "config-schema", "", "the JSON schema of .keyless.yaml instead"},
    {option::root_id, "root-id", "NAME", "call the root NAME in the output"},
    {option::threads, "threads", "N", "threads to use (default: all)"},
    {option::cache, "cache", "DIR",
     "keep what was parsed in DIR: the next scan costs reading and searching"},
    {option::no_prefilter, "no-prefilter", "", "parse every file; slow, for comparison"},
    {option::quiet, "quiet", "", "no notes on stderr, only errors"},
    {option::verbose, "verbose", "", "more notes on stderr"},
    {option::color, "color", "WHEN", "colour: auto (default), always, never", false,
     "auto always never"},
    {option::no_progress, "no-progress", "", "no progress on stderr"},
});

constexpr bool bits_differ() {
  OptionSet seen = 0;
  for (const OptionRow& row : rows) {
    if ((seen & row.id) != 0) return false;
    seen |= row.id;
  }
  return true;
}
static_assert(bits_differ(), "two options have the same bit");

}  // namespace

std::span<const OptionRow> option_rows() {
  return rows;
}

}  // namespace keyless
