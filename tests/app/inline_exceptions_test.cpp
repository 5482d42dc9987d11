#include "app/inline_exceptions.h"

#include "app/exceptions.h"
#include "catch.h"

namespace keyless {
namespace {

std::vector<InlineException> read(const std::string& text, std::string_view language = "python") {
  return inline_exceptions(make_source_file("a.py", text), language);
}

const std::string whole = "keyless: ignore[a-rule] until=2027-03-31 owner=team ticket=X-1 it moves";

PlacedException placed(const std::string& path, const std::string& words) {
  return {path, read("# " + words + "\n").front()};
}

}  // namespace

TEST_CASE("an exception in a comment says rule, day, owner, ticket and reason") {
  const auto found = read("x = 1\nf(k)  # " + whole + "\n");
  REQUIRE(found.size() == 1);
  const InlineException& one = found.front();
  CHECK(one.problem.empty());
  CHECK(one.rule == "a-rule");
  CHECK(one.until == "2027-03-31");
  CHECK(one.owner == "team");
  CHECK(one.ticket == "X-1");
  CHECK(one.reason == "it moves");
  CHECK(one.line == 2);
  CHECK(one.target == 2);
}

TEST_CASE("alone on its line it speaks of the next one that is no comment") {
  CHECK(read("# " + whole + "\nf(k)\n").front().target == 2);
  CHECK(read("# " + whole + "\n# more words\nf(k)\n").front().target == 3);
  CHECK(read("/* " + whole + " */\nf(k)\n", "typescript").front().target == 2);
  CHECK(read("/* " + whole + " */\n", "typescript").front().reason == "it moves");
}

TEST_CASE("what an exception lacks is said") {
  const auto problem = [](const std::string& words) {
    return read("# keyless: ignore[" + words + "\n").front().problem;
  };
  CHECK(problem("a-rule] owner=a ticket=b c") == "lacks until=");
  CHECK(problem("a-rule] until=tomorrow owner=a ticket=b c").find("no date") != std::string::npos);
  CHECK(problem("a-rule] until=2027-02-30 owner=a ticket=b c").find("no date") !=
        std::string::npos);
  CHECK(problem("a-rule] until=2027-03-31 ticket=b c") == "lacks owner=");
  CHECK(problem("a-rule] until=2027-03-31 owner=a c") == "lacks ticket=");
  CHECK(problem("a-rule] until=2027-03-31 owner=a ticket=b") == "lacks a reason");
  CHECK(problem("] until=2027-03-31 owner=a ticket=b c") == "names no rule");
  CHECK(problem("a-rule until=2027-03-31") == "lacks the closing bracket");
}

TEST_CASE("it has to stand at the start of a comment") {
  CHECK(read("x = '# " + whole + "'\n").empty());
  CHECK(read("# see " + whole + "\n").empty());
  CHECK(read("\"\"\"\n# " + whole + "\n\"\"\"\n").empty());
}

TEST_CASE("in a comparison only what the base has too is known") {
  const std::string later =
      "keyless: ignore[a-rule] until=2028-01-01 owner=team ticket=X-1 it moves";
  const std::string sooner =
      "keyless: ignore[a-rule] until=2027-01-01 owner=team ticket=X-2 otherwise";
  const auto sorted = [](std::vector<PlacedException> before, std::vector<PlacedException> after) {
    const SortedExceptions all = compare_exceptions(before, after);
    return std::pair(all.known.size(), all.added.size());
  };
  using Counts = std::pair<size_t, size_t>;
  CHECK(sorted({placed("a.py", whole)}, {placed("a.py", whole)}) == Counts{1, 0});
  CHECK(sorted({placed("a.py", whole)}, {placed("a.py", sooner)}) == Counts{1, 0});
  CHECK(sorted({placed("a.py", whole)}, {placed("a.py", later)}) == Counts{0, 1});
  CHECK(sorted({placed("a.py", whole)}, {placed("b.py", whole)}) == Counts{1, 0});
  CHECK(sorted({placed("a.py", whole)}, {placed("b.py", sooner)}) == Counts{0, 1});
  CHECK(sorted({placed("a.py", whole)}, {placed("a.py", whole), placed("a.py", whole)}) ==
        Counts{1, 1});
  CHECK(sorted({placed("a.py", whole)}, {placed("a.py", whole), placed("b.py", whole)}) ==
        Counts{1, 1});
}

}  // namespace keyless
