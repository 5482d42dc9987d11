#include "app/fix_run.h"

#include <algorithm>
#include <iterator>

#include "app/draft_repository.h"
#include "fix/plan.h"

namespace keyless {
namespace {

void add(FixPlan& all, FixPlan one) {
  for (StageChange& stage : one.stages) {
    const auto same = std::find_if(all.stages.begin(), all.stages.end(),
                                   [&](const StageChange& s) { return s.stage == stage.stage; });
    if (same == all.stages.end()) {
      all.stages.push_back(std::move(stage));
      continue;
    }
    const auto move_all = [](auto& from, auto& into) {
      into.insert(into.end(), std::make_move_iterator(from.begin()),
                  std::make_move_iterator(from.end()));
    };
    same->safety = std::max(same->safety, stage.safety);
    move_all(stage.files, same->files);
    move_all(stage.what, same->what);
    move_all(stage.prerequisites, same->prerequisites);
    move_all(stage.verify, same->verify);
    if (same->blocked.empty()) same->blocked = stage.blocked;
  }
  std::sort(all.stages.begin(), all.stages.end(),
            [](const StageChange& a, const StageChange& b) { return a.stage < b.stage; });
  all.refused.insert(all.refused.end(), one.refused.begin(), one.refused.end());
  all.credential.insert(all.credential.end(), one.credential.begin(), one.credential.end());
}

}  // namespace

Result<FixPlan> plan_fixes(const FixOptions& options, Run& run) {
  const Matcher matcher(run.rules);
  FixPlan plan;
  for (uint32_t i = 0; i < run.scanned.size(); ++i) {
    ScannedRoot& scanned = run.scanned[i];
    std::vector<std::string> paths;
    paths.reserve(scanned.set.entries.size());
    for (const FileEntry& entry : scanned.set.entries) paths.push_back(entry.path);
    const auto read = [&](std::string_view path) -> std::optional<SourceFile> {
      const auto& entries = scanned.set.entries;
      const auto it = std::lower_bound(
          entries.begin(), entries.end(), path,
          [](const FileEntry& entry, std::string_view wanted) { return entry.path < wanted; });
      if (it == entries.end() || it->path != path) return std::nullopt;
      auto file = read_source_file(*scanned.files, scanned.attributes, *it);
      if (!file) return std::nullopt;
      return std::move(*file);
    };
    DraftRepository repository(*scanned.project, matcher, std::move(paths), read);
    add(plan, plan_root(repository, run.rules, options, i));
  }
  return plan;
}

}  // namespace keyless
