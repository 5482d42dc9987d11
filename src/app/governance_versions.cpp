// Versions of keyless that pipelines and manifests pin: none may go down.
#include <algorithm>
#include <optional>
#include <vector>

#include "app/governance.h"
#include "app/pipeline_files.h"
#include "app/text_file.h"
#include "base/text.h"

namespace keyless {

namespace {

using Version = std::vector<int>;

constexpr size_t nearby = 60;  // bytes behind the name in which its version stands

// The first dotted number, or `v` and a number, in the text.
std::optional<Version> version_in(std::string_view text) {
  for (size_t at = 0; at < text.size(); ++at) {
    if (!is_digit(text[at])) continue;
    const bool after_word = at > 0 && (is_alnum(text[at - 1]) || text[at - 1] == '.');
    const bool after_v =
        at > 0 && lower(text[at - 1]) == 'v' && (at < 2 || !is_alnum(text[at - 2]));
    size_t end = at;
    Version version;
    while (end < text.size() && is_digit(text[end]) && version.size() < 4) {
      int number = 0;
      while (end < text.size() && is_digit(text[end])) {
        number = std::min(number * 10 + (text[end] - '0'), 100'000'000);
        ++end;
      }
      version.push_back(number);
      if (end + 1 < text.size() && text[end] == '.' && is_digit(text[end + 1])) ++end;
    }
    const bool whole = end >= text.size() || !is_alpha(text[end]);
    if (whole && (!after_word || after_v) && (version.size() > 1 || after_v)) return version;
    at = end;
  }
  return std::nullopt;
}

struct Pin {
  Version version;
  uint32_t line = 0;
};

// Each mention of keyless with a version behind it; in a pre-commit file `rev` below `repo` counts.
std::vector<Pin> pins_of(std::string_view text) {
  constexpr std::string_view name = "keyless";
  std::vector<Pin> pins;
  uint32_t number = 0;
  uint32_t repo_line = 0;
  for (const std::string_view line : split(text, '\n')) {
    ++number;
    const std::string small = to_lower(trim(line));
    const bool names = speaks_of_keyless(small);
    if (small.find("repo:") != std::string::npos) repo_line = names ? number : 0;
    if (repo_line > 0 && small.starts_with("rev:")) {
      if (auto version = version_in(small)) pins.push_back({std::move(*version), number});
    } else if (names && !small.starts_with("#")) {
      const size_t at = small.find(name) + name.size();
      if (auto version = version_in(std::string_view(small).substr(at, nearby)))
        pins.push_back({std::move(*version), number});
    }
  }
  return pins;
}

}  // namespace

std::vector<Change> version_changes(const Sides& sides) {
  std::vector<Change> changes;
  for (const FileEntry& entry : sides.after.set.entries) {
    if (!may_pin_version(entry.path)) continue;
    const auto before = read_text_file(sides.before_files, entry.path);
    const auto after = read_text_file(sides.after_files, entry.path);
    if (!before || !*before || !after || !*after || **before == **after) continue;
    const auto old = pins_of(**before);
    const auto now = pins_of(**after);
    if (old.empty() || now.empty()) continue;
    const auto by_version = [](const Pin& a, const Pin& b) { return a.version < b.version; };
    const Pin& lowest = *std::ranges::min_element(now, by_version);
    if (lowest.version < std::ranges::min_element(old, by_version)->version)
      changes.push_back({"version-lowered", entry.path, lowest.line, {}, "", ""});
  }
  return changes;
}

}  // namespace keyless
