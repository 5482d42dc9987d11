#include "lineage/packages.h"

#include <algorithm>
#include <string>
#include <vector>

#include "catch.h"
#include "lineage/path_index.h"

using keyless::Packages;
using keyless::PathIndex;

namespace {

std::string found(const PathIndex& paths, std::string_view from, std::string_view module) {
  return paths.resolve_module("typescript", from, module);
}

}  // namespace

TEST_CASE("packages of a workspace are found by their names") {
  PathIndex paths("", {"apps/web/src/main.ts", "packages/ai/src/index.ts",
                       "packages/ai/src/keys.ts", "packages/env/lib.ts", "other/env/index.ts",
                       "packages/twice-a/index.ts", "packages/twice-b/index.ts"});
  Packages packages;
  packages.add("package.json", R"({"private": true, "workspaces": ["packages/*"]})");
  packages.add("packages/ai/package.json",
               R"({"name": "@shop/ai", "exports": {".": {"types": "./dist/index.d.ts",
                   "import": "./dist/index.js"}, "./*": "./dist/esm/*.js"}})");
  packages.add("packages/env/package.json", R"({"name": "env", "main": "lib.js"})");
  packages.add("packages/twice-a/package.json", R"({"name": "twice"})");
  packages.add("packages/twice-b/package.json", R"({"name": "twice"})");
  packages.add("broken/package.json", R"({"name": "broken", "exports": {"." )");
  paths.name_packages(std::move(packages));
  const std::string from = "apps/web/src/main.ts";
  CHECK(found(paths, from, "@shop/ai") == "packages/ai/src/index.ts");
  CHECK(found(paths, from, "@shop/ai/keys") == "packages/ai/src/keys.ts");
  CHECK(found(paths, from, "env") == "packages/env/lib.ts");
  CHECK(found(paths, from, "twice").empty());
  CHECK(found(paths, from, "openai").empty());
}

TEST_CASE("without a workspace only a linked dependency is a package of the root") {
  PathIndex paths("", {"web/main.ts", "job/main.ts", "ai/index.ts"});
  Packages packages;
  packages.add("ai/package.json", R"({"name": "ai"})");
  packages.add("web/package.json", R"({"name": "web", "dependencies": {"ai": "file:../ai"}})");
  packages.add("job/package.json", R"({"name": "job", "dependencies": {"ai": "^5.0.0"}})");
  paths.name_packages(std::move(packages));
  CHECK(found(paths, "web/main.ts", "ai") == "ai/index.ts");
  CHECK(found(paths, "job/main.ts", "ai").empty());
}

TEST_CASE("aliases hold below the folder of their file and never lead out of the root") {
  PathIndex paths("", {"web/src/main.ts", "web/source/env.ts", "web/source/lib/ai.ts",
                       "job/main.ts", "env.ts"});
  Packages packages;
  packages.add("web/tsconfig.base.json", R"({
    // the nearest one wins
    "compilerOptions": {"baseUrl": ".", "paths": {"#env": ["source/env.ts"], "#/*": ["source/*"],
                        "#out": ["../../../etc/env"]}},
  })");
  paths.name_packages(std::move(packages));
  CHECK(found(paths, "web/src/main.ts", "#env") == "web/source/env.ts");
  CHECK(found(paths, "web/src/main.ts", "#/lib/ai") == "web/source/lib/ai.ts");
  CHECK(found(paths, "web/src/main.ts", "source/env") == "web/source/env.ts");
  CHECK(found(paths, "web/src/main.ts", "#out").empty());
  CHECK(found(paths, "job/main.ts", "#env").empty());
}
