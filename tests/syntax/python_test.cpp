// What the corpora cannot say of the Python lowering: extents, spans, bounds, secrets.
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

Lowered lower(std::string text) {
  const SourceFile file = make_source_file("a.py", text);
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

std::string repeated(std::string_view piece, size_t count) {
  std::string text;
  for (size_t i = 0; i < count; ++i) text += piece;
  return text;
}

}  // namespace

TEST_CASE("python: an extent leaves well-formed code behind", "[syntax]") {
  const Lowered l = lower(
      "from a import B\n"
      "from c import D, E as F\n"
      "# the key of the service\n"
      "key = 1  # trailing\n"
      "x = 1; y = 2\n"
      "if flag: z = 3\n"
      "f(one=1, two=2,\n"
      "  three=3)\n"
      "m = {\n"
      "    'p': 1,\n"
      "    'q': 2,\n"
      "}\n"
      "def g(u, v=1, *, w):\n"
      "    pass\n"
      "class S(T):\n"
      "    field: str = Field(\n"
      "        default='d',\n"
      "    )\n"
      "    last: int\n");
  const auto rest = [&](ElementKind kind, std::string_view name) {
    return without(l, find(l, kind, name).extent.span);
  };
  CHECK(rest(ElementKind::import, "B").starts_with("from c import"));
  CHECK(rest(ElementKind::import, "D").find("from c import E as F\n") != std::string::npos);
  CHECK(rest(ElementKind::import, "F").find("from c import D\n") != std::string::npos);
  CHECK(rest(ElementKind::assign, "key").find("E as F\nx = 1; y = 2\n") != std::string::npos);
  CHECK(at(l, find(l, ElementKind::assign, "x").extent.span) == "x = 1");
  CHECK(at(l, find(l, ElementKind::assign, "z").extent.span) == "z = 3");
  CHECK(rest(ElementKind::pair, "p").find("m = {\n    'q': 2,\n}") != std::string::npos);
  CHECK(rest(ElementKind::pair, "q").find("m = {\n    'p': 1,\n}") != std::string::npos);
  CHECK(rest(ElementKind::param, "u").find("def g(v=1, *, w):") != std::string::npos);
  CHECK(rest(ElementKind::param, "v").find("def g(u, *, w):") != std::string::npos);
  CHECK(rest(ElementKind::field, "field").find("class S(T):\n    last: int\n") !=
        std::string::npos);
  const Element& call = find(l, ElementKind::call, "f");
  REQUIRE(call.inputs.size() == 3);
  CHECK(without(l, call.inputs[0].extent.span).find("f(two=2,\n  three=3)") != std::string::npos);
  CHECK(without(l, call.inputs[2].extent.span).find("f(one=1, two=2)") != std::string::npos);
}

TEST_CASE("python: spans are the narrowest construct, scopes nest", "[syntax]") {
  const Lowered l = lower(
      "import os\n"
      "class A:\n"
      "    async def run(self):\n"
      "        return os.environ['X_KEY'] or os.getenv('Y_KEY', 'd')\n");
  std::vector<std::string> reads;
  for (const Value& v : l.document.values)
    if (v.kind == ValueKind::env) reads.push_back(at(l, v.span));
  CHECK(reads == std::vector<std::string>{"os.environ['X_KEY']", "os.getenv('Y_KEY', 'd')"});
  const Element& result = find(l, ElementKind::result, "");
  CHECK(scope_name(l.document, result.scope) == "A.run");
  CHECK(l.document.scopes[result.scope].async);
  CHECK(l.document.scopes[l.document.scopes[result.scope].parent].kind == ScopeKind::type);
}

TEST_CASE("python: a key never stands in a value, a name or a constant", "[syntax]") {
  const std::string half = "a1B2c3D4e5F6g7H8";
  const std::string key = half + half;
  const std::string middle = "' + '";
  const Lowered l =
      lower("K = '" + key + "'\n" + "f(api_key='" + half + middle + half + "')\n" + "m = {'" + key +
            "': 1}\n" + "m['" + key + "'] = f\"{x}" + key + "\"\n" + "env = os.environ\nenv[K]\n");
  for (const Value& v : l.document.values) CHECK(v.text.find(half) == std::string::npos);
  for (const Element& e : l.document.elements) {
    CHECK(e.name.find(half) == std::string::npos);
    CHECK(e.type.find(half) == std::string::npos);
  }
  const Element& call = find(l, ElementKind::call, "f");
  REQUIRE(call.inputs.size() == 1);
  const Value& given = l.document.values[call.inputs[0].value];
  REQUIRE(given.secret.has_value());
  CHECK(given.secret->length() == key.size());
}

TEST_CASE("python: hostile nesting ends with a diagnostic, wide code with an answer", "[syntax]") {
  const std::vector<std::string> deep{
      "x = " + repeated("[", 20000) + repeated("]", 20000),
      "x = a" + repeated(".b()", 20000),
      "x = " + repeated("f(", 20000) + repeated(")", 20000),
      "x = " + repeated("lambda: ", 20000) + "1",
      "x = " + repeated("os.getenv(", 2000) + repeated(")", 2000),
      "x = " + repeated("{k: v for k, v in {'a': ", 300) + "1" + repeated("}.items()}", 300),
  };
  for (const std::string& text : deep) {
    const Lowered l = lower(text);
    CAPTURE(text.substr(0, 20));
    CHECK(l.document.diagnostics.size() == 1);
    CHECK(l.document.elements.size() < 1000);
  }
  // A model in many fields of a settings class has few prefixes, not a product of them.
  const auto fields = [](std::string_view type, std::string_view letter) {
    std::string text;
    for (int i = 0; i < 100; ++i)
      text += " " + std::string(letter) + std::to_string(i) + ": " + std::string(type) + "\n";
    return text;
  };
  const Lowered nested = lower(
      "class S(BaseSettings):\n model_config = SettingsConfigDict(env_nested_delimiter='__')\n" +
      fields("M", "a") + "class M:\n" + fields("N", "b") + "class N:\n" + fields("str", "c"));
  CHECK(nested.document.values.size() < 5000);
  // A loop over rows writes settings on a budget.
  const Lowered rows = lower("import os\nfor a in [" + repeated("'K_KEY', ", 400) + "]:\n" +
                             repeated("  os.environ[a] = b\n", 400));
  CHECK(rows.document.elements.size() < 6000);
}

}  // namespace keyless
