#include "app/consumers_file.h"

#include "catch.h"
#include "output/consumers.h"

using keyless::AccountConsumer;
using keyless::ConsumerAccount;
using keyless::Consumers;
using keyless::ConsumerState;
using keyless::gap_in_evidence;

namespace {

const std::string today = "2026-06-15";

Consumers good() {
  Consumers all;
  all.roots = {{"shop", "c0ffee", "2026-05-16"}, {"infra", "beef", "2025-01-01"}};
  ConsumerAccount account;
  account.id = "account:.:azurerm_cognitive_account.openai";
  account.known = true;
  account.consumers = {
      {ConsumerState::keyless, "app.py", 4, "openai.AzureOpenAI", "", ""},
      {ConsumerState::ledger, "nightly export", 0, "moves in May", "data", "2026-06-15"}};
  all.accounts = {account};
  return all;
}

std::string gap(const Consumers& all) {
  const auto result = gap_in_evidence(write_consumers_json(all), "c.json", today);
  if (!result) FAIL(to_text(result.error()));
  return *result;
}

}  // namespace

TEST_CASE("evidence holds when all are keyless or in the ledger, and it is fresh") {
  CHECK(gap(good()).empty());
  CHECK(is_safe(good()));
}

TEST_CASE("evidence that lacks something says what") {
  Consumers old = good();
  old.roots[0].committed = "2026-05-15";
  CHECK(gap(old) == "the file of consumers is too old: its newest commit is of 2026-05-15");
  Consumers undated = good();
  undated.roots[1].committed = "";
  CHECK(gap(undated) ==
        "the file of consumers has a root without a commit, so its age is not known");
  Consumers rootless = good();
  rootless.roots.clear();
  CHECK(gap(rootless) == "the file of consumers has no root");
  Consumers none = good();
  none.accounts[0].consumers.clear();
  CHECK(gap(none) ==
        "the file of consumers knows none for account:.:azurerm_cognitive_account.openai");
  CHECK_FALSE(is_safe(none));
  Consumers empty = good();
  empty.accounts.clear();
  CHECK(gap(empty) == "the file of consumers knows no account");
  CHECK_FALSE(is_safe(empty));
}

TEST_CASE("one consumer that needs a key, or is not known, is a gap") {
  for (const ConsumerState state :
       {ConsumerState::key, ConsumerState::dual_mode, ConsumerState::cannot_migrate,
        ConsumerState::open, ConsumerState::expired}) {
    Consumers all = good();
    all.accounts[0].consumers.push_back({state, "web/a.ts", 1, "x", "", ""});
    CHECK(gap(all) == "1 consumers still need a key or are not known, the first is web/a.ts (" +
                          std::string(to_string(state)) + ")");
    CHECK_FALSE(is_safe(all));
  }
}

TEST_CASE("the dates of the ledger are judged again") {
  Consumers all = good();
  all.accounts[0].consumers[1].until = "2026-06-14";
  CHECK(gap(all).find("nightly export (ledger)") != std::string::npos);
  all.accounts[0].consumers[1].until = "9999";
  CHECK(gap(all).find("nightly export (ledger)") != std::string::npos);
}

TEST_CASE("what is no file of consumers is refused") {
  for (const std::string& text :
       {std::string(), std::string("[]"), std::string("{\"schema\": \"keyless/2\"}"),
        std::string("{\"schema\": \"keyless/1\", \"roots\": [], \"accounts\": {}}"),
        std::string(100'000, '[')}) {
    const auto result = gap_in_evidence(text, "c.json", today);
    REQUIRE_FALSE(result);
    CHECK(to_text(result.error()) ==
          "c.json: is not a file of consumers (write one with `keyless consumers --write FILE`)");
  }
  // A member of another kind than expected is no good consumer.
  const auto odd = gap_in_evidence(
      "{\"schema\": \"keyless/1\", \"roots\": [{\"committed\": \"2026-06-01\"}], "
      "\"accounts\": [{\"id\": 1, \"consumers\": [7]}]}",
      "c.json", today);
  REQUIRE(odd);
  CHECK_FALSE(odd->empty());
}
