// Steps of pipelines that run keyless: each of the base has to be in the head, as strict as it was.
#include <algorithm>

#include "app/governance.h"
#include "app/pipeline_checks.h"
#include "app/pipeline_files.h"
#include "app/text_file.h"

namespace keyless {

namespace {

std::vector<PipelineCheck> checks_in(const FileSystem& files, const FileSet& set) {
  std::vector<PipelineCheck> all;
  for (const FileEntry& entry : set.entries) {
    if (!entry.tracked || !is_pipeline_file(entry.path)) continue;
    const auto text = read_text_file(files, entry.path);
    if (!text || !*text) continue;
    for (PipelineCheck& check : pipeline_checks(entry.path, **text))
      all.push_back(std::move(check));
  }
  return all;
}

}  // namespace

std::vector<Change> pipeline_changes(const Sides& sides) {
  const auto before = checks_in(sides.before_files, sides.before.set);
  auto after = checks_in(sides.after_files, sides.after.set);
  // As strict anywhere is good enough: files of pipelines are renamed and split.
  std::vector<const PipelineCheck*> unanswered;
  for (const PipelineCheck& check : before) {
    const auto same = std::ranges::find_if(
        after, [&](const PipelineCheck& now) { return weaker(check, now).empty(); });
    if (same == after.end())
      unanswered.push_back(&check);
    else
      after.erase(same);
  }
  std::vector<Change> changes;
  for (const PipelineCheck* check : unanswered) {
    const auto same_file = std::ranges::find(after, check->path, &PipelineCheck::path);
    Change change{"workflow-weakened", check->path, 0, {}, check->command, "the step is gone"};
    if (same_file != after.end()) {
      change.line = same_file->line;
      change.words = weaker(*check, *same_file);
      after.erase(same_file);
    }
    changes.push_back(std::move(change));
  }
  return changes;
}

}  // namespace keyless
