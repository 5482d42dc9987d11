// scan_files: the parallel part of a run: read, search and parse files of one root.
// Results stand by index, so any number of threads gives the same output.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/cache.h"
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
  ProjectFile file;  // when parsed
};

// Decides from the text alone whether a file is to be parsed.
using Selects = std::function<bool(const FileEntry& entry, std::string_view text)>;

// Reads every entry and parses those that `selects` picks; results by index of `entries`. Those
// that `misses` knows are not even read.
std::vector<ScannedFile> scan_files(const FileSystem& files, const Attributes& attributes,
                                    const std::vector<FileEntry>& entries, const Matcher& matcher,
                                    const Selects& selects, int wave, unsigned threads,
                                    Progress* progress, Cache* cache = nullptr,
                                    Misses* misses = nullptr);

// The text, lines and hashes of files that the report names.
std::map<std::string, ReportFile> read_report_files(const FileSystem& files,
                                                    const Attributes& attributes,
                                                    const std::vector<std::string>& paths);

}  // namespace keyless
