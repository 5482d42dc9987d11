#include "fix/manifest_case.h"

namespace keyless {
namespace {

const Dependency identity{"@azure/identity", "4.13.0", {}};

void check(const ManifestCase& row) {
  check_case(row, ManifestKind::package_json, identity, "openai");
}

void refused(std::string_view before, std::string_view reason) {
  check_refused(before, ManifestKind::package_json, identity, "openai", reason);
}

TEST_CASE("package.json: a new entry keeps order and layout") {
  check({"two blanks, sorted",
         "{\n  \"dependencies\": {\n    \"@azure-rest/ai-inference\": \"1.0.0-beta.6\",\n    "
         "\"@azure/storage-blob\": \"^12.26.0\",\n    \"openai\": \"^6.49.0\"\n  }\n}\n",
         "{\n  \"dependencies\": {\n    \"@azure-rest/ai-inference\": \"1.0.0-beta.6\",\n    "
         "\"@azure/identity\": \"^4.13.0\",\n    \"@azure/storage-blob\": \"^12.26.0\",\n    "
         "\"openai\": \"^6.49.0\"\n  }\n}\n"});
  check({"tabs, first", "{\n\t\"dependencies\": {\n\t\t\"openai\": \"^6.49.0\"\n\t}\n}",
         "{\n\t\"dependencies\": {\n\t\t\"@azure/identity\": \"^4.13.0\",\n\t\t\"openai\": "
         "\"^6.49.0\"\n\t}\n}"});
  check({"four blanks, unsorted, last",
         "{\n    \"dependencies\": {\n        \"zod\": \"^3\",\n        \"openai\": \"^6.49.0\"\n  "
         "  },\n    \"devDependencies\": {}\n}\n",
         "{\n    \"dependencies\": {\n        \"zod\": \"^3\",\n        \"openai\": \"^6.49.0\",\n "
         "       \"@azure/identity\": \"^4.13.0\"\n    },\n    \"devDependencies\": {}\n}\n"});
  check({"one line", "{ \"dependencies\": { \"openai\": \"^6.49.0\" } }\n",
         "{ \"dependencies\": { \"@azure/identity\": \"^4.13.0\", \"openai\": \"^6.49.0\" } }\n"});
  check({"one line, two entries",
         "{ \"dependencies\": { \"zod\": \"1\", \"openai\": \"^6.49.0\" } }\n",
         "{ \"dependencies\": { \"zod\": \"1\", \"openai\": \"^6.49.0\", \"@azure/identity\": "
         "\"^4.13.0\" } }\n"});
  check({"no blanks", "{\"dependencies\":{\"openai\":\"^6.49.0\"}}",
         "{\"dependencies\":{\"@azure/identity\":\"^4.13.0\",\"openai\":\"^6.49.0\"}}"});
  check({"byte order mark", "\xEF\xBB\xBF{ \"dependencies\": { \"openai\": \"^6.49.0\" } }\n",
         "\xEF\xBB\xBF{ \"dependencies\": { \"@azure/identity\": \"^4.13.0\", \"openai\": "
         "\"^6.49.0\" } }\n"});
}

TEST_CASE("package.json: the list that declares the package gets the new one") {
  check({"development",
         "{\n  \"dependencies\": {},\n  \"devDependencies\": {\n    \"openai\": \"^6.49.0\"\n  "
         "}\n}\n",
         "{\n  \"dependencies\": {},\n  \"devDependencies\": {\n    \"@azure/identity\": "
         "\"^4.13.0\",\n    \"openai\": \"^6.49.0\"\n  }\n}\n"});
  check({"peer and development",
         "{\n  \"peerDependencies\": { \"openai\": \">=6\" },\n  \"devDependencies\": { "
         "\"openai\": \"^6\" }\n}\n",
         "{\n  \"peerDependencies\": { \"@azure/identity\": \"^4.13.0\", \"openai\": \">=6\" },\n  "
         "\"devDependencies\": { \"@azure/identity\": \"^4.13.0\", \"openai\": \"^6\" }\n}\n"});
  check({"an empty list", "{\n  \"name\": \"x\",\n  \"dependencies\": {}\n}\n",
         "{\n  \"name\": \"x\",\n  \"dependencies\": {\n    \"@azure/identity\": \"^4.13.0\"\n  "
         "}\n}\n",
         true});
  check({"no list", "{\n  \"name\": \"x\",\n  \"private\": true\n}\n",
         "{\n  \"name\": \"x\",\n  \"private\": true,\n  \"dependencies\": {\n    "
         "\"@azure/identity\": \"^4.13.0\"\n  }\n}\n",
         true});
  check({"no list, one for development",
         "{\n\t\"name\": \"x\",\n\t\"devDependencies\": {\n\t\t\"tsx\": \"4\"\n\t}\n}\n",
         "{\n\t\"name\": \"x\",\n\t\"dependencies\": {\n\t\t\"@azure/identity\": "
         "\"^4.13.0\"\n\t},\n\t\"devDependencies\": {\n\t\t\"tsx\": \"4\"\n\t}\n}\n",
         true});
  check({"no list, one line", "{ \"name\": \"x\" }\n",
         "{ \"name\": \"x\", \"dependencies\": { \"@azure/identity\": \"^4.13.0\" } }\n", true});
}

TEST_CASE("package.json: what is there stays or is raised inside its major version") {
  const auto bound = [](std::string_view before, std::string_view after, bool review = false) {
    const std::string head = "{ \"dependencies\": { \"@azure/identity\": \"";
    const std::string tail = "\", \"openai\": \"^6\" } }\n";
    const std::string first = head + std::string(before) + tail;
    const std::string then = head + std::string(after) + tail;
    check({before, first, then, review});
  };
  bound("^4.13.1", "^4.13.1");
  bound("^5.0.0", "^5.0.0");
  bound("*", "*");
  bound("latest", "latest");
  bound("^4.2.0", "^4.13.0");
  bound("~4.2.0", "~4.13.0");
  bound("4.2.0", "4.13.0", true);
  bound(">=4.2.0 <5", ">=4.13.0 <5");
  bound(">= 4.2.0", ">= 4.13.0");
  bound("4.2.0 - 4.99.0", "4.13.0 - 4.99.0");
  bound("4.x", "^4.13.0");
  bound("4", "^4.13.0");
  bound("^4.13.0-beta.1", "^4.13.0");
  bound("workspace:*", "workspace:*", true);
  bound("file:../identity", "file:../identity", true);
  refused("{ \"dependencies\": { \"@azure/identity\": \"^3.1.0\", \"openai\": \"^6\" } }",
          "another major version");
  refused("{ \"dependencies\": { \"@azure/identity\": \"^3 || ^4\", \"openai\": \"^6\" } }",
          "leaves no room");
}

TEST_CASE("package.json: breaking changes below 1 are breaking") {
  const Dependency lang{"@langchain/openai", "0.5.0", {}};
  check_refused("{ \"dependencies\": { \"@langchain/openai\": \"^0.3.0\" } }",
                ManifestKind::package_json, lang, "@langchain/openai", "another major version");
  check_case({"patch", "{ \"dependencies\": { \"@langchain/openai\": \"^0.5.0-rc.1\" } }",
              "{ \"dependencies\": { \"@langchain/openai\": \"^0.5.0\" } }"},
             ManifestKind::package_json, lang, "@langchain/openai");
}

TEST_CASE("package.json: what a person has to do is said") {
  refused(
      "{ \"dependencies\": { \"openai\": \"^6\" }, \"devDependencies\": { \"@azure/identity\": "
      "\"^4.13.0\" } }",
      "move it to dependencies");
  refused("{ \"dependencies\": { \"openai\": ", "cannot be read");
  refused("[1]", "cannot be read");
  refused("{}", "no place");
  refused("{ \"name\": \"shop\", \"workspaces\": [\"apps/\n\", \"packages/*\"es/*", "has errors");
}

TEST_CASE("package.json: overrides are said") {
  check({"overrides", "{ \"dependencies\": { \"openai\": \"^6\" }, \"overrides\": {} }\n",
         "{ \"dependencies\": { \"@azure/identity\": \"^4.13.0\", \"openai\": \"^6\" }, "
         "\"overrides\": {} }\n",
         true});
}

}  // namespace
}  // namespace keyless
