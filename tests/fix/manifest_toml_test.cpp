#include "fix/manifest_case.h"

namespace keyless {
namespace {

const Dependency identity{"azure-identity", "1.15.0", {}};

void check(const ManifestCase& row) {
  check_case(row, ManifestKind::pyproject, identity, "openai");
}

void refused(std::string_view before, std::string_view reason) {
  check_refused(before, ManifestKind::pyproject, identity, "openai", reason);
}

TEST_CASE("pyproject: arrays on one line") {
  check({"sorted", "[project]\ndependencies = [\"openai>=1\", \"pydantic\"]\n",
         "[project]\ndependencies = [\"azure-identity>=1.15.0\", \"openai>=1\", \"pydantic\"]\n"});
  check({"unsorted", "[project]\ndependencies = [\"openai>=1\", \"flask\"]\n",
         "[project]\ndependencies = [\"openai>=1\", \"azure-identity>=1.15.0\", \"flask\"]\n"});
  check({"single quotes", "[project]\ndependencies = ['a', 'openai >=1']  # x\n",
         "[project]\ndependencies = ['a', 'azure-identity >=1.15.0', 'openai >=1']  # x\n"});
  check({"empty", "[project]\nname = \"x\"\ndependencies = []\n",
         "[project]\nname = \"x\"\ndependencies = [\"azure-identity>=1.15.0\"]\n", true});
  check({"dotted key", "project.dependencies = [\"openai\"]\n",
         "project.dependencies = [\"azure-identity>=1.15.0\", \"openai\"]\n"});
  check({"inline table", "project = { name = \"x\", dependencies = [\"openai\"] }\n",
         "project = { name = \"x\", dependencies = [\"azure-identity>=1.15.0\", \"openai\"] }\n"});
}

TEST_CASE("pyproject: arrays on many lines") {
  check({"trailing comma",
         "[project]\ndependencies = [\n    \"flask\",\n    \"openai>=1\",  # model\n]\n",
         "[project]\ndependencies = [\n    \"azure-identity>=1.15.0\",\n    \"flask\",\n    "
         "\"openai>=1\",  # model\n]\n"});
  check({"behind the last, with a comment",
         "[project]\ndependencies = [\n  \"flask\",\n  \"a\",\n  \"openai\", # x\n]\n",
         "[project]\ndependencies = [\n  \"flask\",\n  \"a\",\n  \"openai\", # x\n  "
         "\"azure-identity>=1.15.0\",\n]\n"});
  check({"no trailing comma",
         "[project]\ndependencies = [\n\t\"flask\",\n\t\"a\",\n\t\"openai\"\n]\n",
         "[project]\ndependencies = "
         "[\n\t\"flask\",\n\t\"a\",\n\t\"openai\",\n\t\"azure-identity>=1.15.0\"\n]\n"});
  check({"no trailing comma, a comment",
         "[project]\ndependencies = [\n  \"flask\",\n  \"a\",\n  \"openai\" # x\n]\n",
         "[project]\ndependencies = [\n  \"flask\",\n  \"a\",\n  \"openai\", # x\n  "
         "\"azure-identity>=1.15.0\"\n]\n"});
  check({"the bracket on the last entry's line",
         "[project]\ndependencies = [\"b\",\n  \"a\",\n  \"openai\"]\n",
         "[project]\ndependencies = [\"b\",\n  \"a\",\n  \"openai\",\n  "
         "\"azure-identity>=1.15.0\"]\n"});
  check(
      {"the first entry on the bracket's line",
       "[project]\ndependencies = [\"openai\",\n  \"pydantic\",\n]\n",
       "[project]\ndependencies = [\"azure-identity>=1.15.0\", \"openai\",\n  \"pydantic\",\n]\n"});
  check({"several on a line", "[project]\ndependencies = [\n  \"z\", \"openai\", \"flask\",\n]\n",
         "[project]\ndependencies = [\n  \"z\", \"openai\", \"azure-identity>=1.15.0\", "
         "\"flask\",\n]\n"});
  check({"empty, on two lines", "[project]\ndependencies = [\n]\n",
         "[project]\ndependencies = [\n    \"azure-identity>=1.15.0\",\n]\n", true});
  check({"comments and extras between",
         "[project]\ndependencies = [\n  # web\n  \"uvicorn[standard]\",\n  # model\n  "
         "\"openai\",\n  \"flask; python_version > '3'\",\n]\n",
         "[project]\ndependencies = [\n  # web\n  \"uvicorn[standard]\",\n  # model\n  "
         "\"openai\",\n  \"azure-identity>=1.15.0\",\n  \"flask; python_version > '3'\",\n]\n"});
}

TEST_CASE("pyproject: the list that declares the package gets the new one") {
  check({"an extra",
         "[project]\ndependencies = [\"flask\"]\n\n[project.optional-dependencies]\nai = "
         "[\"openai\"]\ndev = [\"pytest\"]\n",
         "[project]\ndependencies = [\"flask\"]\n\n[project.optional-dependencies]\nai = "
         "[\"azure-identity>=1.15.0\", \"openai\"]\ndev = [\"pytest\"]\n"});
  check({"two extras",
         "[project.optional-dependencies]\nai = [\"openai\"]\nall = [\"flask\", \"openai\"]\n",
         "[project.optional-dependencies]\nai = [\"azure-identity>=1.15.0\", \"openai\"]\nall = "
         "[\"azure-identity>=1.15.0\", \"flask\", \"openai\"]\n"});
  check({"the main list when both have it",
         "[project]\ndependencies = [\"openai\"]\n[dependency-groups]\ndev = [{ include-group = "
         "\"x\" }, \"openai\"]\n",
         "[project]\ndependencies = [\"azure-identity>=1.15.0\", "
         "\"openai\"]\n[dependency-groups]\ndev = [{ include-group = \"x\" }, \"openai\"]\n"});
  check({"a dependency group",
         "[project]\ndependencies = []\n[dependency-groups]\nlab = [{ include-group = \"x\" }, "
         "\"openai\"]\n",
         "[project]\ndependencies = []\n[dependency-groups]\nlab = [{ include-group = \"x\" }, "
         "\"azure-identity>=1.15.0\", \"openai\"]\n"});
  check({"uv", "[tool.uv]\ndev-dependencies = [\"openai\"]\n",
         "[tool.uv]\ndev-dependencies = [\"azure-identity>=1.15.0\", \"openai\"]\n"});
  check({"already in the main list",
         "[project]\ndependencies = [\"azure-identity\"]\n[project.optional-dependencies]\nai = "
         "[\"openai\"]\n",
         "[project]\ndependencies = [\"azure-identity\"]\n[project.optional-dependencies]\nai = "
         "[\"openai\"]\n"});
  check({"in another extra only",
         "[project.optional-dependencies]\nai = [\"openai\"]\nweb = [\"azure-identity\"]\n",
         "[project.optional-dependencies]\nai = [\"azure-identity>=1.15.0\", \"openai\"]\nweb = "
         "[\"azure-identity\"]\n"});
  check({"not in the build's own list",
         "[build-system]\nrequires = [\"openai\"]\n[project]\ndependencies = [\"openai\"]\n",
         "[build-system]\nrequires = [\"openai\"]\n[project]\ndependencies = "
         "[\"azure-identity>=1.15.0\", \"openai\"]\n"});
}

TEST_CASE("pyproject: poetry tables") {
  check({"sorted but for the language",
         "[tool.poetry.dependencies]\npython = \"^3.11\"\nflask = \"^3\"\nopenai = \"^1.2\"\n",
         "[tool.poetry.dependencies]\npython = \"^3.11\"\nazure-identity = \"^1.15.0\"\nflask = "
         "\"^3\"\nopenai = \"^1.2\"\n"});
  check({"unsorted, with extras and a comment",
         "[tool.poetry.dependencies]\npython = \"^3.11\"\nopenai = { version = \"^1.2\", extras = "
         "[\"datalib\"] } # x\nflask = \"*\"\n\n[tool.poetry.group.dev.dependencies]\npytest = "
         "\"*\"\n",
         "[tool.poetry.dependencies]\npython = \"^3.11\"\nopenai = { version = \"^1.2\", extras = "
         "[\"datalib\"] } # x\nazure-identity = \"^1.15.0\"\nflask = "
         "\"*\"\n\n[tool.poetry.group.dev.dependencies]\npytest = \"*\"\n"});
  check({"a group, no carets",
         "[tool.poetry.dependencies]\npython = "
         "\"^3.11\"\n[tool.poetry.group.ai.dependencies]\nopenai = '>=1'\n",
         "[tool.poetry.dependencies]\npython = "
         "\"^3.11\"\n[tool.poetry.group.ai.dependencies]\nazure-identity = '>=1.15.0'\nopenai = "
         "'>=1'\n"});
  check({"aligned signs",
         "[tool.poetry.dependencies]\nflask                 = \"^3\"\nopenai                = "
         "\"^1\"\n",
         "[tool.poetry.dependencies]\nazure-identity        = \"^1.15.0\"\nflask                 = "
         "\"^3\"\nopenai                = \"^1\"\n"});
  check({"no blanks", "[tool.poetry.dependencies]\nflask=\"^3\"\nopenai=\"^1\"\n",
         "[tool.poetry.dependencies]\nazure-identity=\"^1.15.0\"\nflask=\"^3\"\nopenai=\"^1\"\n"});
  check(
      {"a table of its own",
       "[tool.poetry.dependencies]\npython = \"^3.11\"\nflask = "
       "\"^3\"\n\n[tool.poetry.dependencies.openai]\nversion = \"^1.2\"\nextras = [\"datalib\"]\n",
       "[tool.poetry.dependencies]\npython = \"^3.11\"\nazure-identity = \"^1.15.0\"\nflask = "
       "\"^3\"\n\n[tool.poetry.dependencies.openai]\nversion = \"^1.2\"\nextras = "
       "[\"datalib\"]\n"});
  check({"raised", "[tool.poetry.dependencies]\nazure-identity = \"^1.12\"\nopenai = \"^1\"\n",
         "[tool.poetry.dependencies]\nazure-identity = \"^1.15.0\"\nopenai = \"^1\"\n"});
  check({"bound like its neighbour, not like the rest",
         "[tool.poetry.dependencies]\nzod = \"^3\"\nopenai = \">=1\"\n",
         "[tool.poetry.dependencies]\nzod = \"^3\"\nopenai = \">=1\"\nazure-identity = "
         "\">=1.15.0\"\n"});
  check({"raised in a table",
         "[tool.poetry.dependencies]\nazure-identity = {version = \"~1.12.1\", extras = "
         "[]}\nopenai = \"^1\"\n",
         "[tool.poetry.dependencies]\nazure-identity = {version = \"~1.15.0\", extras = "
         "[]}\nopenai = \"^1\"\n"});
  check({"poetry beside the standard list",
         "[project]\ndependencies = [\"openai\"]\n[tool.poetry.dependencies]\npython = \"^3.11\"\n",
         "[project]\ndependencies = [\"azure-identity>=1.15.0\", "
         "\"openai\"]\n[tool.poetry.dependencies]\npython = \"^3.11\"\n"});
}

TEST_CASE("pyproject: bounds inside strings") {
  check({"raised",
         "[project]\ndependencies = [\n  \"azure-identity >=1.10, <2\",\n  \"openai\",\n]\n",
         "[project]\ndependencies = [\n  \"azure-identity >=1.15.0, <2\",\n  \"openai\",\n]\n"});
}

TEST_CASE("pyproject: what a person has to do is said") {
  refused("[project]\nname = \"x\"\n", "no list of dependencies");
  refused("[tool.poetry.dependencies]\nopenai = { version = \"^1\", optional = true }\n",
          "is optional");
  refused("[tool.poetry.dependencies]\nopenai = \"^1\"\nazure-identity = \"^0.9\"\n",
          "another major version");
  refused("[tool.poetry.dependencies]\nopenai = \"^1\"\nazure-identity = \"<1.10 || >1.11\"\n",
          "leaves no room");
  refused("[project]\ndependencies = [\"openai\", \"azure-identity<1.10\"]\n", "leaves no room");
}

TEST_CASE("pyproject: errors cost their line") {
  check({"garbage before", "x = = 1\n]]\n[project\nfoo\n[project]\ndependencies = [\"openai\"]\n",
         "x = = 1\n]]\n[project\nfoo\n[project]\ndependencies = [\"azure-identity>=1.15.0\", "
         "\"openai\"]\n"});
  check({"strings with brackets",
         "[project]\ndescription = \"\"\"\n[project]\ndependencies = "
         "['openai']\n\"\"\"\ndependencies = [\"openai\"]\n",
         "[project]\ndescription = \"\"\"\n[project]\ndependencies = "
         "['openai']\n\"\"\"\ndependencies = [\"azure-identity>=1.15.0\", \"openai\"]\n"});
  // Deep nesting ends, whatever comes of it.
  require("[project]\ndependencies = " + std::string(100000, '['), ManifestKind::pyproject,
          identity, "openai");
  require("a = " + std::string(100000, '{'), ManifestKind::pyproject, identity, "openai");
}

TEST_CASE("Pipfile") {
  const auto kind = ManifestKind::pipfile;
  check_case({"packages",
              "[[source]]\nurl = \"https://pypi.org/simple\"\n\n[packages]\nflask = \"*\"\nopenai "
              "= \">=1\"\n\n[dev-packages]\n",
              "[[source]]\nurl = \"https://pypi.org/simple\"\n\n[packages]\nazure-identity = "
              "\">=1.15.0\"\nflask = \"*\"\nopenai = \">=1\"\n\n[dev-packages]\n"},
             kind, identity, "openai");
  check_case({"dev-packages", "[packages]\n[dev-packages]\nopenai = \"*\"\n",
              "[packages]\n[dev-packages]\nazure-identity = \">=1.15.0\"\nopenai = \"*\"\n"},
             kind, identity, "openai");
  check_case(
      {"quoted keys, empty table", "[packages]\n[dev-packages]\n\"pytest\" = \"*\"\n",
       "[packages]\nazure-identity = \">=1.15.0\"\n[dev-packages]\n\"pytest\" = \"*\"\n", true},
      kind, identity, "openai");
}

}  // namespace
}  // namespace keyless
