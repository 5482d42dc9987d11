#include "base/csv.h"

#include "catch.h"

using keyless::CsvReader;
using Rows = std::vector<std::vector<std::string>>;

namespace {

struct Read {
  Rows rows;
  std::vector<uint32_t> broken;  // lines
};

Read read(std::string_view text, size_t longest = 1000) {
  CsvReader reader(text, longest);
  Read all;
  std::vector<std::string> fields;
  while (true) {
    const CsvReader::Row got = reader.next(fields);
    if (got == CsvReader::Row::end) return all;
    if (got == CsvReader::Row::broken)
      all.broken.push_back(reader.line());
    else
      all.rows.push_back(fields);
  }
}

}  // namespace

TEST_CASE("CSV rows, quotes, line ends") {
  CHECK(read("").rows.empty());
  CHECK(read("a,b\r\n1,\r\n").rows == Rows{{"a", "b"}, {"1", ""}});
  CHECK(read("\n\na\n\nb").rows == Rows{{"a"}, {"b"}});
  CHECK(read("\"a,\"\"b\"\"\nc\",d\n").rows == Rows{{"a,\"b\"\nc", "d"}});
  CHECK(read("a\"b,c\n").rows == Rows{{"a\"b", "c"}});
  CHECK(read("\"\",\"\"").rows == Rows{{"", ""}});
}

TEST_CASE("what is no CSV row is counted, and the next line is read") {
  const Read behind = read("a,b\n\"x\"y,1\nc,d\n");
  CHECK(behind.rows == Rows{{"a", "b"}, {"c", "d"}});
  CHECK(behind.broken == std::vector<uint32_t>{2});
  const Read open = read("a,b\n1,\"x\nc,d\n");
  CHECK(open.rows == Rows{{"a", "b"}, {"c", "d"}});
  CHECK(open.broken == std::vector<uint32_t>{2});
  const Read lines = read("\"a\nb\",1\n\"x\"y\nc\n");
  CHECK(lines.rows == Rows{{"a\nb", "1"}, {"c"}});
  CHECK(lines.broken == std::vector<uint32_t>{3});
}

TEST_CASE("a CSV row has a bound") {
  const std::string wide(50, 'x');
  CHECK(read(wide + "\nb\n", 40).rows == Rows{{"b"}});
  CHECK(read("\"" + wide + "\"\nb\n", 40).broken == std::vector<uint32_t>{1});
  CHECK(read(wide + "\nb\n", 60).rows.size() == 2);
}
