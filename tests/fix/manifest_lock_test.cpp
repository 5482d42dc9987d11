#include "catch.h"
#include "fix/manifest.h"

namespace keyless {
namespace {

std::string locked(std::string_view lock, std::string_view text, std::string_view name,
                   std::string_view manifest = "pyproject.toml") {
  return locked_version({lock, text}, manifest, name).value_or("nothing");
}

TEST_CASE("lock files: the version they resolve") {
  const std::string_view toml =
      "version = 1\n\n[[package]]\nname = \"openai\"\nversion = "
      "\"2.34.0\"\n[package.dependencies]\nazure-identity = \"1\"\n\n"
      "[[package]]\nversion = \"1.25.1\"\nname = \"azure-identity\"\nsource = { registry = \"x\", "
      "version = \"9\" }\n";
  CHECK(locked("poetry.lock", toml, "openai") == "2.34.0");
  CHECK(locked("uv.lock", toml, "Azure_Identity") == "1.25.1");
  CHECK(locked("uv.lock", toml, "httpx") == "nothing");
  CHECK(locked("Pipfile.lock", R"({"default": {"openai": {"version": "==1.2.3"}}, "develop": {}})",
               "openai", "Pipfile") == "1.2.3");
  CHECK(locked("README.md", toml, "openai") == "nothing");
}

TEST_CASE("lock files: npm takes the copy nearest to the manifest") {
  const std::string_view text = R"({"packages": {"": {"version": "0.0.1"},
    "node_modules/openai": {"version": "6.49.0"},
    "apps/a/node_modules/openai": {"version": "5.1.0"},
    "node_modules/x/node_modules/openai": {"version": "4.0.0"}}})";
  CHECK(locked("package-lock.json", text, "openai", "package.json") == "6.49.0");
  CHECK(locked("package-lock.json", text, "openai", "apps/a/package.json") == "5.1.0");
  CHECK(locked("package-lock.json", text, "openai", "apps/b/package.json") == "6.49.0");
  CHECK(locked("web/package-lock.json", text, "openai", "web/apps/a/package.json") == "5.1.0");
  CHECK(locked("web/package-lock.json", text, "openai", "api/package.json") == "nothing");
  CHECK(locked("package-lock.json", R"({"dependencies": {"openai": {"version": "4.1.0"}}})",
               "openai", "package.json") == "4.1.0");
}

TEST_CASE("lock files: yarn, pnpm and bun") {
  CHECK(locked("yarn.lock",
               "# yarn lockfile v1\n\n\"@azure/identity@^4.2.0\", \"@azure/identity@^4.3.0\":\n  "
               "version \"4.14.1\"\n"
               "  dependencies:\n    openai \"^4\"\n\nopenai@^6.0.0:\n  version \"6.49.0\"\n",
               "openai", "package.json") == "6.49.0");
  CHECK(locked("yarn.lock",
               "\"@azure/identity@npm:^4.2.0\":\n  version: 4.14.1\n  resolution: \"x\"\n",
               "@azure/identity", "package.json") == "4.14.1");
  const std::string_view pnpm =
      "lockfileVersion: '9.0'\n\npackages:\n\n  '@azure/identity@4.14.1':\n    resolution: {}\n\n"
      "  openai@6.49.0(zod@3.25.0):\n    hasBin: true\n\n  openai-edge@1.0.0:\n    x: y\n";
  CHECK(locked("pnpm-lock.yaml", pnpm, "openai", "package.json") == "6.49.0");
  CHECK(locked("pnpm-lock.yaml", pnpm, "@azure/identity", "package.json") == "4.14.1");
  CHECK(locked("pnpm-lock.yaml", "packages:\n\n  /openai/4.1.0:\n    x: y\n", "openai",
               "package.json") == "4.1.0");
  CHECK(locked("bun.lock", R"({"packages": {"openai": ["openai@6.1.0", "", {}, "sha"],}})",
               "openai", "package.json") == "6.1.0");
}

