#include "app/scan_files.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "match/carrier.h"
#include "output/line_hash.h"
#include "source/marks.h"
#include "syntax/languages.h"

namespace keyless {
namespace {

// A syntax error is said at its first line; everything around it was analysed.
void say_broken(Document& document, const SourceFile& source) {
  if (document.broken.empty()) return;
  const auto first =
      std::min_element(document.broken.begin(), document.broken.end(),
                       [](const Span& a, const Span& b) { return a.begin < b.begin; });
  document.diagnostics.push_back({Problem::incomplete,
                                  source.path,
                                  LineIndex(source.text, source.map).line(first->begin),
                                  "syntax not understood here: the rest of the file was analysed",
                                  {}});
}

// The name of the bytes as Git keeps them, where a checkout may have put CRLF for LF.
std::string name_of(std::string_view bytes, const FileEntry& entry, BlobHash kind) {
  if (!entry.blob.empty() && is_named(bytes, entry.blob)) return entry.blob;
  return blob_name(bytes, kind);
}

void mark(ScannedFile& result, const FileEntry& entry, std::string_view text, const Wave& wave) {
  result.generated = is_generated(entry.path, text, wave.attributes);
  result.vendored = is_vendored(entry.path, wave.attributes);
}

ScannedFile scan_one(SourceReader& reader, const FileEntry& entry, const Wave& wave,
                     const Selects& selects) {
  ScannedFile result;
  const auto stat =
      wave.misses == nullptr ? fail(FileProblem::missing) : reader.files().stat(entry.path);
  if (stat && wave.misses->know(entry.path, *stat)) {
    result.bytes = stat->size;
    // Not read, so what the index calls it has to do.
    if (wave.compare) {
      result.blob = entry.blob;
      mark(result, entry, {}, wave);
    }
    return result;
  }
  const auto text = reader.peek(entry);
  if (!text) {
    result.state = ScannedFile::State::skipped;
    result.skip = text.error();
    return result;
  }
  result.bytes = text->size();
  if (wave.compare) {
    result.blob = name_of(reader.bytes(), entry, *wave.compare);
    mark(result, entry, *text, wave);
  }
  if (!selects(entry, *text)) {
    if (stat && stat->size == text->size()) wave.misses->add(entry.path, *stat);
    return result;
  }
  result.state = ScannedFile::State::parsed;
  const SourceFile source = reader.take(entry);
  result.file = read_project_file(source, wave.matcher, wave.number, wave.cache);
  result.exceptions = inline_exceptions(source, result.file.document.language);
  return result;
}

Document lower(const SourceFile& source, const LanguageRow& row, Cache* cache) {
  const std::string key = cache == nullptr ? std::string() : cache->key_of(source);
  if (!key.empty())
    if (auto known = cache->find(key)) return std::move(*known);
  Document document = parse(source, row);
  say_broken(document, source);
  if (!key.empty()) cache->add(key, document);
  return document;
}

}  // namespace

ProjectFile read_project_file(const SourceFile& source, const Matcher& matcher, int wave,
                              Cache* cache) {
  ProjectFile file;
  if (const LanguageRow* row = language_of(source.path)) {
    file.document = lower(source, *row, cache);
  } else {
    file.document.path = source.path;
    file.document.language = "text";
    file.document.scopes[0].span = {0, static_cast<uint32_t>(source.bytes.size())};
  }
  file.candidates = matcher.match(file.document);
  for (Candidate& c : matcher.match_text(source.text)) {
    c.span = source.map.to_bytes(c.span);
    c.extent.span = source.map.to_bytes(c.extent.span);
    file.candidates.push_back(std::move(c));
  }
  file.carriers = carriers_of(file.document, matcher.rules().resources);
  file.tracked = source.tracked;
  file.generated = source.generated;
  file.vendored = source.vendored;
  file.test_code = source.test_code;
  file.wave = wave;
  return file;
}

std::vector<ScannedFile> scan_files(const Wave& wave, const std::vector<FileEntry>& entries,
                                    const Selects& selects) {
  Progress* progress = wave.progress;
  std::vector<ScannedFile> results(entries.size());
  std::atomic<size_t> next{0};
  if (progress != nullptr) progress->start("reading", entries.size());
  const auto work = [&] {
    SourceReader reader(wave.files, wave.attributes);
    for (size_t i = next++; i < entries.size(); i = next++) {
      results[i] = scan_one(reader, entries[i], wave, selects);
      if (progress != nullptr) ++progress->done;
    }
  };
  const unsigned wanted =
      wave.threads > 0 ? wave.threads : std::max(1U, std::thread::hardware_concurrency());
  const auto count = static_cast<unsigned>(std::min<size_t>(wanted, entries.size() / 4 + 1));
  std::vector<std::thread> others;
  for (unsigned i = 1; i < count; ++i) others.emplace_back(work);
  work();
  for (std::thread& thread : others) thread.join();
  return results;
}

std::map<std::string, ReportFile> read_report_files(const FileSystem& files,
                                                    const Attributes& attributes,
                                                    const std::vector<std::string>& paths) {
  std::map<std::string, ReportFile> all;
  SourceReader reader(files, attributes);
  for (const std::string& path : paths) {
    FileEntry entry;
    entry.path = path;
    const auto source = reader.read(entry);
    if (!source) continue;
    ReportFile& file = all[path];
    file.lines = LineIndex(source->text, source->map);
    file.text = mask_keys(source->text);
    file.line_hashes = line_hashes(source->text);
  }
  return all;
}

}  // namespace keyless
