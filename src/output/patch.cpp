#include "output/patch.h"

#include <fmt/format.h>

#include <array>

#include "base/blob_hash.h"
#include "base/redacted.h"
#include "output/line_diff.h"
#include "output/printable.h"

namespace keyless {

namespace {

// What a stage is for and how it is taken back, in words for the header.
struct StageText {
  std::string_view why;
  std::string_view roll_back;
};

// table: one row per stage, in order
constexpr std::array<StageText, stages_count> stage_texts{{
    {"callers can only use tokens once identity, role and endpoint are there",
     "revert this patch and deploy; nothing else needs it before stage callers"},
    {"the code authenticates with tokens of Microsoft Entra ID; the key still works beside them",
     "revert this patch and deploy; the key is still there"},
    {"nothing reads the key any more, so its settings, secrets and outputs go",
     "revert this patch and deploy, before any caller is rolled back"},
    {"a key that leaked or is forgotten somewhere stops working",
     "revert this patch and deploy; keys work again within minutes"},
}};

// The work tree's part of a root's paths: "" or "folder/".
std::string prefix_of(const Root& root) {
  if (root.work_tree.empty() || root.folder.size() <= root.work_tree.size()) return {};
  return root.folder.substr(root.work_tree.size() + 1) + "/";
}

void add_list(std::string& out, std::string_view title, const std::vector<std::string>& lines) {
  if (lines.empty()) return;
  out += fmt::format("# {}:\n", title);
  for (const std::string& line : lines) out += fmt::format("#   - {}\n", printable(line));
}

// The nearest stage before `stage` that changes something; nothing for the first.
const StageChange* stage_before(const FixPlan& plan, const StageChange& stage) {
  const StageChange* before = nullptr;
  for (const StageChange& other : plan.stages)
    if (other.stage < stage.stage) before = &other;
  return before;
}

std::string header(const FixPlan& plan, const StageChange& stage, const Root& root,
                   bool several_roots) {
  const StageText& text = stage_texts[static_cast<size_t>(stage.stage)];
  std::string out = fmt::format(
      "# keyless fix, stage {} ({} of {}), {}\n", to_string(stage.stage),
      static_cast<size_t>(stage.stage) + 1, stages_count,
      stage.safety == Safety::safe ? "safe: mechanical" : "review: a person should look at it");
  if (!stage.blocked.empty())
    out +=
        fmt::format("# BLOCKED, so that every line is a comment: {}\n", printable(stage.blocked));
  if (several_roots) out += fmt::format("# repository: {}\n", printable(root.id));
  out += fmt::format("# made for: {}\n", root.commit.empty() ? "no commit" : root.commit);
  add_list(out, "what", stage.what);
  out += fmt::format("# why: {}\n", text.why);
  for (const std::string& line : plan.credential)
    if (stage.stage == Stage::callers) out += fmt::format("# credential: {}\n", printable(line));
  add_list(out, "before it is deployed", stage.prerequisites);
  const StageChange* before = stage_before(plan, stage);
  out += before == nullptr ? "# waits for: nothing\n"
                           : fmt::format("# waits for: stage {}, deployed everywhere\n",
                                         to_string(before->stage));
  add_list(out, "verify", stage.verify);
  out += fmt::format("# roll back: {}\n", text.roll_back);
  return out + "# It holds the lines that it removes, so it may hold a key: keep it private.\n";
}

std::string for_eyes(std::string_view hunks) {
  std::string out;
  for (const std::string_view line : lines_with_ends(hunks)) {
    const std::string_view bare = line.substr(0, line.size() - (line.ends_with('\n') ? 1 : 0));
    out += printable_line(mask_keys(bare)) + "\n";
  }
  return out;
}

std::string file_patch(const FileChange& file, const Root& root, const PatchOptions& options) {
  const std::string path = prefix_of(root) + file.path;
  const std::string before = git_path("a/" + path);
  const std::string after = git_path("b/" + path);
  // A reader of patches takes what stands after a tab for a date, and a blank for the name's end.
  const std::string end = path.find(' ') == std::string::npos ? "\n" : "\t\n";
  const BlobHash kind = blob_hash_of(root.commit);
  const std::string hunks = unified_hunks(file.before, file.after);
  return fmt::format("diff --git {} {}\nindex {}..{}\n", before, after,
                     blob_name(file.before, kind), blob_name(file.after, kind)) +
         "--- " + before + end + "+++ " + after + end +
         (options.for_terminal ? for_eyes(hunks) : hunks);
}

// Comments for `git apply`: it must not take what is blocked out of a whole run's output.
std::string as_comment(std::string_view text) {
  std::string out;
  for (const std::string_view line : lines_with_ends(text)) out += "# " + std::string(line);
  return out;
}

// A root's id as a part of a file name.
std::string as_file_name(std::string_view id) {
  std::string name;
  for (const char c : id) name += c == '/' || c == '\0' ? '_' : c;
  return name;
}

}  // namespace

std::string git_path(std::string_view path) {
  std::string out;
  bool quoted = false;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    constexpr std::string_view named = "\a\b\t\n\v\f\r\"\\";
    constexpr std::string_view names = "abtnvfr\"\\";
    const size_t at = named.find(c);
    if (at != std::string_view::npos)
      out += std::string("\\") + names[at];
    else if (byte < 0x20 || byte >= 0x7F)
      out += fmt::format("\\{:03o}", byte);
    else
      out += c;
    quoted = quoted || at != std::string_view::npos || byte < 0x20 || byte >= 0x7F;
  }
  return quoted ? "\"" + out + "\"" : out;
}

std::vector<Patch> make_patches(const FixPlan& plan, const std::vector<Root>& roots,
                                const PatchOptions& options) {
  std::vector<Patch> patches;
  for (const StageChange& stage : plan.stages) {
    for (const FileChange& file : stage.files) {
      const Root& root = roots[file.root];
      if (patches.empty() || patches.back().stage != stage.stage ||
          patches.back().root != file.root) {
        const std::string_view word = to_string(stage.stage);
        Patch patch{stage.stage, file.root, {}, header(plan, stage, root, roots.size() > 1)};
        patch.name = fmt::format("{}-{}{}.patch", static_cast<size_t>(stage.stage) + 1, word,
                                 roots.size() > 1 ? "." + as_file_name(root.id) : "");
        patches.push_back(std::move(patch));
      }
      const std::string text = file_patch(file, root, options);
      patches.back().text += stage.blocked.empty() ? text : as_comment(text);
    }
  }
  return patches;
}

std::string write_patches(const FixPlan& plan, const std::vector<Root>& roots,
                          const PatchOptions& options) {
  std::string out;
  for (const Patch& patch : make_patches(plan, roots, options)) {
    if (!out.empty()) out += "\n";
    out += patch.text;
  }
  return out;
}

}  // namespace keyless
