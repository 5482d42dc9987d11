#include "app/pipeline_checks.h"

#include "app/pipeline_files.h"
#include "base/text.h"
#include "catch.h"

namespace keyless {
namespace {

const std::string workflow =
    "on: {pull_request: null}\n"
    "jobs:\n"
    "  check:\n"
    "    runs-on: ubuntu-latest\n"
    "    steps:\n"
    "      - uses: actions/checkout@v4\n"
    "      - name: keys\n"
    "        run: keyless scan --fail-on medium .\n";

// What is weaker after one text of the workflow was replaced; "gone" without a step.
std::string changed(const std::string& what, const std::string& with) {
  const auto before = pipeline_checks("a.yml", workflow);
  REQUIRE(before.size() == 1);
  REQUIRE(workflow.find(what) != std::string::npos);
  const auto after = pipeline_checks("a.yml", replaced(workflow, what, with));
  return after.empty() ? "gone" : weaker(before.front(), after.front());
}

}  // namespace

TEST_CASE("what weakens a step is named") {
  CHECK(changed("keyless scan", "echo scan") == "gone");
  CHECK(changed("--fail-on medium", "--fail-on high") == "--fail-on is weaker");
  CHECK(changed("--fail-on medium", "--fail-on=never") == "--fail-on is weaker");
  CHECK(changed(" .\n", " . || true\n") == "what it runs is changed");
  CHECK(changed("        run:", "        if: false()\n        run:") == "`if` is added");
  CHECK(changed("    runs-on", "    continue-on-error: true\n    runs-on") ==
        "`continue-on-error` is added");
  CHECK(changed("pull_request: null", "pull_request: {branches: [x]}") == "`on` is changed");
  CHECK(changed("pull_request", "push") == "`on` is changed");
  CHECK(changed("        run:", "        shell: 'true {0}'\n        run:") == "`shell` is added");
  CHECK(changed("jobs:", "env: {PATH: /x}\njobs:") == "`env` is added");
}

TEST_CASE("what does not matter makes no difference") {
  CHECK(changed("name: keys", "name: no keys").empty());
  CHECK(changed("--fail-on medium", "--format sarif --output=x --fail-on low").empty());
  CHECK(changed("checkout@v4", "checkout@v5").empty());
  CHECK(changed("ubuntu-latest", "ubuntu-24.04").empty());
  CHECK(changed("jobs:", "env: {COLOUR: red}\njobs:").empty());
  CHECK(changed("        run:", "        continue-on-error: false\n        run:").empty());
  CHECK(changed(" .\n", " .  # all\n").empty());
}

TEST_CASE("the name has to be a word, in a file that is a pipeline") {
  CHECK(speaks_of_keyless("acme/keyless@v1"));
  CHECK(speaks_of_keyless("KEYLESS_VERSION"));
  CHECK_FALSE(speaks_of_keyless("turnkeyless"));
  CHECK(is_pipeline_file(".github/workflows/a.yml"));
  CHECK(is_pipeline_file(".gitlab-ci.yml"));
  CHECK_FALSE(is_pipeline_file("docs/keyless.yml"));
  CHECK(may_pin_version("tools/requirements-dev.txt"));
  CHECK_FALSE(may_pin_version("README.md"));
  CHECK(pipeline_checks("a.yml", "keyless: [").empty());
}

}  // namespace keyless
