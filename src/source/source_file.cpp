#include "source/source_file.h"

#include "base/text.h"
#include "source/marks.h"

namespace keyless {
namespace {

constexpr size_t largest_file = 4U << 20U;
constexpr size_t largest_json = 32U << 20U;

bool is_text(std::string_view head) {
  return has_utf16_bom(head) || head.find('\0') == std::string_view::npos;
}

SkipReason reason_of(FileProblem problem) {
  switch (problem) {
    case FileProblem::missing:
      return SkipReason::missing;
    case FileProblem::link:
      return SkipReason::link;
    case FileProblem::not_regular:
      return SkipReason::not_regular;
    case FileProblem::rejected:
      return SkipReason::binary;
    case FileProblem::too_large:
      return SkipReason::too_large;
    case FileProblem::bad_path:
    case FileProblem::denied:
    case FileProblem::exists:
    case FileProblem::io_error:
      break;
  }
  return SkipReason::unreadable;
}

SourceFile decoded_file(std::string path, std::string bytes, const Attributes& attributes) {
  SourceFile file;
  file.path = std::move(path);
  file.bytes = std::move(bytes);
  file.encoding = detect_encoding(file.bytes);
  DecodedText decoded = decode(file.bytes, file.encoding);
  file.text = std::move(decoded.text);
  file.map = std::move(decoded.map);
  file.generated = is_generated(file.path, file.text, attributes);
  file.vendored = is_vendored(file.path, attributes);
  file.test_code = is_test_code(file.path);
  return file;
}

}  // namespace

size_t size_cap(std::string_view path) {
  const std::string name = to_lower(after_last(path, '/'));
  // .tfstate and .ipynb are JSON under another name.
  const bool json = name.ends_with(".json") || name.ends_with(".jsonc") ||
                    name.ends_with(".tfstate") || name.ends_with(".ipynb");
  return json ? largest_json : largest_file;
}

ReadResult<std::string_view> SourceReader::peek(const FileEntry& entry) {
  bytes_ = {};
  const auto bytes = files_.read_into(entry.path, {size_cap(entry.path), is_text}, buffer_);
  if (!bytes) return tl::unexpected(reason_of(bytes.error()));
  bytes_ = *bytes;
  if (!has_utf16_bom(bytes_)) return bytes_;
  decoded_ = decode(bytes_, detect_encoding(bytes_)).text;
  return std::string_view(decoded_);
}

SourceFile SourceReader::take(const FileEntry& entry) const {
  SourceFile file = decoded_file(entry.path, std::string(bytes_), attributes_);
  file.tracked = entry.tracked;
  return file;
}

ReadResult<SourceFile> SourceReader::read(const FileEntry& entry) {
  if (const auto seen = peek(entry); !seen) return tl::unexpected(seen.error());
  return take(entry);
}

ReadResult<SourceFile> read_source_file(const FileSystem& files, const Attributes& attributes,
                                        const FileEntry& entry) {
  return SourceReader(files, attributes).read(entry);
}

SourceFile make_source_file(std::string path, std::string bytes) {
  return decoded_file(std::move(path), std::move(bytes), Attributes());
}

}  // namespace keyless
