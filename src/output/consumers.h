// Consumers: who still uses the keys of which account, as far as anybody knows.
// Says `safe` only on positive evidence: no known consumer is not the same as no consumer.
//
// The JSON form is keyless/1, cut to accounts and consumers:
//   schema    "keyless/1"            tool {name, version}
//   roots     [{id, commit, committed}]     committed: the day, YYYY-MM-DD; "" outside Git
//   accounts  [{id, known, service, place, safe, consumers: [{state, name, line, what, owner,
//             until}]}]              id: an account's node, or a key's root where the account is
//             unknown; name: the path of the place, or the ledger's name; line: 0 for the ledger;
//             state: key | dual-mode | cannot-migrate | open | expired | keyless | ledger
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace keyless {

// The worst first. What keeps an account from being locked ends with `expired`.
enum class ConsumerState : uint8_t {
  key,
  dual_mode,       // takes a key or a token
  cannot_migrate,  // the product accepts only keys
  open,            // the key is handed on, and nobody here knows to whom
  expired,         // in the ledger, but not any more
  keyless,
  ledger,  // known by the ledger, with an owner, for a while
};
std::string_view to_string(ConsumerState state);
inline bool blocks_lock(ConsumerState state) {
  return state <= ConsumerState::expired;
}

struct AccountConsumer {
  ConsumerState state = ConsumerState::open;
  std::string name;   // shown path, or the name in the ledger
  uint32_t line = 0;  // 1-based; 0 for the ledger
  std::string what;   // rule, or the reason in words
  std::string owner;  // ledger only
  std::string until;  // ledger only, YYYY-MM-DD
};

struct ConsumerAccount {
  std::string id;
  std::string label;   // for people
  bool known = false;  // an account; false: a key whose account is not in sight
  std::string service;
  std::string place;                       // "path:line"; "" when only the ledger names it
  std::vector<AccountConsumer> consumers;  // sorted by state, name, line
};
bool is_safe(const ConsumerAccount& row);

struct ConsumerRoot {
  std::string id, commit, committed;
};

struct Consumers {
  std::string version;  // of the tool
  std::vector<ConsumerRoot> roots;
  std::vector<ConsumerAccount> accounts;
};
// All of them are, and there is one.
bool is_safe(const Consumers& consumers);

std::string write_consumers_text(const Consumers& consumers);
std::string write_consumers_json(const Consumers& consumers);

}  // namespace keyless
