// What the corpora cannot say of the JavaScript lowering: extents, spans, bounds, secrets.
#include <algorithm>
#include <string>

#include "catch.h"
#include "source/source_file.h"
#include "syntax/document.h"
#include "syntax/languages.h"

namespace keyless {
namespace {

struct Lowered {
  std::string text;
  Document document;
};

Lowered lower(std::string path, std::string text) {
  const SourceFile file = make_source_file(std::move(path), text);
  const LanguageRow* row = language_of(file.path);
  REQUIRE(row != nullptr);
  return {std::move(text), parse(file, *row)};
}

const Element& find(const Lowered& l, ElementKind kind, std::string_view name) {
  const auto& all = l.document.elements;
  const auto found = std::find_if(
      all.begin(), all.end(), [&](const Element& e) { return e.kind == kind && e.name == name; });
  INFO(name);
  REQUIRE(found != all.end());
  return *found;
}

std::string without(const Lowered& l, const Span& span) {
  return l.text.substr(0, span.begin) + l.text.substr(span.end);
}

std::string at(const Lowered& l, const Span& span) {
  return l.text.substr(span.begin, span.size());
}

}  // namespace

TEST_CASE("javascript: an extent leaves well-formed code behind", "[syntax]") {
  const Lowered l = lower("a.ts",
                          "import { A } from 'a';\n"
                          "import b, { C, D } from 'b';\n"
                          "const key = process.env.KEY; // the key\n"
                          "export const other = 1;\n"
                          "const { X, Y: y } = process.env;\n"
                          "const m = 1, n = 2;\n"
                          "process.env.SET = key;\n"
                          "f({ one: 1, headers: { 'api-key': key }, last });\n"
                          "class S {\n"
                          "  private field: string;\n"
                          "}\n");
  const auto rest = [&](ElementKind kind, std::string_view name) {
    return without(l, find(l, kind, name).extent.span);
  };
  CHECK(find(l, ElementKind::import, "A").extent.parent == Span{0, 23});
  CHECK(rest(ElementKind::import, "C").find("import b, { D } from 'b';") != std::string::npos);
  CHECK(rest(ElementKind::import, "D").find("import b, { C } from 'b';") != std::string::npos);
  CHECK(rest(ElementKind::assign, "key").find("the key") == std::string::npos);
  CHECK(rest(ElementKind::assign, "other").find("export") == std::string::npos);
  CHECK(rest(ElementKind::assign, "X").find("const { Y: y } = process.env;") != std::string::npos);
  CHECK(rest(ElementKind::assign, "y").find("const { X } = process.env;") != std::string::npos);
  CHECK(rest(ElementKind::assign, "m").find("const n = 2;") != std::string::npos);
  CHECK(rest(ElementKind::assign, "n").find("const m = 1;") != std::string::npos);
  CHECK(rest(ElementKind::setting, "SET").find("SET") == std::string::npos);
  CHECK(rest(ElementKind::pair, "one").find("f({ headers:") != std::string::npos);
  CHECK(rest(ElementKind::pair, "last").find("key } });") != std::string::npos);
  CHECK(rest(ElementKind::field, "field").find("class S {\n}") != std::string::npos);
  const Element& header = find(l, ElementKind::pair, "api-key");
  REQUIRE(header.extent.parent.has_value());
  CHECK(at(l, *header.extent.parent) == "headers: { 'api-key': key }, ");
}

TEST_CASE("javascript: the span of a read is the narrowest that names it", "[syntax]") {
  const Lowered l = lower("a.js",
                          "const a = process.env.A_KEY?.trim() ?? '';\n"
                          "const { B_KEY: b = 'x' } = process.env;\n"
                          "const s = z.object({ C_KEY: z.string().min(1) });\n"
                          "const d = config.get('d.key');\n");
  std::vector<std::string> spans;
  for (const Value& v : l.document.values)
    if (v.kind == ValueKind::env || v.kind == ValueKind::config) spans.push_back(at(l, v.span));
  CHECK(spans == std::vector<std::string>{"process.env.A_KEY", "B_KEY: b = 'x'",
                                          "C_KEY: z.string().min(1)", "config.get('d.key')"});
}

TEST_CASE("javascript: no key stays in the text of a value", "[syntax]") {
  std::string key;
  for (int i = 0; i < 16; ++i) key += static_cast<char>('a' + i % 6), key += std::to_string(i % 10);
  const std::string half = key.substr(0, 16);
  const Lowered l =
      lower("a.js", "const a = '" + key + "', b = `" + key + "`, c = '" + half + "' + '" +
                        key.substr(16) + "';\nf({ '" + key + "': 1 });\nx['" + key + "'] = 1;\n");
  for (const char* name : {"a", "b", "c"}) {
    const Value& v = l.document.values[find(l, ElementKind::assign, name).value];
    CHECK(v.secret.has_value());
    CHECK(v.text.find(half) == std::string::npos);
  }
  for (const Element& e : l.document.elements) CHECK(e.name.find(half) == std::string::npos);
}

TEST_CASE("javascript: hostile files end in bounded time and say what is missing", "[syntax]") {
  const auto repeated = [](std::string_view text, size_t count) {
    std::string all;
    for (size_t i = 0; i < count; ++i) all += text;
    return all;
  };
  const auto incomplete = [](const Lowered& l) { return !l.document.diagnostics.empty(); };
  CHECK(incomplete(lower("a.js", "x=" + repeated("[", 900) + repeated("]", 900))));
  CHECK(incomplete(lower("a.js", "x=" + repeated("{a:", 900) + "1" + repeated("}", 900))));
  CHECK(incomplete(lower("a.js", "x=" + repeated("a=>", 900) + "1")));
  CHECK(incomplete(lower("a.js", "x" + repeated(".a(1)", 900))));
  // Long is not deep.
  CHECK_FALSE(incomplete(lower("a.js", "x=1" + repeated("+a", 3000))));
  CHECK_FALSE(incomplete(lower("a.js", "x=1" + repeated("||a", 1000))));
  CHECK_FALSE(incomplete(lower("a.js", "x=" + repeated("a?b:", 1000) + "c")));
  CHECK_FALSE(incomplete(lower("a.js", "if(a){}" + repeated("else if(a){f()}", 1000))));
  CHECK_FALSE(incomplete(lower("a.js", "x=(" + repeated("a,", 3000) + "b)")));
}

TEST_CASE("javascript: broken code is named, and what is around it is read", "[syntax]") {
  const Lowered l = lower("a.ts", "const a = process.env.A;\nconst = ] 3;\nconst c = 2;\n");
  CHECK_FALSE(l.document.broken.empty());
  find(l, ElementKind::assign, "a");
  find(l, ElementKind::assign, "c");
}

TEST_CASE("markup: the block at the top of an Astro file is code, the page is not", "[syntax]") {
  const Lowered l = lower("src/index.astro",
                          "---\nconst a = import.meta.env.A_KEY\n---\n<p>{const b = 1}</p>\n"
                          "<script>const c = 2</script>\n");
  CHECK(at(l, find(l, ElementKind::assign, "a").span) == "a = import.meta.env.A_KEY");
  CHECK(at(l, find(l, ElementKind::assign, "c").span) == "c = 2");
  for (const Element& e : l.document.elements) CHECK(e.name != "b");
}

}  // namespace keyless
