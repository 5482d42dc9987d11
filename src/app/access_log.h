// From the rows of exported logs to who still calls which account with a key.
// Promises that a text of a log is kept only in the shape its column has: a key never is.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "app/log_file.h"
#include "base/result.h"
#include "output/access_log.h"
#include "rule/runbook.h"

namespace keyless {

class AccessTally {
 public:
  // `words` must outlive the tally.
  explicit AccessTally(const LogWords& words);

  // Adds one file; `name` is how it is shown, `text` its bytes. Fails when it is no log.
  Result<void> add(std::string_view text, const std::string& name);
  // Everything added so far.
  AccessLog take();

 private:
  using Key =
      std::tuple<AccessKind, std::string, std::string, std::string, std::string, std::string>;
  struct Account {
    AccessAccount row;
    std::map<Key, AccessCaller> callers;
  };

  void add_row(const LogRow& row);
  void add_call(Account& account, const LogRow& row);
  void add_key_read(Account& account, const LogRow& row);
  Account& account_of(const LogRow& row);

  const LogWords& words_;
  std::vector<std::string> columns_;
  AccessLog log_;
  std::map<std::string, Account> accounts_;
  size_t callers_ = 0;
};

}  // namespace keyless
