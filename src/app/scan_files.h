// scan_files: the parallel part of a run: read, search and parse files of one root.
// Results stand by index, so any number of threads gives the same output.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/cache.h"
#include "app/inline_exceptions.h"
#include "app/options.h"
#include "lineage/project.h"
#include "match/matcher.h"
#include "match/prefilter.h"
#include "output/report.h"
#include "source/source_file.h"

namespace keyless {

// Everything one file says and every candidate in it. `cache` may be null.
ProjectFile read_project_file(const SourceFile& source, const Matcher& matcher, int wave,
                              Cache* cache = nullptr);

// What became of one file in one wave.
struct ScannedFile {
  enum class State : uint8_t { skipped, searched, parsed } state = State::searched;
  SkipReason skip = SkipReason::missing;  // when skipped
  uint64_t bytes = 0;
  ProjectFile file;                         // when parsed
  std::vector<InlineException> exceptions;  // when parsed
  // For a comparison: what Git calls the bytes, "" when it was not asked for, and the marks.
  std::string blob;
  bool generated = false;
  bool vendored = false;
};

// Decides from the text alone whether a file is to be parsed.
using Selects = std::function<bool(const FileEntry& entry, std::string_view text)>;

// What one wave reads, and how.
struct Wave {
  const FileSystem& files;
  const Attributes& attributes;
  const Matcher& matcher;
  int number = 1;
  unsigned threads = 0;
  Progress* progress = nullptr;  // may be null
  std::optional<BlobHash> compare;
  Cache* cache = nullptr;    // may be null
  Misses* misses = nullptr;  // files that it knows are not even read; may be null
};

// Reads every entry and parses those that `selects` picks; results by index of `entries`.
std::vector<ScannedFile> scan_files(const Wave& wave, const std::vector<FileEntry>& entries,
                                    const Selects& selects);

// The text, lines and hashes of files that the report names.
std::map<std::string, ReportFile> read_report_files(const FileSystem& files,
                                                    const Attributes& attributes,
                                                    const std::vector<std::string>& paths);

}  // namespace keyless
