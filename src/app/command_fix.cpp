#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>

#include <filesystem>
#include <optional>
#include <system_error>

#include "app/commands.h"
#include "app/console.h"
#include "app/consumers_file.h"
#include "app/fix_run.h"
#include "app/gate.h"
#include "app/text_file.h"
#include "app/write_places.h"
#include "base/real_file_system.h"
#include "fix/apply.h"
#include "output/fix_text.h"
#include "output/patch.h"
#include "output/printable.h"
#include "source/uncommitted.h"

namespace keyless {

namespace {

// What `fix` says when it is not the patches themselves.
ExitCode deliver_summary(const FixPlan& plan, const Run& run, const Options& options,
                         const std::optional<Applied>& applied, ExitCode code) {
  const std::string text = options.format == "json" ? write_fix_json(plan, run.report, applied)
                                                    : write_fix_summary(plan, run.report, applied);
  return deliver(text, options, code);
}

void summarise_aside(const FixPlan& plan, const Run& run, const Options& options) {
  if (options.quiet) return;
  fmt::print(stderr, "{}", write_fix_summary(plan, run.report, std::nullopt));
}

ExitCode print_patches(const FixPlan& plan, const Run& run, const Options& options, ExitCode code) {
  if (options.format == "json") return deliver_summary(plan, run, options, std::nullopt, code);
  if (!options.output.empty()) {
    const auto written = write_private_file(options.output, write_patches(plan, run.roots));
    if (!written) return give_up({written.error()});
    summarise_aside(plan, run, options);
    return code;
  }
  const bool terminal = isatty(STDOUT_FILENO) == 1;
  code = deliver(write_patches(plan, run.roots, {terminal}), options, code);
  summarise_aside(plan, run, options);
  if (terminal && !plan.stages.empty() && !options.quiet)
    fmt::print(stderr, "shown for reading; --output FILE writes what `git apply` takes\n");
  return code;
}

// Patches of another run in the folder would be taken for this one's.
Result<void> check_patch_folder(const FileSystem& files, const std::string& folder) {
  const auto entries = files.list("");
  if (!entries) return fail("--patch-dir " + folder + " " + std::string(to_text(entries.error())));
  for (const FolderEntry& entry : *entries)
    if (entry.name.ends_with(".patch"))
      return fail("--patch-dir " + folder + " holds patches already", "name an empty folder");
  return {};
}

ExitCode write_patch_folder(const FixPlan& plan, const Run& run, const Options& options,
                            ExitCode code) {
  std::error_code error;
  if (std::filesystem::create_directory(options.patch_dir, error))
    std::filesystem::permissions(options.patch_dir, std::filesystem::perms::owner_all, error);
  const auto files = RealFileSystem::open(options.patch_dir);
  if (!files) return give_up({files.error()});
  if (const auto fresh = check_patch_folder(**files, options.patch_dir); !fresh)
    return give_up({fresh.error()});
  for (const Patch& patch : make_patches(plan, run.roots)) {
    constexpr uint32_t owner_only = 0600;
    const auto written = (*files)->write_atomic(patch.name, patch.text, owner_only);
    if (!written)
      return give_up({Diagnostic{Problem::bad_input,
                                 options.patch_dir + "/" + patch.name,
                                 0,
                                 std::string(to_text(written.error())),
                                 {}}});
  }
  return deliver_summary(plan, run, options, std::nullopt, code);
}

Result<void> check_committed(const std::vector<FileChange>& changes, const Run& run,
                             const std::vector<WriteRoot>& places) {
  for (uint32_t root = 0; root < run.roots.size(); ++root) {
    const bool touched =
        std::ranges::any_of(changes, [&](const FileChange& change) { return change.root == root; });
    if (!touched) continue;
    const auto changed = uncommitted_files(run.roots[root], *places[root].files);
    if (!changed) return fail(changed.error());
    if (changed->empty()) continue;
    const std::string more =
        changed->size() == 1 ? "" : fmt::format(" and {} more", changed->size() - 1);
    return fail(Diagnostic{Problem::bad_input, changed->front() + more, 0,
                           "uncommitted changes; nothing was written",
                           "commit or stash them, or give --allow-dirty"});
  }
  return {};
}

ExitCode write_files(const FixPlan& plan, const Run& run, const Options& options, ExitCode code) {
  const std::vector<FileChange> changes = files_to_write(plan);
  Applied applied;
  if (!changes.empty()) {
    const auto places = WritePlaces::open(run.roots, options.undo_dir);
    if (!places) return give_up({places.error()});
    if (!options.allow_dirty && options.fix.safeguards.on(Safeguard::committed))
      if (const auto clean = check_committed(changes, run, places->roots()); !clean)
        return give_up({clean.error()});
    auto written = apply_changes(changes, places->roots(), options.fix.safeguards);
    if (!written) return give_up({written.error()});
    applied = std::move(*written);
  }
  return deliver_summary(plan, run, options, applied, code);
}

}  // namespace

ExitCode run_fix_command(const Options& options) {
  FixOptions wanted = options.fix;
  if (!wanted.consumers.empty()) {
    const auto text = read_given_file(wanted.consumers);
    if (!text) return give_up({text.error()});
    auto gap = gap_in_evidence(*text, wanted.consumers, today());
    if (!gap) return give_up({gap.error()});
    wanted.evidence_gap = std::move(*gap);
  }
  const auto run = run_pipeline(options, true);
  if (!run) return give_up(run.error());
  report_diagnostics((*run)->report.diagnostics, options);
  const auto plan = plan_fixes(wanted, **run);
  if (!plan) return give_up({plan.error()});
  const ExitCode code = plan->refused.empty() ? ExitCode::clean : ExitCode::findings;
  if (options.write) return write_files(*plan, **run, options, code);
  if (!options.patch_dir.empty()) return write_patch_folder(*plan, **run, options, code);
  return print_patches(*plan, **run, options, code);
}

}  // namespace keyless
