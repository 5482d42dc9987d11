#include "output/consumers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/json_text.h"
#include "output/json.h"
#include "output/printable.h"

namespace keyless {

namespace {

// table: words for the states, in order
constexpr std::array<std::string_view, 7> state_names{
    "key", "dual-mode", "cannot-migrate", "open", "expired", "keyless", "ledger"};

std::string consumer_line(const AccountConsumer& consumer) {
  std::string place = consumer.name;
  if (consumer.line > 0) place += ":" + std::to_string(consumer.line);
  std::string text = fmt::format("  {:<15} {}  {}", to_string(consumer.state), printable(place),
                                 printable(consumer.what));
  if (!consumer.owner.empty())
    text += fmt::format(" ({}, until {})", printable(consumer.owner), printable(consumer.until));
  return text + "\n";
}

void write_consumer_json(JsonText& json, const AccountConsumer& consumer) {
  json.compact_next();
  json.begin_object();
  json.member("state", to_string(consumer.state));
  json.member("name", consumer.name);
  json.member("line", consumer.line);
  json.member("what", consumer.what);
  json.member("owner", consumer.owner);
  json.member("until", consumer.until);
  json.end_object();
}

void write_account_json(JsonText& json, const ConsumerAccount& row) {
  json.begin_object();
  json.member("id", row.id);
  json.member("known", row.known);
  json.member("service", row.service);
  json.member("place", row.place);
  json.member("safe", is_safe(row));
  json.key("consumers");
  json.begin_array();
  for (const AccountConsumer& consumer : row.consumers) write_consumer_json(json, consumer);
  json.end_array();
  json.end_object();
}

}  // namespace

std::string_view to_string(ConsumerState state) {
  return state_names[static_cast<size_t>(state)];
}

bool is_safe(const ConsumerAccount& row) {
  return !row.consumers.empty() &&
         std::ranges::none_of(row.consumers, [](const AccountConsumer& consumer) {
           return blocks_lock(consumer.state);
         });
}

bool is_safe(const Consumers& consumers) {
  return !consumers.accounts.empty() &&
         std::ranges::all_of(consumers.accounts,
                             [](const ConsumerAccount& row) { return is_safe(row); });
}

std::string write_consumers_text(const Consumers& consumers) {
  if (consumers.accounts.empty()) return "no account, key or keyless caller is known here\n";
  std::string text;
  for (const ConsumerAccount& row : consumers.accounts) {
    const std::string place = row.place.empty() ? "" : " in " + printable(row.place);
    const std::string_view verdict = is_safe(row)            ? "safe to lock"
                                     : row.consumers.empty() ? "not safe: no consumer is known"
                                                             : "not safe to lock";
    text += fmt::format("{}{}: {}\n", printable(row.label), place, verdict);
    for (const AccountConsumer& consumer : row.consumers) text += consumer_line(consumer);
  }
  return text;
}

std::string write_consumers_json(const Consumers& consumers) {
  JsonText json;
  json.begin_object();
  json.member("schema", "keyless/1");
  write_tool_json(json, consumers.version);
  json.key("roots");
  json.begin_array();
  for (const ConsumerRoot& root : consumers.roots) {
    json.compact_next();
    json.begin_object();
    json.member("id", root.id);
    json.member("commit", root.commit);
    json.member("committed", root.committed);
    json.end_object();
  }
  json.end_array();
  json.key("accounts");
  json.begin_array();
  for (const ConsumerAccount& row : consumers.accounts) write_account_json(json, row);
  json.end_array();
  json.end_object();
  return json.take();
}

}  // namespace keyless