TEST_CASE("versions: the lock file before the manifest") {
  const ManifestFile manifest{"requirements.txt", "openai>=1.2,<2\nhttpx==0.28.1\nflask\n"};
  CHECK(resolved_version({}, manifest, "openai") == "1.2");
  CHECK(resolved_version({}, manifest, "httpx") == "0.28.1");
  CHECK(resolved_version({}, manifest, "flask") == std::nullopt);
  const ManifestFile package{"web/package.json", R"({"dependencies": {"openai": "^6.0.0"}})"};
  const std::vector<ManifestFile> locks{
      {"web/package-lock.json", R"({"packages": {"node_modules/openai": {"version": "6.49.0"}}})"}};
  CHECK(resolved_version(locks, package, "openai") == "6.49.0");
  CHECK(resolved_version({}, package, "openai") == "6.0.0");
}

TEST_CASE("lock files: the command that brings them up to date") {
  const std::vector<std::string> paths{"package-lock.json",   "web/yarn.lock",
                                       "web/package.json",    "api/uv.lock",
                                       "api/requirements.in", "api/requirements.txt"};
  CHECK(relock_command(paths, "package.json") == "npm install");
  CHECK(relock_command(paths, "web/package.json") == "yarn install (in web)");
  CHECK(relock_command(paths, "web/app/package.json") == "yarn install (in web)");
  CHECK(relock_command(paths, "webapp/package.json") == "npm install");
  CHECK(relock_command(paths, "api/pyproject.toml") == "uv lock (in api)");
  CHECK(relock_command(paths, "api/requirements.in") == "pip-compile requirements.in (in api)");
  CHECK(relock_command(paths, "api/requirements.txt").empty());
  CHECK(relock_command(paths, "Pipfile").empty());
}

TEST_CASE("manifests: by name") {
  for (const std::string_view path :
       {"requirements.txt", "a/requirements-dev.txt", "dev-requirements.txt",
        "requirements/base.txt", "requirements.in", "Requirements.txt"})
    CHECK(manifest_kind(path) == ManifestKind::requirements);
  for (const std::string_view path :
       {"constraints.txt", "requirements/constraints.txt", "notes.txt", "package-lock.json",
        "requirements.md", "setup.py"})
    CHECK(manifest_kind(path) == std::nullopt);
  CHECK(manifest_kind("x/pyproject.toml") == ManifestKind::pyproject);
  CHECK(manifest_kind("Pipfile") == ManifestKind::pipfile);
  CHECK(manifest_kind("x/package.json") == ManifestKind::package_json);
  CHECK(is_lock_file("x/poetry.lock"));
  CHECK(!is_lock_file("x/poetry.locks"));
}

TEST_CASE("manifests: the nearest that declares the package") {
  const std::vector<ManifestFile> files{
      {"package.json", R"({"dependencies": {"openai": "^6"}})"},
      {"apps/a/package.json", R"({"dependencies": {"zod": "^3"}})"},
      {"apps/b/package.json", R"({"dependencies": {"openai": "^6"}})"},
      {"api/requirements.txt", "-r requirements/base.txt\nflask\n"},
      {"api/requirements/base.txt", "openai\n"},
      {"api/requirements-dev.txt", "openai\n"},
      {"api/pyproject.toml", "[tool.ruff]\n"},
      {"apis/requirements.txt", "openai\n"},
  };
  const auto nearest = [&files](std::string_view path, std::string_view language) {
    const auto found = nearest_manifest(files, path, language, "openai");
    return found ? std::string(files[found->index].path) : "nothing";
  };
  CHECK(nearest("apps/a/src/x.ts", "typescript") == "package.json");
  CHECK(nearest("apps/b/src/x.ts", "typescript") == "apps/b/package.json");
  CHECK(nearest("index.js", "javascript") == "package.json");
  CHECK(nearest("api/app/x.py", "python") == "api/requirements/base.txt");
  CHECK(nearest("x.py", "python") == "nothing");
  const auto found = nearest_manifest(files, "api/app/x.py", "python", "openai");
  REQUIRE(found);
  CHECK(found->declares);
  CHECK(found->also == std::vector<size_t>{5});
  const auto other = nearest_manifest(files, "api/app/x.py", "python", "httpx");
  REQUIRE(other);
  CHECK(!other->declares);
  CHECK(files[other->index].path == "api/requirements.txt");
}

}  // namespace
}  // namespace keyless
