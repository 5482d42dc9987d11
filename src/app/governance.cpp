#include "app/governance.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <map>

#include "app/text_file.h"
#include "base/text.h"

namespace keyless {

namespace {

// table: the parts of the check that a change can weaken
constexpr std::array parts{baseline_changes, configuration_changes, file_changes, pipeline_changes,
                           version_changes};

// Where a file given on the command line lies in the root; "" when it does not.
std::string inside(const Root& root, const std::string& given, std::string_view usual) {
  if (given.empty()) return std::string(usual);
  std::error_code ignored;
  const auto place = std::filesystem::weakly_canonical(given, ignored).string();
  const std::string folder = root.folder + "/";
  return place.starts_with(folder) ? place.substr(folder.size()) : std::string();
}

std::string text_of(const FileSystem& files, const std::string& path) {
  auto text = read_text_file(files, path);
  return text && text->has_value() ? std::move(**text) : std::string();
}

// Entries that the base does not know; what only moved is known.
std::vector<BaselineEntry> gained(const Baseline& before, const Baseline& after) {
  std::map<std::string_view, int> ids;
  std::map<std::string_view, int> lost_shapes;
  std::map<std::string_view, int> new_shapes;
  for (const BaselineEntry& entry : after.entries) ++ids[entry.id];
  for (const BaselineEntry& entry : before.entries)
    if (ids[entry.id]-- <= 0) ++lost_shapes[entry.shape];
  std::vector<BaselineEntry> fresh;
  for (const BaselineEntry& entry : after.entries)
    if (ids[entry.id]-- > 0) fresh.push_back(entry);
  for (const BaselineEntry& entry : fresh) ++new_shapes[entry.shape];
  std::erase_if(fresh, [&](const BaselineEntry& entry) {
    return lost_shapes[entry.shape] == 1 && new_shapes[entry.shape] == 1;
  });
  return fresh;
}

}  // namespace

std::vector<Change> baseline_changes(const Sides& sides) {
  if (sides.baseline_path.empty()) return {};
  const std::string after_text = text_of(sides.after_files, sides.baseline_path);
  if (after_text.empty()) return {};
  const auto after = parse_baseline(after_text, sides.baseline_path);
  if (!after) return {};  // the scan that would use it stops at it
  const auto before =
      parse_baseline(text_of(sides.before_files, sides.baseline_path), sides.baseline_path);
  const auto fresh = gained(before ? *before : Baseline{}, *after);
  if (fresh.empty()) return {};
  constexpr size_t most_named = 3;
  std::vector<std::string> named;
  for (size_t i = 0; i < std::min(fresh.size(), most_named); ++i)
    named.push_back(fresh[i].rule + " in " + fresh[i].path);
  if (fresh.size() > most_named)
    named.push_back("and " + std::to_string(fresh.size() - most_named) + " more");
  return {{"baseline-grew", sides.baseline_path, 0, {}, "", join(named, ", ")}};
}

std::vector<std::vector<Change>> weakening_changes(const Run& run, const Options& options) {
  std::vector<std::vector<Change>> all;
  for (size_t i = 0; i < run.roots.size(); ++i) {
    const Sides sides{run.roots[i],
                      *run.settings[i],
                      *run.scanned[i].files,
                      run.comparison->before.roots[i],
                      run.scanned[i],
                      run.configurations[i],
                      run.rules,
                      inside(run.roots[i], options.config, configuration_file),
                      inside(run.roots[i], options.baseline, baseline_file)};
    std::vector<Change> changes;
    for (const auto part : parts)
      for (Change& change : part(sides)) changes.push_back(std::move(change));
    all.push_back(std::move(changes));
  }
  return all;
}

}  // namespace keyless
