#include "app/consumers_file.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <nlohmann/json.hpp>
#include <optional>

#include "app/json_input.h"
#include "output/consumers.h"

namespace keyless {

namespace {

using Json = nlohmann::json;

constexpr int most_days = 30;
constexpr int deepest = 16;

// A member as text; "" when it is absent or of another kind.
std::string text_in(const Json& object, const char* name) {
  const auto member = object.find(name);
  return member == object.end() || !member->is_string() ? "" : member->get<std::string>();
}

const Json* list_in(const Json& object, const char* name) {
  const auto member = object.find(name);
  return member == object.end() || !member->is_array() ? nullptr : &*member;
}

std::optional<std::chrono::sys_days> day_of(std::string_view text) {
  int year = 0;
  unsigned month = 0, day = 0;
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto number = [&](size_t at, size_t size, auto& value) {
    const char* begin = text.data() + at;
    const auto [end, error] = std::from_chars(begin, begin + size, value);
    return error == std::errc() && end == begin + size;
  };
  if (!number(0, 4, year) || !number(5, 2, month) || !number(8, 2, day)) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                         std::chrono::day(day)};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date);
}

std::string gap_in_age(const Json& roots, const std::string& today) {
  std::string newest;
  for (const Json& root : roots) {
    if (!root.is_object() || !day_of(text_in(root, "committed")))
      return "the file of consumers has a root without a commit, so its age is not known";
    newest = std::max(newest, text_in(root, "committed"));
  }
  const auto from = day_of(newest);
  const auto now = day_of(today);
  if (!from || !now) return "the file of consumers has no root";
  if (*now - *from > std::chrono::days(most_days))
    return "the file of consumers is too old: its newest commit is of " + newest;
  return {};
}

bool is_good(const Json& consumer, const std::string& today) {
  const std::string state = text_in(consumer, "state");
  return state == to_string(ConsumerState::keyless) ||
         (state == to_string(ConsumerState::ledger) && day_of(text_in(consumer, "until")) &&
          text_in(consumer, "until") >= today);
}

std::string gap_in_accounts(const Json& accounts, const std::string& today) {
  size_t open = 0;
  std::string first;
  for (const Json& account : accounts) {
    const Json* consumers = account.is_object() ? list_in(account, "consumers") : nullptr;
    if (consumers == nullptr || consumers->empty())
      return "the file of consumers knows none for " +
             (account.is_object() ? text_in(account, "id") : std::string("an account"));
    for (const Json& consumer : *consumers) {
      if (consumer.is_object() && is_good(consumer, today)) continue;
      if (open++ == 0 && consumer.is_object())
        first = text_in(consumer, "name") + " (" + text_in(consumer, "state") + ")";
    }
  }
  if (accounts.empty()) return "the file of consumers knows no account";
  if (open == 0) return {};
  return std::to_string(open) + " consumers still need a key or are not known, the first is " +
         first;
}

}  // namespace

Result<std::string> gap_in_evidence(std::string_view text, const std::string& path,
                                    const std::string& today) {
  const auto bad = [&] {
    return fail(Diagnostic{Problem::bad_input, path, 0, "is not a file of consumers",
                           "write one with `keyless consumers --write FILE`"});
  };
  const auto parsed = json_input(text, deepest);
  if (!parsed || !parsed->is_object()) return bad();
  const Json& json = *parsed;
  if (text_in(json, "schema") != "keyless/1") return bad();
  const Json* roots = list_in(json, "roots");
  const Json* accounts = list_in(json, "accounts");
  if (roots == nullptr || accounts == nullptr) return bad();
  std::string gap = gap_in_age(*roots, today);
  return gap.empty() ? gap_in_accounts(*accounts, today) : gap;
}

}  // namespace keyless
