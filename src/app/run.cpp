#include "app/run.h"

#include <fmt/format.h>

#include <utility>

#include "app/cache.h"
#include "app/console.h"
#include "app/pipeline.h"
#include "app/rule_choice.h"
#include "app/run_rules.h"
#include "app/text_file.h"

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

}  // namespace

tl::expected<std::unique_ptr<Run>, Problems> run_pipeline(const Options& options, bool keep) {
  auto run = std::make_unique<Run>();
  auto roots = resolve_roots(options.paths);
  if (!roots) return one(roots.error());
  run->roots = std::move(*roots);
  if (auto named = name_root(run->roots, options.root_id); !named) return one(named.error());

  for (const Root& root : run->roots) {
    auto configuration = options.config.empty() ? load_configuration(root.folder)
                                                : load_configuration_file(options.config);
    if (!configuration) return one(configuration.error());
    run->configurations.push_back(std::move(*configuration));
  }
  auto rules = rules_for(run->roots, run->configurations, false, options.rule_pack);
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
  ScanOptions scan;
  scan.roots = run->roots;
  scan.threads = options.threads;
  scan.prefilter = !options.no_prefilter;
  scan.progress = &progress;
  scan.cache = cache.get();
  std::unique_ptr<ProgressMeter> meter;
  if (show_progress(options)) meter = std::make_unique<ProgressMeter>(progress);
  auto report = run_scan(scan, run->rules, run->configurations, keep ? &run->scanned : nullptr);
  meter.reset();
  if (!report) return one(report.error());
  run->report = std::move(*report);
  if (unused_cache) run->report.diagnostics.push_back(std::move(*unused_cache));
  if (cache) {
    cache->save();
    if (options.verbose) fmt::print(stderr, "keyless: {}\n", cache->summary());
  }
  apply_rule_choice(run->report, run->configurations);
  return run;
}

Result<std::vector<std::optional<Baseline>>> load_baselines(const Run& run,
                                                            const Options& options) {
  std::vector<std::optional<Baseline>> baselines;
  if (!options.baseline.empty()) {
    if (run.roots.size() > 1)
      return fail("--baseline names one root's baseline, and there are several");
    auto text = read_given_file(options.baseline);
    if (!text) return fail(text.error());
    auto baseline = parse_baseline(*text, options.baseline);
    if (!baseline) return fail(baseline.error());
    baselines.emplace_back(std::move(*baseline));
    return baselines;
  }
  for (const Root& root : run.roots) {
    auto text = read_text_file(root.folder, std::string(baseline_file));
    if (!text) return fail(text.error());
    if (!text->has_value()) {
      baselines.emplace_back();
      continue;
    }
    auto baseline = parse_baseline(**text, std::string(baseline_file));
    if (!baseline) return fail(baseline.error());
    baselines.emplace_back(std::move(*baseline));
  }
  return baselines;
}

}  // namespace keyless
