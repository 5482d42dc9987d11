// Targets of what reads a scanned repository: the lowering of each format, the outline, attributes,
// globs, encodings, and the search in plain text.
#include <array>
#include <string>

#include "base/glob.h"
#include "base/utf.h"
#include "fuzz/targets.h"
#include "match/matcher.h"
#include "rule/load.h"
#include "source/attributes.h"
#include "syntax/document_bytes.h"
#include "syntax/languages.h"
#include "syntax/outline.h"

namespace keyless::fuzz {
namespace {

bool within(const Span& span, size_t size) {
  return span.begin <= span.end && span.end <= size;
}

bool within(const Extent& extent, size_t size) {
  return within(extent.span, size) && (!extent.parent || within(*extent.parent, size));
}

bool names_one(uint32_t index, size_t count) {
  return index == none || index < count;
}

void check_values(const Document& document, size_t size) {
  const size_t count = document.values.size();
  for (const Value& value : document.values) {
    demand(within(value.span, size), "the span of a value lies in the file");
    demand(names_one(value.element, document.elements.size()), "a value names an element");
    for (const ValueId part : value.parts) demand(part < count, "a part is a value");
  }
}

void check_elements(const Document& document, size_t size) {
  const size_t count = document.values.size();
  for (const Element& element : document.elements) {
    demand(within(element.span, size) && within(element.name_span, size) &&
               within(element.extent, size),
           "the spans of an element lie in the file");
    demand(element.scope < document.scopes.size(), "an element has a scope");
    demand(names_one(element.value, count), "the value of an element is one");
    for (const Input& input : element.inputs) {
      demand(within(input.span, size) && within(input.extent, size),
             "the spans of an input lie in the file");
      demand(names_one(input.value, count), "the value of an input is one");
    }
  }
}

void check_document(const Document& document, size_t size) {
  demand(!document.scopes.empty(), "the file is a scope");
  for (size_t i = 0; i < document.scopes.size(); ++i) {
    demand(within(document.scopes[i].span, size), "the span of a scope lies in the file");
    demand(i == 0 || document.scopes[i].parent < i, "a scope comes after the one around it");
  }
  check_values(document, size);
  check_elements(document, size);
  for (const Span& span : document.broken) demand(within(span, size), "broken text is in the file");
  if (const auto bytes = document_bytes(document)) {
    const auto again = document_from(*bytes);
    demand(again.has_value(), "what was written for the cache is read back");
    demand(document_bytes(*again) == *bytes, "and is the same");
  }
}

void check_file(const char* path, std::string_view input) {
  const SourceFile file = make_source_file(path, std::string(input));
  demand(file.text.size() < UINT32_MAX, "offsets have 32 bits");
  const LanguageRow* row = language_of(path);
  demand(row != nullptr, "the path has a reader");
  check_document(parse(file, *row), file.bytes.size());
}

void check_spans(const Outline& outline, size_t size) {
  for (const Mention& m : outline.mentions)
    demand(within(m.span, size) && within(m.whole, size), "a mention lies in the text");
  for (const Statement& s : outline.statements)
    demand(within(s.span, size) && within(s.block, size) && within(s.value, size) &&
               names_one(s.parent, outline.statements.size()),
           "a statement lies in the text");
  for (const Guard& guard : outline.guards) {
    demand(names_one(guard.statement, outline.statements.size()), "a guard is a statement");
    for (const Span& test : guard.tests) demand(within(test, size), "a test lies in the text");
  }
  for (const Choice& c : outline.choices)
    demand(
        within(c.whole, size) && within(c.test, size) && within(c.yes, size) && within(c.no, size),
        "a choice lies in the text");
  for (const Conjunction& c : outline.conjunctions)
    demand(within(c.whole, size) && within(c.branch, size), "a conjunction lies in the text");
  for (const ListedText& t : outline.listed)
    demand(within(t.span, size) && within(t.extent, size), "a listed text lies in the text");
  for (const ImportedName& i : outline.imports)
    demand(names_one(i.statement, outline.statements.size()) && within(i.extent, size),
           "an imported name lies in the text");
}

void outline_in(std::string_view language, std::string_view input) {
  const auto outline = outline_of(input, language);
  if (!outline) return;
  check_spans(*outline, input.size());
  for (uint32_t at = 0; at < input.size(); at += 7) {
    const uint32_t found = outline->statement_at({at, at});
    demand(names_one(found, outline->statements.size()), "what stands there is a statement");
  }
}

template <class Take>
void for_each_line(std::string_view input, const Take& take) {
  while (!input.empty()) take(take_line(input));
}

void fuzz_attributes(std::string_view input) {
  Attributes attributes;
  attributes.add("", input);
  attributes.add("src", input);
  for_each_line(input, [&](std::string_view line) {
    (void)attributes.generated(line);
    (void)attributes.vendored(line);
  });
  (void)attributes.generated("src/app/main.py");
}

// The first line is the pattern, each later one a path.
void fuzz_glob(std::string_view input) {
  const auto glob = Glob::parse(take_line(input));
  if (!glob) return;
  for_each_line(input, [&](std::string_view path) {
    const bool fits = glob->matches(path);
    demand(!fits || glob->covers(path), "what fits is covered");
    (void)glob->matches(path, true);
  });
}

void fuzz_encoding(std::string_view input) {
  const Encoding encoding = detect_encoding(input);
  const DecodedText decoded = decode(input, encoding);
  demand(encoding == Encoding::latin1 || encoding == Encoding::utf16_le ||
             encoding == Encoding::utf16_be || decoded.text == input,
         "UTF-8 is left as it is");
  demand(decoded.map.empty() || is_valid_utf8(decoded.text), "decoded text is UTF-8");
  uint32_t before = 0;
  for (uint32_t i = 0; i <= decoded.text.size(); ++i) {
    const uint32_t at = decoded.map.to_bytes(i);
    demand(at >= before && at <= input.size(), "offsets lead into the bytes, in order");
    before = at;
  }
  if (encoding == Encoding::latin1) demand(encode(decoded.text, encoding) == input, "and back");
}

void fuzz_text(std::string_view input) {
  static const auto rules = load_embedded_rules();
  static const Matcher matcher(*rules);
  for (const Candidate& candidate : matcher.match_text(input))
    demand(within(candidate.span, input.size()), "a candidate lies in the text");
}

// table: targets of readers
constexpr std::array<Target, 23> table{{
    {"python", [](std::string_view input) { check_file("app.py", input); }},
    {"javascript", [](std::string_view input) { check_file("app.js", input); }},
    {"typescript", [](std::string_view input) { check_file("app.ts", input); }},
    {"tsx", [](std::string_view input) { check_file("app.tsx", input); }},
    {"markup", [](std::string_view input) { check_file("app.vue", input); }},
    {"terraform", [](std::string_view input) { check_file("main.tf", input); }},
    {"tfvars", [](std::string_view input) { check_file("a.tfvars", input); }},
    {"terraform-json", [](std::string_view input) { check_file("main.tf.json", input); }},
    {"bicep", [](std::string_view input) { check_file("main.bicep", input); }},
    {"bicepparam", [](std::string_view input) { check_file("main.bicepparam", input); }},
    {"dotenv", [](std::string_view input) { check_file(".env", input); }},
    {"json", [](std::string_view input) { check_file("appsettings.json", input); }},
    {"arm", [](std::string_view input) { check_file("azuredeploy.json", input); }},
    {"package", [](std::string_view input) { check_file("package.json", input); }},
    {"yaml", [](std::string_view input) { check_file("values.yaml", input); }},
    {"workflow", [](std::string_view input) { check_file(".github/workflows/ci.yml", input); }},
    {"compose", [](std::string_view input) { check_file("docker-compose.yml", input); }},
    {"outline-python", [](std::string_view input) { outline_in("python", input); }},
    {"outline-typescript", [](std::string_view input) { outline_in("typescript", input); }},
    {"attributes", fuzz_attributes},
    {"glob", fuzz_glob},
    {"encoding", fuzz_encoding},
    {"text", fuzz_text},
}};

}  // namespace

std::span<const Target> targets() {
  return table;
}

}  // namespace keyless::fuzz
