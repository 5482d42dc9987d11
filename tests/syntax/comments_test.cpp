#include "syntax/comments.h"

#include "catch.h"

namespace keyless {
namespace {

using Words = std::vector<std::string>;

// The words of each comment, with "!" in front where it stands alone.
Words words(const std::string& text, std::string_view language) {
  Words found;
  for (const Comment& comment : comments_of(text, language))
    found.push_back((comment.alone ? "!" : "") +
                    text.substr(comment.words.begin, comment.words.end - comment.words.begin));
  return found;
}

}  // namespace

TEST_CASE("comments of Python, and what only looks like one") {
  CHECK(words("# one\nx = 1  # two\n", "python") == Words{"!one", "two"});
  CHECK(words("x = '# no'\ny = \"a # no\"  # yes\n", "python") == Words{"yes"});
  CHECK(words("\"\"\"\n# no\n\"\"\"\n# yes\n", "python") == Words{"!yes"});
  CHECK(words("x = 'it\\'s # no'  # yes\n", "python") == Words{"yes"});
  CHECK(words("x = 'open\n# yes\n", "python") == Words{"!yes"});
}

TEST_CASE("comments of JavaScript and TypeScript") {
  CHECK(words("// one\nf() /* two */ // three\n", "typescript") == Words{"!one", "two", "three"});
  CHECK(words("/**\n * four\n */\n", "javascript") == Words{"!four"});
  CHECK(words("const u = 'https://x'; // yes\n", "javascript") == Words{"yes"});
  CHECK(words("const t = `\n// no\n`; // yes\n", "tsx") == Words{"yes"});
  CHECK(words("{/* in JSX */}\n", "tsx") == Words{"in JSX"});
}

TEST_CASE("comments of settings and infrastructure") {
  CHECK(words("a: 1 # one\nb: x#no\nc: 'y # no' # two\nd: don't # three\n", "yaml") ==
        Words{"one", "two", "three"});
  CHECK(words("A=1 # one\nB=x#no\nC=\"# no\"\n", "dotenv") == Words{"one"});
  CHECK(words("a = \"# no\" # one\n// two\n/* three */\n", "terraform") ==
        Words{"one", "!two", "!three"});
  CHECK(words("param a string = '// no' // one\nvar b = '''\n// no\n'''\n", "bicep") ==
        Words{"one"});
  CHECK(words("{\"a\": \"// no\" // one\n}\n", "json") == Words{"one"});
  CHECK(words("<!-- one -->\n<p>don't</p>\n<!-- two -->\n", "markup") == Words{"!one", "!two"});
}

TEST_CASE("of other files only comments at the start of a line are known") {
  CHECK(words("# one\nx # no\n; two\n-- three\n<!-- four -->\n", "text") ==
        Words{"!one", "!two", "!three", "!four"});
  CHECK(words("/* never closed", "typescript") == Words{"!never closed"});
  CHECK(words("", "python").empty());
}

}  // namespace keyless
