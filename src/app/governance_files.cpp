// Files that the head takes out of sight: marked as somebody else's, not read, or lost.
#include <algorithm>
#include <optional>

#include "app/governance.h"
#include "source/marks.h"
#include "syntax/languages.h"

namespace keyless {

namespace {

using State = FileOutcome::State;

const FileOutcome* outcome_of(const ScannedRoot& scanned, const std::string& path) {
  const auto& entries = scanned.set.entries;
  const auto found = std::ranges::lower_bound(entries, path, {}, &FileEntry::path);
  if (found == entries.end() || found->path != path) return nullptr;
  return &scanned.outcomes[static_cast<size_t>(found - entries.begin())];
}

bool is_unread(const FileOutcome& outcome) {
  return outcome.state == State::skipped || (outcome.state == State::lost && outcome.blob.empty());
}

// A mark that the head's attributes make and the base's do not.
bool newly_marked(const Sides& sides, const std::string& path) {
  const auto new_mark = [](std::optional<bool> before, std::optional<bool> after) {
    return after.value_or(false) && !before.value_or(false);
  };
  const Attributes& before = sides.before.attributes;
  const Attributes& after = sides.after.attributes;
  return new_mark(before.generated(path), after.generated(path)) ||
         new_mark(before.vendored(path), after.vendored(path));
}

// Why the file is out of sight now and was not before; "" when it is not.
std::string hidden(const Sides& sides, const std::string& path, const FileOutcome& after,
                   const FileOutcome* before) {
  if (is_unread(after)) {
    const bool concerns = after.skip == SkipReason::too_large || after.skip == SkipReason::binary;
    const bool foreign = is_vendored(path, sides.before.attributes) ||
                         is_generated(path, {}, sides.before.attributes);
    if (!concerns || foreign || (before != nullptr && is_unread(*before))) return {};
    return after.skip == SkipReason::binary ? "it is binary now" : "it is too large now";
  }
  if (before != nullptr && !is_unread(*before)) {
    if (after.generated && !before->generated) return "it is marked as generated now";
    if (after.vendored && !before->vendored) return "it is marked as vendored now";
  }
  return newly_marked(sides, path) ? "it is marked by .gitattributes now" : "";
}

// Files of the base that the head has as something else than a file.
void add_replaced(const Sides& sides, std::vector<Change>& changes) {
  for (const FileEntry& entry : sides.before.set.entries) {
    if (language_of(entry.path) == nullptr || outcome_of(sides.after, entry.path) != nullptr)
      continue;
    const auto now = sides.after_files.stat(entry.path);
    if (now && now->kind != FileKind::regular && now->kind != FileKind::folder)
      changes.push_back({"file-hidden", entry.path, 0, {}, "", "it is a link now"});
  }
}

}  // namespace

std::vector<Change> file_changes(const Sides& sides) {
  std::vector<Change> changes;
  for (size_t i = 0; i < sides.after.set.entries.size(); ++i) {
    const FileEntry& entry = sides.after.set.entries[i];
    if (!entry.tracked || language_of(entry.path) == nullptr) continue;
    const FileOutcome& after = sides.after.outcomes[i];
    const FileOutcome* before = outcome_of(sides.before, entry.path);
    if (const std::string why = hidden(sides, entry.path, after, before); !why.empty()) {
      changes.push_back({"file-hidden", entry.path, 0, {}, "", why});
      continue;
    }
    if (after.state == State::lost && (before == nullptr || before->state != State::lost))
      changes.push_back({"coverage-fell", entry.path, 0, {}, "", ""});
    const bool own = !after.generated && !after.vendored;
    if (own && after.broken > 0 && (before == nullptr || before->broken == 0))
      changes.push_back({"file-unparsable", entry.path, 0, {}, "", ""});
  }
  add_replaced(sides, changes);
  return changes;
}

}  // namespace keyless
