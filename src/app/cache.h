// Cache: lowered files between runs, by path, content and the program that lowered them.
// Promises to hold no secret, to change no result, and to be left alone when anything about it is odd.
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/misses.h"
#include "base/result.h"
#include "source/root.h"
#include "source/source_file.h"
#include "syntax/document.h"

struct sqlite3;
struct sqlite3_stmt;

namespace keyless {

class Cache {
 public:
  // Makes the folder if it is not there. Fails when it lies in one of `roots`. A folder or file that
  // others own or may write to, who could so choose what a scan finds, is a problem of the kind
  // `note`: nothing stops the scan from going on without.
  static Result<std::unique_ptr<Cache>> open(const std::string& folder,
                                             const std::vector<Root>& roots);
  ~Cache();
  Cache(const Cache&) = delete;
  Cache& operator=(const Cache&) = delete;

  // Under which key a lowered file is kept: by path, content and this very program. "" where nothing
  // is kept.
  [[nodiscard]] std::string key_of(const SourceFile& source) const;
  // What was lowered under the key; any thread may ask.
  std::optional<Document> find(const std::string& key);
  // To be kept, once `save` is called; any thread may add.
  void add(const std::string& key, const Document& document);
  // The files below the folder in which the search found nothing; made once for each, lives as long
  // as the cache. Not for several threads.
  Misses& misses(const std::string& folder, const std::string& search);
  // Writes what was added, and forgets the oldest when there is too much. What cannot be written
  // is no error: it will be lowered again.
  void save();

  // "3 files known, 1 new, 1 not kept (a key in it)": for people.
  [[nodiscard]] std::string summary() const;

 private:
  struct Row {
    std::string key, bytes;
  };

  explicit Cache(std::string program) : program_(std::move(program)) {}
  std::string read(const std::string& key);
  [[nodiscard]] bool prepare(const std::string& file);

  std::string program_;
  std::mutex mutex_;  // of everything below
  sqlite3* database_ = nullptr;
  sqlite3_stmt* select_ = nullptr;
  std::vector<Row> added_;
  std::vector<std::unique_ptr<Misses>> misses_;
  size_t known_ = 0;
  size_t kept_ = 0;
  size_t secret_ = 0;
  size_t odd_ = 0;  // rows that do not hold what was written
};

}  // namespace keyless
