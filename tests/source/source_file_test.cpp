#include "source/source_file.h"

#include "base/line_index.h"
#include "base/memory_file_system.h"
#include "catch.h"

namespace keyless {
namespace {

using namespace std::string_literals;

SkipReason refused(const MemoryFileSystem& files, const std::string& path) {
  const auto file = read_source_file(files, Attributes(), {path, true, 0, {}});
  REQUIRE_FALSE(file);
  return file.error();
}

std::string utf16_le(const std::string& ascii) {
  std::string bytes = "\xFF\xFE";
  for (const char c : ascii) bytes += {c, '\0'};
  return bytes;
}

}  // namespace

TEST_CASE("what cannot be read is told apart") {
  MemoryFileSystem files;
  files.add("large.py", std::string((4U << 20U) + 1, 'x'));
  files.add("large.json", std::string((4U << 20U) + 1, ' '));
  files.add("huge.json", std::string((32U << 20U) + 1, ' '));
  files.add("picture.png", "PNG\0"s + std::string(5U << 20U, 'x'));
  files.add("utf32.txt", "\xFF\xFE\0\0k\0\0\0"s);
  files.add("late.bin", std::string(8192, 'x') + '\0');
  files.add_link("link.py");
  files.add_other("pipe");
  files.add("locked.py", "x");
  files.fail_reading("locked.py", FileProblem::denied);
  CHECK(refused(files, "large.py") == SkipReason::too_large);
  CHECK(read_source_file(files, Attributes(), {"large.json", true, 0, {}}));
  CHECK(refused(files, "huge.json") == SkipReason::too_large);
  CHECK(refused(files, "picture.png") == SkipReason::binary);
  CHECK(refused(files, "utf32.txt") == SkipReason::binary);
  CHECK(read_source_file(files, Attributes(), {"late.bin", true, 0, {}}));
  CHECK(refused(files, "link.py") == SkipReason::link);
  CHECK(refused(files, "pipe") == SkipReason::not_regular);
  CHECK(refused(files, "locked.py") == SkipReason::unreadable);
  CHECK(refused(files, "gone.py") == SkipReason::missing);
}

TEST_CASE("the rows of the reasons stand in the order of the enum") {
  for (size_t i = 0; i < skip_reason_count; ++i) {
    CHECK(static_cast<size_t>(skip_reasons()[i].reason) == i);
    CHECK_FALSE(skip_reasons()[i].text.empty());
  }
  SkipCounts counts;
  counts.add(SkipReason::link, 2);
  SkipCounts more;
  more.add(SkipReason::link);
  more.add(SkipReason::binary);
  counts.add(more);
  CHECK(counts[SkipReason::link] == 3);
  CHECK(counts.total() == 4);
}

TEST_CASE("a search sees the text of UTF-16 files and the bytes of all others") {
  MemoryFileSystem files;
  files.add("wide.env", utf16_le("AZURE_OPENAI_API_KEY=1"));
  files.add("latin.env", "# caf\xE9\nAZURE_OPENAI_API_KEY=1");
  const Attributes none;
  SourceReader reader(files, none);
  const FileEntry wide{"wide.env", false, 0, {}};
  CHECK(reader.peek(wide).value() ==
        "\xEF\xBB\xBF"
        "AZURE_OPENAI_API_KEY=1");
  const SourceFile file = reader.take(wide);
  CHECK(file.encoding == Encoding::utf16_le);
  CHECK(file.bytes.size() == 46);
  CHECK_FALSE(file.tracked);
  const auto at = static_cast<uint32_t>(file.text.find("KEY"));
  CHECK(file.map.to_bytes(Span{at, at + 3}) == Span{36, 42});
  CHECK(file.bytes.substr(36, 6) == "K\0E\0Y\0"s);

  CHECK(reader.peek({"latin.env", true, 0, {}}).value() == "# caf\xE9\nAZURE_OPENAI_API_KEY=1");
  const SourceFile latin = reader.take({"latin.env", true, 0, {}});
  CHECK(latin.text == "# caf\xC3\xA9\nAZURE_OPENAI_API_KEY=1");
  CHECK(latin.map.to_bytes(static_cast<uint32_t>(latin.text.find("AZURE"))) == 7);
}

TEST_CASE("positions of every encoding are those an editor shows") {
  const std::string text = "first\r\nkey\r\n";
  for (const std::string& bytes : {text, "\xEF\xBB\xBF" + text, utf16_le(text)}) {
    const SourceFile file = make_source_file("a.env", bytes);
    const LineIndex lines(file.text, file.map);
    const uint32_t step = file.encoding == Encoding::utf16_le ? 2 : 1;
    const auto key = static_cast<uint32_t>(bytes.find('k'));
    CHECK(lines.at(key) == Position{2, 1, 1});
    CHECK(lines.at(key + step) == Position{2, 2, 2});
    const Span line = lines.line_in_text(2);
    CHECK(file.text.substr(line.begin, line.size()) == "key");
  }
}

}  // namespace keyless
