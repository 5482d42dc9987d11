#include "app/access_log.h"

#include <re2/re2.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "app/json_input.h"
#include "base/redacted.h"
#include "base/text.h"

namespace keyless {

namespace {

constexpr size_t most_callers = 20'000;
constexpr size_t most_accounts = 2'000;
constexpr std::string_view not_shown = "(not shown)";

const std::string* column(const LogRow& row, const std::vector<std::string>& names) {
  for (const std::string& name : names)
    for (const auto& [key, value] : row)
      if (key == name) return &value;
  return nullptr;
}

std::string column_or_empty(const LogRow& row, const std::vector<std::string>& names) {
  const std::string* value = column(row, names);
  return value == nullptr ? std::string() : *value;
}

bool is_one_of(const std::vector<std::string>& words, std::string_view text) {
  return std::ranges::find(words, to_lower(trim(text))) != words.end();
}

// The text where it has the shape of its column, else that it is not shown: whoever writes a log
// may have put a key or a token into any of them.
std::string shown(std::string_view text, const re2::RE2& shape) {
  std::string trimmed(trim(text));
  if (trimmed.empty()) return {};
  if (re2::RE2::FullMatch(trimmed, shape) && !looks_like_key(trimmed)) return trimmed;
  return std::string(not_shown);
}

std::string shown_word(std::string_view text) {
  static const re2::RE2 shape(R"([A-Za-z0-9][A-Za-z0-9 _./:-]{0,79})");
  return shown(text, shape);
}

// As the log masks it: "10.0.0.***", "2001:db8::*".
std::string shown_address(std::string_view text) {
  static const re2::RE2 shape(R"([0-9A-Fa-f.:*xX]{2,45})");
  return shown(text, shape);
}

std::string shown_identity(std::string_view text) {
  static const re2::RE2 shape(R"([0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})");
  return shown(text, shape);
}

std::string shown_status(std::string_view text) {
  static const re2::RE2 shape(R"([0-9]{1,3})");
  return shown(text, shape);
}

std::string two_digits(int number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

// "2026-11-24T10:00:00.123Z", or as the portal exports it, "11/24/2026, 9:05:07.123 PM".
std::string time_of(std::string_view text) {
  static const re2::RE2 iso(R"((\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(\.\d+)?(Z|[+]00:00)?)");
  static const re2::RE2 portal(
      R"((\d{1,2})/(\d{1,2})/(\d{4}), (\d{1,2}):(\d\d):(\d\d)(\.\d+)? ([AP])M)");
  const std::string trimmed(trim(text));
  std::string day, time, half, fraction;
  if (re2::RE2::FullMatch(trimmed, iso, &day, &time)) return day + "T" + time + "Z";
  int month = 0, date = 0, year = 0, hour = 0, minute = 0, second = 0;
  if (!re2::RE2::FullMatch(trimmed, portal, &month, &date, &year, &hour, &minute, &second,
                           &fraction, &half))
    return {};
  if (month < 1 || month > 12 || date < 1 || date > 31 || hour < 1 || hour > 12) return {};
  hour = hour % 12 + (half == "P" ? 12 : 0);
  return std::to_string(year) + "-" + two_digits(month) + "-" + two_digits(date) + "T" +
         two_digits(hour) + ":" + two_digits(minute) + ":" + two_digits(second) + "Z";
}

// What the properties of a call say, which are JSON in a text.
struct Properties {
  std::string identity, deployment;
};

std::optional<Properties> properties_of(const LogRow& row, const LogWords& words) {
  const std::string* text = column(row, words.properties);
  if (text == nullptr) return std::nullopt;
  const auto json = json_input(*text);
  if (!json || !json->is_object()) return std::nullopt;
  Properties found;
  for (const auto& [name, value] : json->items()) {
    if (!value.is_string()) continue;
    const std::string key = to_lower(name);
    if (key == words.identity) found.identity = trim(value.get<std::string>());
    if (key == words.deployment) found.deployment = value.get<std::string>();
  }
  return found;
}

AccessKind kind_of(const std::optional<Properties>& properties, bool refused) {
  if (refused) return AccessKind::refused;
  if (!properties) return AccessKind::unknown;
  return properties->identity.empty() ? AccessKind::key : AccessKind::token;
}

void widen(std::string& first, std::string& last, const std::string& time) {
  if (time.empty()) return;
  if (first.empty() || time < first) first = time;
  if (last.empty() || time > last) last = time;
}

}  // namespace

AccessTally::AccessTally(const LogWords& words) : words_(words) {
  for (const auto* names : {&words.time, &words.account, &words.category, &words.operation,
                            &words.status, &words.address, &words.properties})
    columns_.insert(columns_.end(), names->begin(), names->end());
}

Result<void> AccessTally::add(std::string_view text, const std::string& name) {
  const auto reading = read_log(text, name, columns_, [&](const LogRow& row) { add_row(row); });
  if (!reading) return fail(reading.error());
  log_.files.push_back(
      {name, reading->format, reading->records, reading->unreadable, reading->first_unreadable});
  return {};
}

// "/subscriptions/S/resourceGroups/G/providers/Microsoft.CognitiveServices/accounts/N", or a name.
AccessTally::Account& AccessTally::account_of(const LogRow& row) {
  std::string id = to_lower(trim(column_or_empty(row, words_.account)));
  while (id.ends_with('/')) id.pop_back();
  auto at = accounts_.find(id);
  if (at == accounts_.end() && accounts_.size() >= most_accounts) {
    id = "further accounts";
    at = accounts_.find(id);
  }
  if (at != accounts_.end()) return at->second;
  Account account;
  const std::vector<std::string_view> parts = split(id, '/');
  account.row.name =
      id.empty() ? "an account that the log does not name" : shown_word(parts.back());
  for (size_t i = 0; i + 1 < parts.size(); ++i)
    if (parts[i] == "resourcegroups") account.row.group = shown_word(parts[i + 1]);
  return accounts_.emplace(std::move(id), std::move(account)).first->second;
}

void AccessTally::add_row(const LogRow& row) {
  const std::string* category = column(row, words_.category);
  // A query may have left the column out, for one category alone.
  if (category == nullptr || is_one_of(words_.calls, *category))
    add_call(account_of(row), row);
  else if (is_one_of(words_.audits, *category) &&
           is_one_of(words_.key_reads, column_or_empty(row, words_.operation)))
    add_key_read(account_of(row), row);
  else
    ++log_.others;
}

void AccessTally::add_key_read(Account& account, const LogRow& row) {
  ++account.row.key_reads;
  std::string first;
  widen(first, account.row.last_key_read, time_of(column_or_empty(row, words_.time)));
}

void AccessTally::add_call(Account& account, const LogRow& row) {
  const std::string status = column_or_empty(row, words_.status);
  const auto properties = properties_of(row, words_);
  const AccessKind kind = kind_of(properties, is_one_of(words_.refused, status));
  if (kind == AccessKind::token) {
    ++account.row.tokens;
    return;
  }
  ++(kind == AccessKind::key       ? account.row.keys
     : kind == AccessKind::refused ? account.row.refused
                                   : account.row.unknown);
  AccessCaller caller;
  caller.kind = kind;
  caller.address = shown_address(column_or_empty(row, words_.address));
  caller.operation = shown_word(column_or_empty(row, words_.operation));
  caller.status = shown_status(status);
  if (properties) {
    caller.deployment = shown_word(properties->deployment);
    caller.identity = shown_identity(properties->identity);
  }
  Key key(kind, caller.address, caller.operation, caller.deployment, caller.identity,
          caller.status);
  auto at = account.callers.find(key);
  if (at == account.callers.end()) {
    if (callers_ >= most_callers) {
      ++log_.left_out;
      return;
    }
    ++callers_;
    at = account.callers.emplace(std::move(key), std::move(caller)).first;
  }
  ++at->second.calls;
  widen(at->second.first, at->second.last, time_of(column_or_empty(row, words_.time)));
}

AccessLog AccessTally::take() {
  for (auto& [id, account] : accounts_) {
    for (auto& [key, caller] : account.callers) account.row.callers.push_back(std::move(caller));
    // By kind, then the most calls; the order of the map decides among equals.
    std::ranges::stable_sort(account.row.callers, [](const AccessCaller& a, const AccessCaller& b) {
      return a.kind != b.kind ? a.kind < b.kind : a.calls > b.calls;
    });
    log_.accounts.push_back(std::move(account.row));
  }
  std::ranges::stable_sort(log_.accounts, {},
                           [](const AccessAccount& row) { return std::tie(row.name, row.group); });
  return std::move(log_);
}

}  // namespace keyless
