#include "app/diff_base.h"

#include <map>

#include "base/scratch_folder.h"
#include "catch.h"

namespace keyless {
namespace {

using Names = std::vector<std::string>;

Environment of(std::map<std::string, std::string, std::less<>> values) {
  return [values = std::move(values)](std::string_view name) {
    const auto found = values.find(name);
    return found == values.end() ? std::string() : found->second;
  };
}

const std::string commit(40, 'a');

}  // namespace

TEST_CASE("GitHub names the base in its event, and the branch beside it") {
  const ScratchFolder scratch;
  scratch.write("event.json", "{\"pull_request\": {\"base\": {\"sha\": \"" + commit + "\"}}}");
  CHECK(bases_from(of({{"GITHUB_ACTIONS", "true"},
                       {"GITHUB_BASE_REF", "main"},
                       {"GITHUB_EVENT_PATH", scratch.path("event.json")}})) ==
        Names{commit, "refs/remotes/origin/main", "refs/heads/main"});
  scratch.write("event.json", "{\"merge_group\": {\"base_sha\": \"" + commit + "\"}}");
  CHECK(bases_from(of({{"GITHUB_ACTIONS", "true"},
                       {"GITHUB_EVENT_PATH", scratch.path("event.json")}})) == Names{commit});
  for (const char* odd : {"[", "{\"pull_request\": {\"base\": {\"sha\": \"--all\"}}}", "[[1]]",
                          "{\"pull_request\": 1, \"merge_group\": {\"base_sha\": 2}}"}) {
    scratch.write("event.json", odd);
    CHECK(bases_from(
              of({{"GITHUB_ACTIONS", "true"}, {"GITHUB_EVENT_PATH", scratch.path("event.json")}}))
              .empty());
  }
}

TEST_CASE("Azure DevOps and GitLab name it in a variable") {
  CHECK(bases_from(of({{"SYSTEM_PULLREQUEST_TARGETBRANCH", "refs/heads/release/1"}})) ==
        Names{"refs/remotes/origin/release/1", "refs/heads/release/1"});
  CHECK(bases_from(of({{"CI_MERGE_REQUEST_DIFF_BASE_SHA", commit}})) == Names{commit});
  CHECK(bases_from(of({})).empty());
}

TEST_CASE("auto outside a pull request is no comparison; a revision that is not here is an error") {
  const ScratchFolder scratch;
  scratch.git({"init", "-q"});
  scratch.git({"commit", "-q", "--allow-empty", "-m", "x"});
  const auto roots = *resolve_roots({scratch.path()});
  Options options;
  options.diff_base = "auto";
  const auto nothing = find_diff_base(roots, options, of({}));
  REQUIRE(nothing);
  CHECK_FALSE(nothing->has_value());
  options.diff_base = "nowhere";
  const auto missing = find_diff_base(roots, options, of({{"GITHUB_ACTIONS", "true"}}));
  REQUIRE_FALSE(missing);
  CHECK(missing.error().message.find("nowhere") != std::string::npos);
  CHECK(missing.error().mend.find("fetch-depth: 0") != std::string::npos);
  options.diff_base = "HEAD";
  const auto found = find_diff_base(roots, options, of({}));
  REQUIRE(found);
  REQUIRE(found->has_value());
  CHECK((*found)->base[0].commit == roots[0].commit);
}

TEST_CASE("the run of Azure DevOps is read from its variables") {
  const PipelineRun none = pipeline_run(of({}));
  CHECK(none.definition == "-1");
  const PipelineRun run = pipeline_run(of({{"TF_BUILD", "True"},
                                           {"SYSTEM_COLLECTIONURI", "https://dev.azure.com/acme/"},
                                           {"SYSTEM_DEFINITIONID", "12"}}));
  CHECK(run.organization == "acme");
  CHECK(run.definition == "12");
}

}  // namespace keyless
