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

const std::string included =
    "include:\n"
    "  - remote: https://x.example/acme/keyless/v1.2.0/keyless.yml\n"
    "  - local: /other.yml\n"
    "variables: {KEYLESS_RELEASES: https://x.example, COLOUR: red}\n"
    "build: {script: make}\n";

// What is weaker after one text of a file was replaced; "gone" without a step.
std::string changed_in(const std::string& text, const std::string& what, const std::string& with) {
  const auto before = pipeline_checks("a.yml", text);
  REQUIRE(before.size() == 1);
  REQUIRE(text.find(what) != std::string::npos);
  const auto after = pipeline_checks("a.yml", replaced(text, what, with));
  return after.empty() ? "gone" : weaker(before.front(), after.front());
}

std::string changed(const std::string& what, const std::string& with) {
  return changed_in(workflow, what, with);
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

TEST_CASE("a job that GitLab includes is a check; its file and its variables stay") {
  CHECK(changed_in(included, "acme/keyless/v1.2.0/keyless", "acme/other/v1.2.0/other") == "gone");
  CHECK(changed_in(included, "/acme/", "/evil/") == "what it runs is changed");
  CHECK(changed_in(included, "https://x.example,", "https://y.example,") ==
        "`variables` is changed");
  CHECK(changed_in(included, "build:", "keyless: {script: 'true'}\nbuild:") ==
        "`keyless` is added");
  CHECK(changed_in(included, "build:", "workflow: {rules: [{when: never}]}\nbuild:") ==
        "`workflow` is added");
  CHECK(changed_in(included, "v1.2.0", "v1.3.0").empty());
  CHECK(changed_in(included, "red", "blue").empty());
  CHECK(changed_in(included, "make", "make all").empty());
  CHECK(changed_in(included, "other.yml", "another.yml").empty());
  CHECK(changed_in("include: https://x.example/keyless.yml\n", "x.", "y.") ==
        "what it runs is changed");
}

TEST_CASE("the repository that templates come from stays") {
  const std::string text =
      "resources:\n  repositories:\n    - {repository: keyless, type: github, name: "
      "acme/keyless}\n";
  CHECK(changed_in(text, "acme", "evil") == "`name` is changed");
}

TEST_CASE("the name has to be a word, in a file that is a pipeline") {
  CHECK(speaks_of_keyless("acme/keyless@v1"));
  CHECK(speaks_of_keyless("KEYLESS_VERSION"));
  CHECK_FALSE(speaks_of_keyless("turnkeyless"));
  CHECK(is_pipeline_file(".github/workflows/a.yml"));
  CHECK(is_pipeline_file(".gitlab-ci.yml"));
  CHECK(is_pipeline_file("keyless.yml"));
  CHECK_FALSE(is_pipeline_file("docs/keyless.yml"));
  CHECK(may_pin_version("tools/requirements-dev.txt"));
  CHECK_FALSE(may_pin_version("README.md"));
  CHECK(pipeline_checks("a.yml", "keyless: [").empty());
}

}  // namespace keyless
