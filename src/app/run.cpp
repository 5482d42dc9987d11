#include "app/run.h"

#include <fmt/format.h>

#include <filesystem>
#include <utility>

#include "app/cache.h"
#include "app/console.h"
#include "app/pipeline.h"
#include "app/rule_choice.h"
#include "app/run_rules.h"
#include "app/text_file.h"
#include "base/real_file_system.h"
#include "source/tree_files.h"

namespace keyless {

namespace {

using Problems = std::vector<Diagnostic>;

tl::unexpected<Problems> one(Diagnostic problem) {
  return tl::unexpected(Problems{std::move(problem)});
}

Result<void> name_root(std::vector<Root>& roots, const std::string& id) {
  if (id.empty()) return {};
  if (roots.size() > 1) return fail("--root-id names one root, and there are several");
  if (id.find('/') != std::string::npos) return fail("--root-id takes a name without '/'");
  roots[0].id = id;
  return {};
}

Result<std::unique_ptr<FileSystem>> open_settings(const Root& root, const View& view) {
  if (view.kind == View::Kind::work_tree) {
    auto files = RealFileSystem::open(root.folder);
    if (!files) return fail(files.error());
    return std::unique_ptr<FileSystem>(std::move(*files));
  }
  auto tree = tree_at(root, view.commit);
  if (!tree) return fail(tree.error());
  auto files = TreeFiles::open(root, std::move(*tree));
  if (!files) return fail(files.error());
  return std::unique_ptr<FileSystem>(std::move(*files));
}

// A file named on the command line. In a comparison one inside a root is read at the base, and may
// be missing there.
Result<std::optional<std::string>> read_given(const Run& run, const std::string& path) {
  if (run.comparison) {
    std::error_code ignored;
    const auto place = std::filesystem::weakly_canonical(path, ignored).string();
    for (size_t i = 0; i < run.roots.size(); ++i)
      if (const std::string inside = run.roots[i].folder + "/"; place.starts_with(inside))
        return read_text_file(*run.settings[i], place.substr(inside.size()));
  }
  auto text = read_given_file(path);
  if (!text) return fail(text.error());
  return std::optional<std::string>(std::move(*text));
}

Result<Configuration> configuration_of(const Run& run, size_t root, const Options& options) {
  if (options.config.empty()) return load_configuration(*run.settings[root]);
  const auto text = read_given(run, options.config);
  if (!text) return fail(text.error());
  if (!text->has_value()) return Configuration{};
  return parse_configuration(**text, options.config);
}

Result<void> open_roots(Run& run, const Options& options) {
  auto roots = resolve_roots(options.paths);
  if (!roots) return fail(roots.error());
  run.roots = std::move(*roots);
  if (auto named = name_root(run.roots, options.root_id); !named) return named;
  auto base = find_diff_base(run.roots, options, process_environment);
  if (!base) return fail(base.error());
  if (*base) run.comparison = Comparison{std::move(**base), {}};
  for (size_t i = 0; i < run.roots.size(); ++i) {
    auto files =
        open_settings(run.roots[i], run.comparison ? run.comparison->base.base[i] : View{});
    if (!files) return fail(files.error());
    run.settings.push_back(std::move(*files));
  }
  for (size_t i = 0; i < run.roots.size(); ++i) {
    auto configuration = configuration_of(run, i, options);
    if (!configuration) return fail(configuration.error());
    run.configurations.push_back(std::move(*configuration));
  }
  return {};
}

// The head as asked for, and in a comparison the base, which takes over what did not change.
Result<void> scan(Run& run, ScanOptions scan, bool keep) {
  if (run.comparison) {
    const DiffBase& base = run.comparison->base;
    scan.views = base.head;
    scan.compare = blob_hash_of(base.base[0].commit);
  }
  auto head = run_scan(scan, run.rules, run.configurations, keep || run.comparison);
  if (!head) return fail(head.error());
  run.report = std::move(head->report);
  run.exceptions = std::move(head->exceptions);
  run.scanned = std::move(head->roots);
  apply_rule_choice(run.report, run.configurations);
  if (!run.comparison) return {};
  scan.views = run.comparison->base.base;
  scan.earlier = &run.scanned;
  auto before = run_scan(scan, run.rules, run.configurations, true);
  if (!before) return fail(before.error());
  run.comparison->before = std::move(*before);
  apply_rule_choice(run.comparison->before.report, run.configurations);
  return {};
}

}  // namespace

tl::expected<std::unique_ptr<Run>, Problems> run_pipeline(const Options& options, bool keep) {
  auto run = std::make_unique<Run>();
  if (auto opened = open_roots(*run, options); !opened) return one(opened.error());
  auto rules = rules_for(run->settings, run->configurations, false, options.rule_pack);
  if (!rules) return tl::unexpected(rules.error());
  run->rules = std::move(*rules);

  std::unique_ptr<Cache> cache;
  std::optional<Diagnostic> unused_cache;
  if (!options.cache.empty()) {
    auto opened = Cache::open(options.cache, run->roots);
    if (opened)
      cache = std::move(*opened);
    else if (opened.error().problem != Problem::note)
      return one(opened.error());
    else
      unused_cache = opened.error();
  }
  Progress progress;
  ScanOptions asked;
  asked.roots = run->roots;
  asked.threads = options.threads;
  asked.prefilter = !options.no_prefilter;
  asked.progress = &progress;
  asked.cache = cache.get();
  std::unique_ptr<ProgressMeter> meter;
  if (show_progress(options)) meter = std::make_unique<ProgressMeter>(progress);
  const auto scanned = scan(*run, asked, keep);
  meter.reset();
  if (!scanned) return one(scanned.error());
  if (unused_cache) run->report.diagnostics.push_back(std::move(*unused_cache));
  if (cache) {
    cache->save();
    if (options.verbose) fmt::print(stderr, "keyless: {}\n", cache->summary());
  }
  if (options.diff_base == "auto" && !run->comparison)
    run->report.diagnostics.push_back({Problem::note,
                                       {},
                                       0,
                                       "this is no pull request: everything is judged, not only "
                                       "what is new",
                                       {}});
  return run;
}

Result<std::vector<std::optional<Baseline>>> load_baselines(const Run& run,
                                                            const Options& options) {
  std::vector<std::optional<Baseline>> baselines;
  const bool given = !options.baseline.empty();
  if (given && run.roots.size() > 1)
    return fail("--baseline names one root's baseline, and there are several");
  const std::string path = given ? options.baseline : std::string(baseline_file);
  for (size_t i = 0; i < run.roots.size(); ++i) {
    auto text = given ? read_given(run, path) : read_text_file(*run.settings[i], path);
    if (!text) return fail(text.error());
    if (!text->has_value()) {
      baselines.emplace_back();
      continue;
    }
    auto baseline = parse_baseline(**text, path);
    if (!baseline) return fail(baseline.error());
    baselines.emplace_back(std::move(*baseline));
  }
  return baselines;
}

}  // namespace keyless
