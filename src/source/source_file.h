// SourceFile: one file read, decoded to UTF-8 and marked.
// Promises that bytes are the file's own and that `map` leads from every text offset back to them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/file_system.h"
#include "base/offset_map.h"
#include "base/utf.h"
#include "source/attributes.h"
#include "source/file_set.h"
#include "source/skip_reason.h"

namespace keyless {

struct SourceFile {
  std::string path;   // root-relative, '/'
  std::string bytes;  // original
  std::string text;   // UTF-8: the bytes unless decoded; a BOM stays in place
  Encoding encoding = Encoding::utf8;
  OffsetMap map;  // text offset -> byte offset; identity when empty
  bool tracked = true;
  bool generated = false;  // read and reported, never edited
  bool vendored = false;   // likewise
  bool test_code = false;
};

template <class T>
using ReadResult = tl::expected<T, SkipReason>;

// Bytes a file of this name may have: 4 MB, JSON 32 MB.
size_t size_cap(std::string_view path);

// Reads file after file into one buffer; one reader per thread.
class SourceReader {
 public:
  // Both must outlive the reader.
  SourceReader(const FileSystem& files, const Attributes& attributes)
      : files_(files), attributes_(attributes) {}

  [[nodiscard]] const FileSystem& files() const { return files_; }

  // What a search for ASCII text may look at: the bytes, or the text of a UTF-16 file. Lives until
  // the next call.
  ReadResult<std::string_view> peek(const FileEntry& entry);
  // Of the file last peeked at, as long.
  [[nodiscard]] std::string_view bytes() const { return bytes_; }
  // The file last peeked at, whole.
  [[nodiscard]] SourceFile take(const FileEntry& entry) const;

  ReadResult<SourceFile> read(const FileEntry& entry);

 private:
  const FileSystem& files_;
  const Attributes& attributes_;
  ReadBuffer buffer_;
  std::string_view bytes_;
  std::string decoded_;
};

// One file, for callers that read few.
ReadResult<SourceFile> read_source_file(const FileSystem& files, const Attributes& attributes,
                                        const FileEntry& entry);

// A SourceFile from bytes at hand (tests, standard input): decoded and marked, nothing read.
SourceFile make_source_file(std::string path, std::string bytes);

}  // namespace keyless
