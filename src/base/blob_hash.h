// The name Git gives to a file's bytes: what an `index` line of a patch and the index itself show.
// Promises the same name as `git hash-object --no-filters`; it is no protection of what is named.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace keyless {

enum class BlobHash : uint8_t { sha1, sha256 };

// The kind that a repository uses, by the length of one of its names in hex digits.
inline BlobHash blob_hash_of(std::string_view name) {
  constexpr size_t sha256_digits = 64;
  return name.size() == sha256_digits ? BlobHash::sha256 : BlobHash::sha1;
}

// 40 or 64 hex digits.
std::string blob_name(std::string_view bytes, BlobHash kind);

// True for the bytes that `name` names, also when they were checked out with CRLF for LF.
bool is_named(std::string_view bytes, std::string_view name);

}  // namespace keyless
