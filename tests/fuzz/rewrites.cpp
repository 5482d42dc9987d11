// Targets of what changes files: edits, manifests, patches, the planner and the writer with its undo.
#include <algorithm>
#include <array>
#include <map>
#include <string>

#include "app/draft_repository.h"
#include "app/examples.h"
#include "app/scan_files.h"
#include "base/memory_file_system.h"
#include "base/text.h"
#include "fix/apply.h"
#include "fix/edit.h"
#include "fix/manifest.h"
#include "fix/plan.h"
#include "fix/undo.h"
#include "fuzz/targets.h"
#include "output/patch.h"

namespace keyless::fuzz {
namespace {

// Each line before the empty one is an edit: four bytes, begin and end modulo the text, and its text.
void fuzz_edits(std::string_view input) {
  std::vector<Edit> edits;
  size_t added = 0;
  while (!input.empty()) {
    const std::string_view line = take_line(input);
    if (line.size() < 2) break;
    const auto byte = [&](size_t at) { return static_cast<uint32_t>(line[at] & 0x7f); };
    edits.push_back({{byte(0), byte(0) + byte(1) % 16}, std::string(line.substr(2))});
    added += line.size() - 2;
  }
  const Composed composed = compose(input, edits);
  demand(composed.text.size() <= input.size() + added, "nothing is there that nobody wrote");
  if (edits.empty()) demand(composed.text == input, "no edit, no change");
  // Where two want the same place the first one has it, so only edits apart from each other count.
  std::sort(edits.begin(), edits.end());
  for (size_t i = 0; i < edits.size(); ++i)
    if (edits[i].span.empty() || (i > 0 && edits[i].span.begin < edits[i - 1].span.end)) return;
  const std::string forward = compose(input, edits).text;
  std::reverse(edits.begin(), edits.end());
  demand(compose(input, edits).text == forward, "the order of edits does not matter");
}

std::string edited(std::string text, const std::vector<ManifestEdit>& edits) {
  size_t before = text.size();
  for (size_t i = edits.size(); i-- > 0;) {
    const Span span = edits[i].span;
    demand(span.begin <= span.end && span.end <= before, "edits are in order and in the text");
    before = span.begin;
    text.replace(span.begin, span.size(), edits[i].text);
  }
  return text;
}

void check_manifest(std::string_view text, ManifestKind kind) {
  const Dependency wanted{"azure-identity", "1.15.0", "1.19.0"};
  (void)declared_version(text, kind, "openai");
  const bool declared = declares(text, kind, wanted.name);
  const ManifestResult result = require(text, kind, wanted, "openai");
  demand(result.edits.empty() || result.refusal.empty(), "a refusal changes nothing");
  const std::string after = edited(std::string(text), result.edits);
  if (result.edits.empty()) return;
  demand(after != text, "an edit changes something");
  demand(declared || declares(after, kind, wanted.name), "what was added is declared");
}

// `id` names the kind by a path.
template <const auto& path>
void fuzz_manifest(std::string_view input) {
  check_manifest(input, *manifest_kind(path));
}

void fuzz_lock_file(std::string_view input) {
  const std::string name(take_line(input));
  if (!is_lock_file(name)) return;
  for (const std::string_view manifest : {"pyproject.toml", "package.json", "Pipfile"})
    (void)locked_version({name, input}, manifest, "openai");
}

using Files = std::map<std::string, std::string>;

// "=== PATH" begins a file; what comes before the first one is nothing.
Files files_of(std::string_view input) {
  constexpr std::string_view mark = "=== ";
  Files files;
  std::string* text = nullptr;
  while (!input.empty()) {
    const std::string_view line = take_line(input);
    if (line.starts_with(mark)) {
      const std::string path(line.substr(mark.size()));
      text = is_inner_path(path) && files.size() < 6 ? &files[path] : nullptr;
    } else if (text != nullptr) {
      text->append(line).append("\n");
    }
  }
  // A folder is no file.
  std::erase_if(files, [&](const auto& one) {
    const auto next = files.upper_bound(one.first + "/");
    return next != files.end() && next->first.starts_with(one.first + "/");
  });
  for (auto& [path, bytes] : files) bytes = expand_fakes(std::move(bytes));
  return files;
}

FixPlan plan_of(const Files& files, const Matcher& matcher, const FixOptions& options) {
  std::vector<std::string> paths;
  for (const auto& [path, text] : files) paths.push_back(path);
  Project project({paths.begin(), paths.end()});
  for (const auto& [path, text] : files)
    project.add(read_project_file(make_source_file(path, text), matcher, 1));
  const auto read = [&](std::string_view path) -> std::optional<SourceFile> {
    const auto found = files.find(std::string(path));
    if (found == files.end()) return std::nullopt;
    return make_source_file(found->first, found->second);
  };
  DraftRepository repository(project, matcher, paths, read);
  return plan_root(repository, matcher.rules(), options, 0);
}

void check_plan(const FixPlan& plan, const Files& files) {
  Files now = files;
  for (const StageChange& stage : plan.stages)
    for (const FileChange& change : stage.files) {
      const auto found = now.find(change.path);
      demand(found != now.end() || change.before.empty(), "a change is of a file that is there");
      if (found != now.end()) demand(found->second == change.before, "and begins as that file is");
      demand(change.before != change.after, "a change changes something");
      now[change.path] = change.after;
    }
  for (const Refusal& refusal : plan.refused)
    demand(!refusal.reason.empty(), "what is refused has a reason");
}

Files tree_of(const MemoryFileSystem& tree, const Files& paths) {
  Files now;
  for (const auto& [path, bytes] : paths)
    if (const auto read = tree.read(path, {})) now[path] = *read;
  return now;
}

void write_and_undo(const FixPlan& plan, const Files& files) {
  MemoryFileSystem tree;
  for (const auto& [path, bytes] : files) tree.add(path, bytes);
  tree.add(".git/HEAD", "ref: refs/heads/main\n");
  const std::vector<WriteRoot> roots{
      {"", &tree, UndoStore{&tree, ".git/keyless/undo", ".git/keyless/undo"}}};
  const auto changes = files_to_write(plan);
  if (changes.empty() || files.contains(".git")) return;
  const auto applied = apply_changes(changes, roots);
  if (!applied) {
    demand(tree_of(tree, files) == files, "a write that fails leaves all as it was");
    return;
  }
  for (const FileChange& change : changes)
    demand(tree.read(change.path, {}) == change.after, "what was planned is written");
  demand(undo_last_write(roots[0]).has_value(), "a write can be taken back");
  demand(tree_of(tree, files) == files, "exactly");
}

// The first byte chooses among the options.
void fuzz_plan(std::string_view input) {
  static const auto rules = load_embedded_rules();
  static const Matcher matcher(*rules);
  if (input.empty()) return;
  const unsigned choice = static_cast<unsigned char>(input.front());
  FixOptions options;
  options.credential = (choice & 1U) != 0 ? "default" : "";
  options.strategy = (choice & 2U) != 0 ? "gated" : "clean";
  options.all_consumers_here = (choice & 4U) == 0;
  options.docs = (choice & 8U) != 0;
  options.with_logging = (choice & 16U) != 0;
  options.with_smoke_test = (choice & 32U) != 0;
  const Files files = files_of(input.substr(1));
  const FixPlan plan = plan_of(files, matcher, options);
  check_plan(plan, files);
  const std::string shown =
      write_patches(plan, {Root{"/r", "r", {}, {}, {}, {}, {}}}, {.for_terminal = true});
  demand(shown.find('\x1b') == std::string::npos, "no escape of a file reaches the terminal");
  write_and_undo(plan, files);
}

constexpr std::string_view requirements = "requirements.txt";
constexpr std::string_view pyproject = "pyproject.toml";
constexpr std::string_view pipfile = "Pipfile";
constexpr std::string_view setup_cfg = "setup.cfg";
constexpr std::string_view package_json = "package.json";

// table: targets of rewriters
constexpr std::array<Target, 8> table{{
    {"edits", fuzz_edits},
    {"manifest-requirements", fuzz_manifest<requirements>},
    {"manifest-pyproject", fuzz_manifest<pyproject>},
    {"manifest-pipfile", fuzz_manifest<pipfile>},
    {"manifest-setup-cfg", fuzz_manifest<setup_cfg>},
    {"manifest-package-json", fuzz_manifest<package_json>},
    {"lock-file", fuzz_lock_file},
    {"plan", fuzz_plan},
}};

}  // namespace

std::span<const Target> targets() {
  return table;
}

}  // namespace keyless::fuzz
