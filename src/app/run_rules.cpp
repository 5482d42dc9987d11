#include "app/run_rules.h"

#include <algorithm>

#include "app/wrapper_rules.h"
#include "base/real_file_system.h"
#include "source/root.h"

namespace keyless {

namespace {

constexpr int deepest_folder = 4;
constexpr size_t most_files = 5000;
constexpr size_t most_bytes = 256U << 10U;

tl::unexpected<Diagnostic> cannot_read(const std::string& path, FileProblem problem) {
  return fail(Diagnostic{Problem::bad_input, path, 0, std::string(to_text(problem)),
                         "rule folders hold .yaml files"});
}

struct Pending {
  std::string folder;
  int depth = 0;
};

}  // namespace

Result<std::vector<RuleFile>> read_rule_files(const FileSystem& files, const std::string& inner) {
  std::vector<RuleFile> found;
  std::vector<Pending> pending{{inner == "." ? std::string() : inner, 0}};
  while (!pending.empty()) {
    const Pending next = pending.back();
    pending.pop_back();
    const auto entries = files.list(next.folder);
    if (!entries) return cannot_read(next.folder, entries.error());
    for (const FolderEntry& entry : *entries) {
      const std::string path = next.folder.empty() ? entry.name : next.folder + "/" + entry.name;
      if (entry.kind == FileKind::folder && next.depth < deepest_folder)
        pending.push_back({path, next.depth + 1});
      if (entry.kind != FileKind::regular || !entry.name.ends_with(".yaml")) continue;
      auto text = files.read(path, ReadLimits{most_bytes, nullptr});
      if (!text) return cannot_read(path, text.error());
      found.push_back({path, std::move(*text)});
      if (found.size() > most_files) return fail("'" + inner + "' holds too many rule files");
    }
  }
  std::ranges::sort(found, {}, &RuleFile::path);
  return found;
}

namespace {

tl::expected<RuleSet, std::vector<Diagnostic>> load_pack(const std::string& folder) {
  const auto root = RealFileSystem::open(folder);
  if (!root) return tl::unexpected(std::vector<Diagnostic>{root.error()});
  const auto files = read_rule_files(**root, ".");
  if (!files) return tl::unexpected(std::vector<Diagnostic>{files.error()});
  return load_rules(*files);
}

}  // namespace

tl::expected<RuleSet, std::vector<Diagnostic>> rules_for(
    const RootFiles& roots, const std::vector<Configuration>& configurations, bool with_examples,
    const std::string& pack) {
  auto set = pack.empty() ? load_embedded_rules(with_examples) : load_pack(pack);
  if (!set) return set;
  std::vector<Diagnostic> problems;
  for (size_t i = 0; i < roots.size(); ++i) {
    const Configuration& configuration = configurations[i];
    for (const std::string& folder : configuration.rule_folders) {
      const auto files = read_rule_files(*roots[i], folder);
      if (!files)
        problems.push_back(files.error());
      else
        for (Diagnostic& problem : add_rules(*set, *files)) problems.push_back(std::move(problem));
    }
    for (const Wrapper& wrapper : configuration.wrappers) {
      Rule rule = rule_of(wrapper);
      const auto same = std::ranges::find(set->rules, rule.id, &Rule::id);
      if (same == set->rules.end()) set->rules.push_back(std::move(rule));
    }
    for (const std::string& name : configuration.key_names) set->names.add_key(name);
    for (const std::string& name : configuration.endpoint_names) set->names.add_endpoint(name);
    for (auto row = configuration.hosts.rbegin(); row != configuration.hosts.rend(); ++row)
      set->hosts.add_first(*row);
  }
  std::ranges::sort(set->rules, {}, &Rule::id);
  std::set<std::string, std::less<>> known;
  for (const Rule& rule : set->rules) known.insert(rule.id);
  for (const Configuration& configuration : configurations)
    if (auto checked = check_rule_ids(configuration, known); !checked)
      problems.push_back(checked.error());
  if (!problems.empty()) return tl::unexpected(std::move(problems));
  return set;
}

tl::expected<RuleSet, std::vector<Diagnostic>> rules_here(const std::string& config) {
  const auto one = [](const Diagnostic& problem) {
    return tl::unexpected(std::vector<Diagnostic>{problem});
  };
  const auto roots = resolve_roots({"."});
  if (!roots) return one(roots.error());
  RootFiles files;
  auto opened = RealFileSystem::open(roots->front().folder);
  if (!opened) return one(opened.error());
  files.push_back(std::move(*opened));
  auto configuration =
      config.empty() ? load_configuration(*files.front()) : load_configuration_file(config);
  if (!configuration) return one(configuration.error());
  return rules_for(files, {std::move(*configuration)}, true);
}

}  // namespace keyless
