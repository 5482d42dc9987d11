#include "app/diff_base.h"

#include <cstdlib>

#include "app/json_input.h"
#include "app/text_file.h"
#include "base/text.h"
#include "source/tree.h"

namespace keyless {

namespace {

constexpr size_t shown_digits = 8;  // of a commit's name

bool is_full_name(std::string_view text) {
  constexpr size_t sha1_digits = 40;
  return text.size() >= sha1_digits &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// The commits of the base that GitHub's event speaks of.
void add_event_bases(const std::string& file, std::vector<std::string>& bases) {
  const auto text = read_given_file(file);
  if (!text) return;
  const auto event = json_input(*text);
  if (!event) return;
  const auto at = [&](const char* first, const char* second, const char* third) {
    const nlohmann::json* node = &*event;
    for (const char* name : {first, second, third}) {
      if (name == nullptr) break;
      if (!node->is_object() || !node->contains(name)) return;
      node = &(*node)[name];
    }
    if (node->is_string() && is_full_name(node->get_ref<const std::string&>()))
      bases.push_back(node->get<std::string>());
  };
  at("pull_request", "base", "sha");
  at("merge_group", "base_sha", nullptr);
}

void add_branch(std::string branch, std::vector<std::string>& bases) {
  constexpr std::string_view heads = "refs/heads/";
  if (branch.starts_with(heads)) branch.erase(0, heads.size());
  if (branch.empty()) return;
  bases.push_back("refs/remotes/origin/" + branch);
  bases.push_back("refs/heads/" + branch);
}

// What to write so that the checkout has the history that is missing.
std::string mend_of(const Root& root, const Environment& environment) {
  if (!environment("GITHUB_ACTIONS").empty())
    return "add `fetch-depth: 0` under `with:` of actions/checkout";
  if (!environment("TF_BUILD").empty()) return "add `fetchDepth: 0` to `- checkout: self`";
  if (!environment("GITLAB_CI").empty()) return "add `GIT_DEPTH: 0` under `variables:` of the job";
  return is_shallow(root) ? "run `git fetch --unshallow`" : "fetch the branch that it names";
}

Result<View> base_of(const Root& root, const std::vector<std::string>& candidates,
                     const Environment& environment) {
  Diagnostic problem{Problem::bad_input, {}, 0, "", mend_of(root, environment)};
  for (const std::string& candidate : candidates) {
    const auto commit = commit_named(root, candidate);
    if (!commit) {
      if (problem.message.empty()) problem.message = commit.error().message;
      continue;
    }
    if (const auto common = merge_base(root, *commit, root.commit))
      return View{View::Kind::commit, *common};
    problem.message = "HEAD and '" + candidate + "' have no commit in common here";
  }
  return fail(problem);
}

Result<void> check_root(const Root& root) {
  if (root.git) return {};
  return fail(Diagnostic{Problem::bad_input, root.id, 0, "there is no Git here to compare with",
                         "scan it without a comparison"});
}

Result<std::optional<DiffBase>> staged(const std::vector<Root>& roots) {
  DiffBase found;
  for (const Root& root : roots) {
    if (auto checked = check_root(root); !checked) return fail(checked.error());
    found.head.push_back({View::Kind::index, {}});
    found.base.push_back({View::Kind::commit, root.commit});
  }
  found.words = "the last commit";
  return found;
}

}  // namespace

std::string process_environment(std::string_view name) {
  const char* value = std::getenv(std::string(name).c_str());
  return value == nullptr ? "" : value;
}

PipelineRun pipeline_run(const Environment& environment) {
  PipelineRun run;
  const auto take = [&](std::string_view name, std::string& into) {
    if (std::string value = environment(name); !value.empty()) into = std::move(value);
  };
  if (environment("TF_BUILD").empty()) return run;
  std::string address = environment("SYSTEM_COLLECTIONURI");
  while (address.ends_with('/')) address.pop_back();
  if (!address.empty()) run.organization = std::string(after_last(address, '/'));
  take("SYSTEM_TEAMPROJECT", run.project);
  take("BUILD_SOURCEBRANCHNAME", run.branch);
  take("BUILD_BUILDID", run.build);
  take("SYSTEM_DEFINITIONID", run.definition);
  take("BUILD_DEFINITIONNAME", run.definition_name);
  take("SYSTEM_PHASEID", run.phase);
  take("SYSTEM_PHASENAME", run.phase_name);
  return run;
}

std::vector<std::string> bases_from(const Environment& environment) {
  std::vector<std::string> bases;
  if (!environment("GITHUB_ACTIONS").empty()) {
    if (const std::string file = environment("GITHUB_EVENT_PATH"); !file.empty())
      add_event_bases(file, bases);
    add_branch(environment("GITHUB_BASE_REF"), bases);
  }
  add_branch(environment("SYSTEM_PULLREQUEST_TARGETBRANCH"), bases);
  if (const std::string commit = environment("CI_MERGE_REQUEST_DIFF_BASE_SHA");
      is_full_name(commit))
    bases.push_back(commit);
  add_branch(environment("CI_MERGE_REQUEST_TARGET_BRANCH_NAME"), bases);
  return bases;
}

Result<std::optional<DiffBase>> find_diff_base(const std::vector<Root>& roots,
                                               const Options& options,
                                               const Environment& environment) {
  if (options.staged) return staged(roots);
  if (options.diff_base.empty()) return std::optional<DiffBase>();
  std::vector<std::string> candidates{options.diff_base};
  if (options.diff_base == "auto") candidates = bases_from(environment);
  if (candidates.empty()) return std::optional<DiffBase>();
  DiffBase found;
  for (const Root& root : roots) {
    if (auto checked = check_root(root); !checked) return fail(checked.error());
    auto base = base_of(root, candidates, environment);
    if (!base) return fail(base.error());
    if (found.words.empty()) found.words = base->commit.substr(0, shown_digits);
    found.base.push_back(std::move(*base));
    found.head.push_back({});
  }
  return found;
}

}  // namespace keyless
