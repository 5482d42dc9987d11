#include "app/cache.h"

#include <fmt/format.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "base/build_id.h"
#include "base/hash.h"
#include "syntax/document_bytes.h"

namespace keyless {
namespace {

constexpr int64_t most_bytes = int64_t{512} << 20U;
constexpr size_t most_row_bytes = size_t{8} << 20U;
constexpr size_t digest_size = 32;
constexpr int wait_ms = 2000;

// The scan goes on without a cache, and says so.
tl::unexpected<Diagnostic> unused(const std::string& path, std::string_view why,
                                  std::string_view mend) {
  return fail(Diagnostic{Problem::note, path, 0, "no cache is used: it " + std::string(why),
                         std::string(mend)});
}

// Nobody else may decide what a scan reads. `folder`, or else the database in it.
Result<void> check_owner(const std::string& path, bool folder) {
  struct stat status{};
  if (lstat(path.c_str(), &status) != 0) return unused(path, "cannot be read", {});
  constexpr mode_t of_others = S_IWGRP | S_IWOTH;
  const bool right_kind = folder ? S_ISDIR(status.st_mode) : S_ISREG(status.st_mode);
  if (!right_kind || status.st_uid != geteuid() || (status.st_mode & of_others) != 0)
    return unused(path, "is a link, or belongs to others, or can be written by them",
                  "name a folder that only you can write to");
  return {};
}

bool lies_in(const std::filesystem::path& inner, const std::filesystem::path& outer) {
  const auto [in, out] = std::mismatch(inner.begin(), inner.end(), outer.begin(), outer.end());
  return out == outer.end();
}

bool run(sqlite3* database, const char* text) {
  return sqlite3_exec(database, text, nullptr, nullptr, nullptr) == SQLITE_OK;
}

// A row says what it holds; a bit that flipped on the disk is noticed.
std::string sealed(const std::string& key, const std::string& bytes) {
  return blake2b_hex(key + bytes, digest_size) + bytes;
}

std::optional<std::string> opened(const std::string& key, std::string_view row) {
  if (row.size() < 2 * digest_size) return std::nullopt;
  std::string bytes(row.substr(2 * digest_size));
  if (blake2b_hex(key + bytes, digest_size) != row.substr(0, 2 * digest_size)) return std::nullopt;
  return bytes;
}

void bind(sqlite3_stmt* statement, int index, const std::string& bytes) {
  sqlite3_bind_blob64(statement, index, bytes.data(), bytes.size(), SQLITE_STATIC);
}

}  // namespace

Result<std::unique_ptr<Cache>> Cache::open(const std::string& folder,
                                           const std::vector<Root>& roots) {
  std::error_code error;
  std::filesystem::create_directories(std::filesystem::path(folder).parent_path(), error);
  if (std::filesystem::create_directory(folder, error))
    std::filesystem::permissions(folder, std::filesystem::perms::owner_all, error);
  if (auto own = check_owner(folder, true); !own) return fail(own.error());
  const auto real = std::filesystem::canonical(folder, error);
  for (const Root& root : roots)
    if (lies_in(real, std::filesystem::weakly_canonical(root.folder, error)))
      return fail("--cache " + folder + " lies in a scanned folder", "name one outside");

  const std::string file = (real / "keyless.sqlite").string();
  if (std::filesystem::symlink_status(file, error).type() != std::filesystem::file_type::not_found)
    if (auto own = check_owner(file, false); !own) return fail(own.error());
  std::unique_ptr<Cache> cache(new Cache(build_id()));
  if (!cache->prepare(file)) return unused(file, "is no cache of keyless", "remove it");
  return cache;
}

bool Cache::prepare(const std::string& file) {
  constexpr int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOFOLLOW;
  const mode_t before = umask(077);
  const bool open = sqlite3_open_v2(file.c_str(), &database_, flags, nullptr) == SQLITE_OK;
  // The first statement makes the file.
  const bool ready = open && sqlite3_busy_timeout(database_, wait_ms) == SQLITE_OK &&
                     run(database_,
                         "PRAGMA synchronous=OFF; PRAGMA trusted_schema=OFF;"
                         "CREATE TABLE IF NOT EXISTS files(number INTEGER PRIMARY KEY, key BLOB "
                         "UNIQUE, row BLOB)");
  umask(before);
  return ready && sqlite3_prepare_v2(database_, "SELECT row FROM files WHERE key=?1", -1, &select_,
                                     nullptr) == SQLITE_OK;
}

Cache::~Cache() {
  sqlite3_finalize(select_);
  sqlite3_close(database_);
}

std::string Cache::key_of(const SourceFile& source) const {
  if (program_.empty()) return {};
  std::string all = program_ + '\0' + source.path + '\0';
  all += source.bytes;
  return blake2b_hex(all, digest_size);
}

// The row as it was written; "" when there is none.
std::string Cache::read(const std::string& key) {
  const std::lock_guard lock(mutex_);
  std::string row;
  bind(select_, 1, key);
  if (sqlite3_step(select_) == SQLITE_ROW) {
    const auto size = static_cast<size_t>(sqlite3_column_bytes(select_, 0));
    const void* bytes = sqlite3_column_blob(select_, 0);
    if (bytes != nullptr) row.assign(static_cast<const char*>(bytes), size);
  }
  sqlite3_reset(select_);
  return row;
}

std::optional<Document> Cache::find(const std::string& key) {
  if (key.empty()) return std::nullopt;
  const std::string row = read(key);
  if (row.empty()) return std::nullopt;
  const auto bytes = opened(key, row);
  auto document = bytes ? document_from(*bytes) : std::nullopt;
  const std::lock_guard lock(mutex_);
  ++(document ? known_ : odd_);
  return document;
}

void Cache::add(const std::string& key, const Document& document) {
  if (key.empty()) return;
  auto bytes = document_bytes(document);
  const bool keep = bytes && bytes->size() <= most_row_bytes;
  const std::lock_guard lock(mutex_);
  if (keep)
    added_.push_back({key, std::move(*bytes)});
  else
    ++secret_;
}

Misses& Cache::misses(const std::string& folder, const std::string& search) {
  const std::string key = blake2b_hex(program_ + '\0' + folder + '\0' + search, digest_size);
  for (const auto& known : misses_)
    if (known->search() == key) return *known;
  const std::string row = program_.empty() ? std::string() : read(key);
  const auto bytes = row.empty() ? std::nullopt : opened(key, row);
  if (!row.empty() && !bytes) ++odd_;
  misses_.push_back(std::make_unique<Misses>(key, bytes.value_or("")));
  return *misses_.back();
}

void Cache::save() {
  const std::lock_guard lock(mutex_);
  if (program_.empty()) return;
  for (const auto& misses : misses_)
    if (misses->changed()) added_.push_back({misses->search(), misses->bytes()});
  if (added_.empty() || !run(database_, "BEGIN IMMEDIATE")) return;
  sqlite3_stmt* insert = nullptr;
  sqlite3_prepare_v2(database_, "INSERT OR REPLACE INTO files(key, row) VALUES(?1, ?2)", -1,
                     &insert, nullptr);
  for (const Row& row : added_) {
    const std::string whole = sealed(row.key, row.bytes);
    bind(insert, 1, row.key);
    bind(insert, 2, whole);
    if (sqlite3_step(insert) == SQLITE_DONE) ++kept_;
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  added_.clear();
  const std::string trim = fmt::format(
      "DELETE FROM files WHERE (SELECT page_count * page_size FROM pragma_page_count, "
      "pragma_page_size) > {} AND number < (SELECT (min(number) + max(number)) / 2 FROM files)",
      most_bytes);
  run(database_, trim.c_str());
  run(database_, "COMMIT");
}

std::string Cache::summary() const {
  std::string text = fmt::format("cache: {} files known, {} new", known_, kept_);
  if (secret_ > 0) text += fmt::format(", {} not kept (they hold a key, or too much)", secret_);
  if (odd_ > 0) text += fmt::format(", {} ignored (not as they were written)", odd_);
  return text;
}

}  // namespace keyless
