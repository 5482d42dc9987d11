// AccessLog: what exported diagnostic logs say about the calls of accounts: with a key or a token.
// Holds only texts that were judged fit to be shown; a key or token of a log never gets here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keyless {

enum class AccessKind : uint8_t {
  key,      // answered, without an identity
  refused,  // 401 or 403: a key that is off, or a token without a role
  unknown,  // the log does not have what would tell
  token,    // answered, with an identity
};
std::string_view to_string(AccessKind kind);

// Calls that look alike.
struct AccessCaller {
  AccessKind kind = AccessKind::unknown;
  std::string address;     // as far as the log gives it
  std::string operation;   // "ChatCompletions_Create"
  std::string deployment;  // "" when the log has none
  std::string identity;    // object id of whom was refused; "" when nobody was known
  std::string status;
  uint64_t calls = 0;
  std::string first, last;  // UTC, "2026-11-24T10:00:00Z"; "" when the log does not say
};

struct AccessAccount {
  std::string name;
  std::string group;                                        // "" when the log does not say
  uint64_t keys = 0, refused = 0, unknown = 0, tokens = 0;  // calls
  uint64_t key_reads = 0;                                   // keys were listed or rotated
  std::string last_key_read;
  std::vector<AccessCaller> callers;  // without those with a token; the most calls first
};

struct AccessLogFile {
  std::string name;
  std::string format;  // "JSON lines", "JSON", "CSV"
  uint64_t records = 0;
  uint64_t unreadable = 0;        // lines, rows or elements
  uint32_t first_unreadable = 0;  // 1-based; line, or element of an array
};

struct AccessLog {
  std::vector<AccessLogFile> files;     // in the order given
  std::vector<AccessAccount> accounts;  // sorted by name, group
  uint64_t others = 0;                  // records of other categories
  uint64_t left_out = 0;                // calls counted above whose callers are too many to list
};

// Every call came with a token and was answered, there is one, and nothing was unreadable.
bool only_tokens(const AccessLog& log);

std::string write_access_log_markdown(const AccessLog& log);
// keyless-log/1
std::string write_access_log_json(const AccessLog& log);

}  // namespace keyless
