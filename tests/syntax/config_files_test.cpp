// dotenv and YAML: where elements stand, what a removal takes, and what hostile files cost.
#include <chrono>
#include <string>

#include "base/thread_clock.h"
#include "catch.h"
#include "syntax/dump.h"
#include "syntax/languages.h"

namespace keyless {
namespace {

struct Lowered {
  SourceFile file;
  Document document;

  [[nodiscard]] std::string text(Span span) const {
    return file.text.substr(span.begin, span.size());
  }
  [[nodiscard]] const Element& setting(std::string_view name) const {
    for (const Element& e : document.elements)
      if (e.kind == ElementKind::setting && e.name == name) return e;
    FAIL("no setting " << name);
    return document.elements.front();
  }
  // The file without what removing the setting takes.
  [[nodiscard]] std::string without(std::string_view name, bool parent = false) const {
    const Extent& extent = setting(name).extent;
    const Span span = parent ? extent.parent.value() : extent.span;
    return file.text.substr(0, span.begin) + file.text.substr(span.end);
  }
};

Lowered lower(std::string path, std::string text) {
  Lowered result;
  result.file = make_source_file(std::move(path), std::move(text));
  result.document = parse(result.file, *language_of(result.file.path));
  return result;
}

// Key-shaped text is made here, never written down.
std::string fake_key() {
  std::string key;
  for (int i = 0; key.size() < 84; ++i)
    key += static_cast<char>(i % 3 == 0 ? '0' + i % 10 : 'a' + (i * 7) % 26);
  return key;
}

double seconds_of(const std::string& path, const std::string& text) {
  const auto begin = keyless::ThreadClock::now();
  lower(path, text);
  return std::chrono::duration<double>(keyless::ThreadClock::now() - begin).count();
}

std::string repeated(std::string_view part, size_t times) {
  std::string text;
  text.reserve(part.size() * times);
  for (size_t i = 0; i < times; ++i) text += part;
  return text;
}

}  // namespace

TEST_CASE("dotenv: a removal takes the line and the comments that name its key", "[syntax]") {
  const Lowered l = lower(".env",
                          "# endpoint\r\nA=1\r\n# AZURE_OPENAI_API_KEY from the portal\r\n"
                          "export AZURE_OPENAI_API_KEY=\"k\" # key\r\nB=2\r\n");
  CHECK(l.text(l.setting("AZURE_OPENAI_API_KEY").span) == "AZURE_OPENAI_API_KEY=\"k\"");
  CHECK(l.text(l.setting("AZURE_OPENAI_API_KEY").name_span) == "AZURE_OPENAI_API_KEY");
  CHECK(l.without("AZURE_OPENAI_API_KEY") == "# endpoint\r\nA=1\r\nB=2\r\n");
  CHECK(l.without("A") == l.file.text.substr(0, 12) + l.file.text.substr(17));
}

TEST_CASE("dotenv: byte order mark, no final line end, values over lines", "[syntax]") {
  const Lowered l = lower(".env",
                          "\xEF\xBB\xBF"
                          "A=1\nCERT=\"a\nb\"\nLAST=x");
  CHECK(l.text(l.setting("A").span) == "A=1");
  CHECK(l.without("CERT") ==
        "\xEF\xBB\xBF"
        "A=1\nLAST=x");
  CHECK(l.without("LAST") ==
        "\xEF\xBB\xBF"
        "A=1\nCERT=\"a\nb\"\n");
}

TEST_CASE("dotenv: all settings of a file are one group", "[syntax]") {
  const Lowered l = lower(".env", "A=1\n\nB=2\n");
  CHECK(l.setting("A").group == l.setting("B").group);
  CHECK(l.setting("A").group != none);
}

TEST_CASE("YAML: a removal takes the entry, an emptied block with its key", "[syntax]") {
  const std::string head = "jobs:\n  j:\n    runs-on: x\n    steps:\n      - run: x\n";
  const std::string env =
      "        env:\n          # K of the account\n          K: ${{ secrets.K }} # key\n";
  const Lowered one = lower("w.yml", head + env);
  CHECK(one.text(one.setting("K").span) == "K: ${{ secrets.K }}");
  CHECK(one.without("K", true) == head);
  const Lowered two = lower("w.yml", head + env + "          M: ci\n");
  CHECK(two.without("K") == head + "        env:\n          M: ci\n");
  CHECK_FALSE(two.setting("K").extent.parent);
}

TEST_CASE("YAML: flow maps lose one comma, lists their line", "[syntax]") {
  const Lowered flow = lower(
      "w.yml", "jobs:\n  j:\n    runs-on: x\n    env: {A: a, K: \"${{ secrets.K }}\", B: b}\n");
  CHECK(flow.without("K") == "jobs:\n  j:\n    runs-on: x\n    env: {A: a, B: b}\n");
  CHECK(flow.without("B") ==
        "jobs:\n  j:\n    runs-on: x\n    env: {A: a, K: \"${{ secrets.K }}\"}\n");
  const Lowered list = lower("compose.yml",
                             "services:\n  a:\n    image: a\n    environment:\n"
                             "      - A=1\n      - K=${K} # key\n    ports: [\"80\"]\n");
  CHECK(list.text(list.setting("K").span) == "K=${K}");
  CHECK(list.without("K") ==
        "services:\n  a:\n    image: a\n    environment:\n      - A=1\n    ports: [\"80\"]\n");
}

TEST_CASE("YAML: lines of a script stand where they are written", "[syntax]") {
  const Lowered l =
      lower("w.yml",
            "jobs:\r\n  j:\r\n    steps:\r\n      - run: |\r\n"
            "          cat > .env <<EOF\r\n"
            "          A=1\r\n          K=${{ secrets.K }}\r\n          EOF\r\n"
            "          az x create \\\r\n            --set k=$V \\\r\n            --yes\r\n");
  CHECK(l.text(l.setting("K").span) == "K=${{ secrets.K }}");
  CHECK(l.text(l.document.values[l.setting("K").value].span) == "secrets.K");
  CHECK(l.without("K").find("A=1\r\n          EOF\r\n") != std::string::npos);
  CHECK(l.text(l.setting("k").span) == "k=$V");
  CHECK(l.without("k").find("az x create \\\r\n            --yes\r\n") != std::string::npos);
}

TEST_CASE("YAML: a script that becomes empty goes with its step", "[syntax]") {
  const std::string head = "jobs:\n  j:\n    steps:\n      - run: x\n";
  const Lowered one =
      lower("w.yml", head + "      - name: set\n        run: echo \"K=$V\" >> $GITHUB_ENV\n");
  CHECK(one.without("K", true) == head);
  const Lowered block = lower("w.yml", head + "      - run: |\n          export K=$V\n\n");
  CHECK(block.without("K", true).substr(0, head.size()) == head);
  CHECK(block.without("K", true).find("run: |") == std::string::npos);
  const Lowered two = lower("w.yml", head + "      - run: |\n          export K=$V\n          y\n");
  CHECK_FALSE(two.setting("K").extent.parent);
  CHECK(two.without("K") == head + "      - run: |\n          y\n");
}

TEST_CASE("YAML: wide characters and marks keep positions", "[syntax]") {
  const Lowered l = lower("compose.yml",
                          "\xEF\xBB\xBF# \xC3\xA9\xE2\x82\xAC\nservices:\n  \xC3\xA9t\xC3\xA9:\n"
                          "    image: \xF0\x9F\x94\x91\n    environment:\n      K: \xC3\xA9${K}\n");
  CHECK(l.text(l.setting("K").span) == "K: \xC3\xA9${K}");
}

TEST_CASE("config files: a key never stands in the document as text", "[syntax]") {
  const std::string key = fake_key();
  const Lowered files[] = {
      lower(".env",
            "K=" + key + "\n" + key + "=x\n$" + key + "\nM=pre-$" + key + "\nQ=\"" + key + "\"\n"),
      lower("w.yml", "jobs:\n  j:\n    steps:\n      - run: |\n          export K=" + key +
                         "\n          tool --key " + key + " " + key + " --" + key + "=1 \"" + key +
                         "\" > " + key + "\n          " + key + "=1\n          echo " + key +
                         "=1 > f\n        env:\n          K: " + key + "\n          " + key +
                         ": x\n          E: ${{ secrets." + key + " }}\n"),
      lower("config.yml", "a: " + key + "\n" + key + ": b\nc: ${" + key + "}\n"),
      lower("compose.yml", "services:\n  a:\n    image: " + key + "\n    environment:\n      - " +
                               key + "\n      - K=" + key + "\n"),
  };
  for (const Lowered& l : files) {
    CHECK(dump(l.document, l.file.text).find(key) == std::string::npos);
    for (const Value& v : l.document.values) CHECK(v.text.find(key) == std::string::npos);
    for (const Element& e : l.document.elements) {
      CHECK((e.name + e.type + e.member + e.module).find(key) == std::string::npos);
      for (const Input& i : e.inputs) CHECK(i.name.find(key) == std::string::npos);
    }
  }
}

TEST_CASE("config files: hostile text costs no more than its size", "[syntax][hostile]") {
  const std::string step = "jobs:\n  j:\n    steps:\n      - run: |\n          ";
  const size_t many = 200000;
  const std::pair<std::string, std::string> files[] = {
      {".env", "A=" + repeated("${A:-", many)},
      {".env", "A=\"" + repeated("${", many)},
      {".env", repeated("A=\"\n", many)},
      {"a.yml", repeated("[", many)},
      {"a.yml", repeated("{a: ", many)},
      {"a.yml", repeated("- ", many)},
      {"a.yml", "[" + repeated("1, ", many) + "1]\n"},
      {"config.yml", "{" + repeated("a: ${A}, ", many / 2) + "b: 1}\n"},
      {"compose.yml",
       "services: {a: {image: a, environment: [" + repeated("A=1, ", many / 2) + "B=1]}}\n"},
      {"a.yml", repeated("? a\n", many / 2)},
      {"a.yml", "'a', b(c)\n  d: 1\n" + repeated("'x', y\n", 1000)},
      {"a.yml", repeated("---\n\t\n", many / 4)},
      {"a.yml", repeated("{{ ", many)},
      {"a.yml", repeated("{{}}", many)},
      {"a.yml",
       "a: &a [x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a]\n"
       "c: &c [*b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c]\n"
       "e: &e [*d, *d, *d, *d, *d, *d, *d, *d]\nf: &f [*e, *e, *e, *e, *e, *e, *e, *e]\n"
       "g: [*f, *f, *f, *f, *f, *f, *f, *f]\n"},
      {"a.yml", "a: &a \"" + repeated("x", many) + "\"\nb: [" + repeated("*a, ", many) + "1]\n"},
      {"a.yml", "a: &a [*a]\n"},
      {"w.yml", step + repeated("$(", many)},
      {"w.yml", step + repeated("$(a ", many) + repeated(")", many)},
      {"w.yml", step + repeated("\"$(", many)},
      {"w.yml", step + repeated("${{ ", many)},
      {"w.yml", step + repeated("cat <<A\n          ", many / 4)},
      {"w.yml", step + repeated("`", many)},
      {"w.yml", step + repeated("A=$B ", many)},
      {"w.yml", step + repeated("x;", many)},
      {"w.yml", step + "tool " + repeated("--a $B A=$B ", many / 4)},
      {"w.yml", step + repeated("echo A=$B > f; ", many / 8)},
      {"w.yml", step + repeated("{ ", many) + repeated("} > f ", many / 4)},
      {"w.yml", "jobs:\n  j:\n    env:\n      A: ${{ " + repeated("(", many) + " }}\n"},
      {"w.yml", "jobs:\n  j:\n    env:\n      A: ${{ " + repeated("!", many) + " }}\n"},
      {"w.yml", "jobs:\n  j:\n    env:\n      A: ${{ " + repeated("a[", many) + " }}\n"},
  };
  for (const auto& [path, text] : files) {
    INFO(path << ": " << text.substr(0, 60));
    CHECK(seconds_of(path, text) < 5.0);
  }
}

TEST_CASE("language table: environment files by name, programs by extension", "[syntax]") {
  for (const char* path :
       {".env", "a/.env.local", ".env-sample", "prod.env", "env.example", ".envrc", ".dev.vars",
        ".azure/dev/.env", "env/.env.dev.user", "app.env.template"}) {
    INFO(path);
    REQUIRE(language_of(path) != nullptr);
    CHECK(language_of(path)->name == "dotenv");
  }
  CHECK(language_of("vite.env.d.ts")->name == "typescript");
  CHECK(language_of("config.env.js")->name == "javascript");
  CHECK(language_of("environment.go") == nullptr);
}

}  // namespace keyless
