// Infrastructure readers: what an extent removes leaves a file that reads as before without it,
// and hostile input costs neither the process nor much time.
#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "catch.h"
#include "syntax/languages.h"

namespace keyless {
namespace {

Document read(const std::string& path, const std::string& text) {
  SourceFile file;
  file.path = path;
  file.bytes = text;
  file.text = text;
  const LanguageRow* row = language_of(path);
  REQUIRE(row != nullptr);
  return parse(file, *row);
}

std::vector<std::string> settings_of(const Document& document) {
  std::vector<std::string> names;
  for (const Element& e : document.elements)
    if (e.kind == ElementKind::setting) names.push_back(e.name);
  return names;
}

struct Sample {
  std::string path;
  std::string text;
};

std::vector<Sample> samples() {
  return {
      {"maps.tf",
       "resource \"azurerm_linux_web_app\" \"w\" {\n  app_settings = {\n    # FIRST, said above\n"
       "    FIRST = var.a\n    \"SECOND\" = var.b, THIRD = var.c\n    LAST = 1 # behind\n  }\n}\n"},
      {"line.tf",
       "resource \"azurerm_linux_web_app\" \"w\" { app_settings = { A = 1, B = 2, C = 3 } }\n"},
      {"blocks.tf",
       "resource \"azurerm_container_app\" \"a\" {\n  secret {\n    name  = \"s\"\n    value = "
       "var.k\n  }\n  template {\n    container {\n      env {\n        name = \"E\"\n        "
       "secret_name = \"s\"\n      }\n    }\n  }\n}\n"},
      {"web.bicep",
       "resource w 'Microsoft.Web/sites@2022-09-01' = {\n  properties: {\n    siteConfig: {\n"
       "      appSettings: [\n        { name: 'A', value: '1' }\n        {\n          name: 'B'\n"
       "          value: '2'\n        }\n        { name: 'C', value: '3' }, { name: 'D', value: "
       "'4' "
       "}\n      ]\n    }\n  }\n}\n"},
      {"map.bicep",
       "module m 'x.bicep' = {\n  params: {\n    appSettings: { A: '1', B: '2' }\n  }\n}\n"},
      {"appsettings.json",
       "{\n  \"A\": \"1\",\n  // a word\n  \"B\": { \"C\": \"2\", \"D\": \"3\" },\n  \"E\": "
       "\"4\"\n}\n"},
      {"line/appsettings.json", "{\"A\": \"1\", \"B\": \"2\",\"C\" :\"3\"}"},
      {"main.json",
       "{\"$schema\": \"https://x/deploymentTemplate.json#\", \"contentVersion\": \"1.0.0.0\", "
       "\"resources\": [{\"type\": \"Microsoft.Web/sites\", \"name\": \"w\", \"properties\": "
       "{\"siteConfig\": {\"appSettings\": [\n {\"name\": \"A\", \"value\": \"1\"},\n {\"name\": "
       "\"B\", \"value\": \"2\"}\n]}}}]}"},
  };
}

std::string repeated(const std::string& text, size_t count) {
  std::string all;
  all.reserve(text.size() * count);
  for (size_t i = 0; i < count; ++i) all += text;
  return all;
}

}  // namespace

TEST_CASE("a setting removed by its extent is gone, the others stay", "[syntax]") {
  for (const Sample& sample : samples()) {
    const Document before = read(sample.path, sample.text);
    const std::vector<std::string> names = settings_of(before);
    REQUIRE(names.size() >= 2);
    for (const Element& e : before.elements) {
      if (e.kind != ElementKind::setting) continue;
      INFO(sample.path << " without " << e.name);
      std::string text = sample.text;
      text.erase(e.extent.span.begin, e.extent.span.size());
      std::vector<std::string> expected = names;
      expected.erase(std::find(expected.begin(), expected.end(), e.name));
      const Document after = read(sample.path, text);
      INFO(text);
      CHECK(settings_of(after) == expected);
      CHECK(after.broken.empty());
    }
  }
}

TEST_CASE("nesting without end and circles of definitions are bounded", "[syntax]") {
  const std::vector<std::string> units = {
      "[",    "{",   "(",   "!",          "-",
      "@{\n", "a?",  "a.",  "f(",         "'${",
      "\"${", "{a:", "[\n", "[for x in ", "resource a 'b' = {\n",
      "... "};
  const std::vector<Sample> openings = {
      {"a.bicep", "var x = "},
      {"a.bicepparam", "param x = "},
      {"a.tf", "locals {\n  x = "},
      {"a.json", ""},
      {"a.tfvars", "x = "},
      {"main.json", "{\"$schema\": \"deploymentTemplate\", \"variables\": {\"a\": \"["}};
  for (const Sample& opening : openings)
    for (const std::string& unit : units) {
      INFO(opening.path << " " << unit);
      const auto begin = std::chrono::steady_clock::now();
      read(opening.path, opening.text + repeated(unit, 20000));
      CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
    }
}

TEST_CASE("definitions that double at every step are not followed to the end", "[syntax]") {
  std::string terraform = "locals {\n";
  std::string bicep;
  for (int i = 0; i < 40; ++i) {
    const std::string here = "a" + std::to_string(i);
    const std::string next = "a" + std::to_string(i + 1);
    terraform += "  " + here + " = merge(local." + next + ", local." + next + ")\n";
    bicep += "var " + here + " = union(" + next + ", " + next + ")\n";
  }
  terraform +=
      "  a40 = { K = 1 }\n}\nresource \"azurerm_linux_web_app\" \"w\" {\n  app_settings = "
      "local.a0\n}\n";
  bicep += "var a40 = { K: '1' }\nmodule m 'x.bicep' = { params: { appSettings: a0 } }\n";
  CHECK(read("a.tf", terraform).values.size() < 200000);
  CHECK(read("a.bicep", bicep).values.size() < 200000);
}

TEST_CASE("loops over loops are not unrolled without end", "[syntax]") {
  std::string numbers;
  for (int i = 0; i < 300; ++i) numbers += "'" + std::to_string(i) + "', ";
  const std::string text =
      "var l = [" + numbers +
      "]\nvar x = [for a in l: map(l, b => map(l, c => { n: a, b: b, c: c }))]\n";
  CHECK(read("a.bicep", text).values.size() < 2000000);
}

}  // namespace keyless
