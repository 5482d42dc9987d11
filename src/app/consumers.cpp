#include "app/consumers.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "base/text.h"
#include "fix/token_calls.h"
#include "output/node_label.h"
#include "output/place.h"
#include "output/report_index.h"
#include "source/git.h"

namespace keyless {

namespace {

// Somebody who presents the key to the service.
bool calls(Category category) {
  return category == Category::client_key || category == Category::http_key ||
         category == Category::gateway_key || category == Category::script_key;
}

// A place that holds the key or hands it on, to whoever reads it there.
bool holds(Category category) {
  return category == Category::key_setting || category == Category::key_inject ||
         category == Category::key_export || category == Category::pipeline_key ||
         category == Category::key_read || category == Category::key_literal;
}

std::string day_of(int64_t seconds) {
  const std::chrono::sys_days day = std::chrono::floor<std::chrono::days>(
      std::chrono::sys_seconds(std::chrono::seconds(seconds)));
  const std::chrono::year_month_day date(day);
  const auto two = [](unsigned number) {
    return (number < 10 ? "0" : "") + std::to_string(number);
  };
  return std::to_string(static_cast<int>(date.year())) + "-" +
         two(static_cast<unsigned>(date.month())) + "-" + two(static_cast<unsigned>(date.day()));
}

// The day of the root's commit, in UTC; "" without one.
Result<std::string> committed(const Root& root) {
  if (root.commit.empty()) return std::string();
  const auto text = ask_git({root.work_tree, root.folder}, {"cat-file", "commit", root.commit});
  if (!text) return fail(text.error());
  for (const std::string_view line : split(*text, '\n')) {
    if (!line.starts_with("committer ")) continue;
    // "committer NAME <MAIL> SECONDS ZONE"
    const std::string_view time = after_last(line, '>');
    int64_t seconds = 0;
    const std::string_view digits = trim(time);
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
    if (error == std::errc()) return day_of(seconds);
  }
  return std::string();
}

class ConsumerList {
 public:
  ConsumerList(const Run& run, const std::string& today)
      : run_(run), report_(run.report), today_(today), index_(run.report) {}

  Result<Consumers> make() {
    Consumers all;
    all.version = report_.version;
    for (uint32_t i = 0; i < run_.roots.size(); ++i) {
      auto day = committed(run_.roots[i]);
      if (!day) return fail(day.error());
      all.roots.push_back({report_.roots[i].id, run_.roots[i].commit, std::move(*day)});
    }
    find_token_calls();
    for (const Lineage& lineage : report_.lineages) add_lineage(lineage);
    add_keyless();
    add_ledgers();
    for (ConsumerAccount& row : rows_) {
      if (!row.known && row.consumers.empty()) continue;
      sort_once(row.consumers);
      all.accounts.push_back(std::move(row));
    }
    return all;
  }

 private:
  struct Caller {
    AccountConsumer consumer;
    std::string service;
    std::string key;  // root and path, to find both modes in one file
  };

  static std::string file_key(uint32_t root, const std::string& path) {
    return std::to_string(root) + ":" + path;
  }

  static void sort_once(std::vector<AccountConsumer>& consumers) {
    const auto order = [](const AccountConsumer& c) {
      return std::tie(c.state, c.name, c.line, c.what);
    };
    std::ranges::sort(consumers, {}, order);
    const auto same = [&](const AccountConsumer& a, const AccountConsumer& b) {
      return order(a) == order(b);
    };
    consumers.erase(std::ranges::unique(consumers, same).begin(), consumers.end());
  }

  // The 1-based line of a span in a file that need not be in the report.
  [[nodiscard]] uint32_t line_of(uint32_t root, const std::string& path, Span span) const {
    if (file_of(report_, root, path) != nullptr)
      return place_of(report_, root, path, span).start.line;
    const auto bytes = run_.scanned[root].files->read(path, ReadLimits{});
    if (!bytes) return 1;
    const std::string_view before = std::string_view(*bytes).substr(0, span.begin);
    return static_cast<uint32_t>(std::ranges::count(before, '\n')) + 1;
  }

  void find_token_calls() {
    for (uint32_t root = 0; root < run_.scanned.size(); ++root) {
      for (const TokenCall& call : token_calls(*run_.scanned[root].project, run_.rules)) {
        AccountConsumer consumer{ConsumerState::keyless,
                                 shown_path(report_, root, call.path),
                                 line_of(root, call.path, call.span),
                                 call.symbol,
                                 {},
                                 {}};
        keyless_.push_back({std::move(consumer), call.service, file_key(root, call.path)});
        token_files_.insert(keyless_.back().key);
      }
    }
  }

  ConsumerAccount& row_of_lineage(const Lineage& lineage) {
    const bool known = !lineage.account.empty();
    const std::string& id = known ? lineage.account : lineage.root;
    const auto [at, is_new] =
        numbers_.try_emplace(std::to_string(lineage.root_index) + ":" + id, rows_.size());
    if (is_new) {
      ConsumerAccount row;
      row.id = id;
      row.label = node_label(index_.node(id), id);
      row.known = known;
      row.service = lineage.service;
      if (!lineage.path.empty())
        row.place = short_place(report_, lineage.root_index, lineage.path, lineage.span);
      rows_.push_back(std::move(row));
    }
    return rows_[at->second];
  }

  [[nodiscard]] ConsumerState state_of(const Finding& finding) const {
    if (finding.verdict == Verdict::cannot_migrate) return ConsumerState::cannot_migrate;
    const bool both =
        calls(finding.category) && token_files_.contains(file_key(finding.root, finding.path));
    return both ? ConsumerState::dual_mode : ConsumerState::key;
  }

  [[nodiscard]] AccountConsumer consumer_at(const Finding& finding, ConsumerState state,
                                            std::string what) const {
    return {state,
            shown_path(report_, finding.root, finding.path),
            place_of(report_, finding.root, finding.path, finding.span).start.line,
            std::move(what),
            {},
            {}};
  }

  void add_lineage(const Lineage& lineage) {
    ConsumerAccount& row = row_of_lineage(lineage);
    bool called = false;
    std::vector<const Finding*> holders;
    for (const Finding* finding : index_.findings_of(lineage)) {
      if (finding->test_code) continue;
      if (calls(finding->category)) {
        called = true;
        row.consumers.push_back(consumer_at(*finding, state_of(*finding), finding->rule));
      } else if (finding->verdict == Verdict::cannot_migrate) {
        row.consumers.push_back(
            consumer_at(*finding, ConsumerState::cannot_migrate, finding->rule));
      } else if (holds(finding->category)) {
        holders.push_back(finding);
      }
    }
    for (const Finding* holder : holders) {
      // An output may be read anywhere; what else holds a key does it for the callers that are here.
      const bool leaves = holder->category == Category::key_export;
      if (called && !leaves) continue;
      row.consumers.push_back(
          consumer_at(*holder, ConsumerState::open,
                      std::string(to_string(holder->category)) +
                          (leaves ? ": whoever reads it is not known" : ": no caller is here")));
    }
    if (!row.known) return;
    for (const std::string& name : lineage.open_ends)
      row.consumers.push_back(
          {ConsumerState::open, name, 0, "nothing here goes by that name", {}, {}});
  }

  // A token does not say for which account it is asked: a keyless caller counts for each of its
  // service, which makes none of them safe that has another consumer.
  void add_keyless() {
    if (keyless_.empty()) return;
    const bool any_account = std::ranges::any_of(rows_, &ConsumerAccount::known);
    if (!any_account) {
      ConsumerAccount row;
      row.id = "account:global:elsewhere";
      row.label = "accounts that are declared elsewhere";
      for (const Caller& caller : keyless_) row.consumers.push_back(caller.consumer);
      rows_.push_back(std::move(row));
      return;
    }
    for (ConsumerAccount& row : rows_) {
      if (!row.known) continue;
      for (const Caller& caller : keyless_)
        if (caller.service.empty() || row.service.empty() || caller.service == row.service ||
            std::ranges::count_if(rows_, &ConsumerAccount::known) == 1)
          row.consumers.push_back(caller.consumer);
    }
  }

  // The part of a node's name that its own file uses: "azurerm_cognitive_account.openai".
  static std::string own_name(const std::string& id) {
    const std::vector<std::string_view> parts = split(id, ':');
    return parts.size() < 3 ? id : id.substr(parts[0].size() + parts[1].size() + 2);
  }

  void add_ledgers() {
    for (const Configuration& configuration : run_.configurations)
      for (const Consumer& entry : configuration.consumers) add_ledger(entry);
  }

  void add_ledger(const Consumer& entry) {
    const bool expired = entry.until < today_;  // both YYYY-MM-DD
    const AccountConsumer consumer{expired ? ConsumerState::expired : ConsumerState::ledger,
                                   entry.name,
                                   0,
                                   entry.reason,
                                   entry.owner,
                                   entry.until};
    bool found = false;
    for (ConsumerAccount& row : rows_) {
      if (entry.account != row.id && entry.account != own_name(row.id) &&
          entry.account != after_last(row.id, '.'))
        continue;
      found = true;
      // The ledger speaks for the place that it names; otherwise it adds somebody from outside.
      std::erase_if(row.consumers, [&](const AccountConsumer& known) {
        return known.name == entry.name && !known.name.empty() && blocks_lock(known.state);
      });
      row.consumers.push_back(consumer);
    }
    if (found) return;
    ConsumerAccount row;
    row.id = entry.account;
    row.label = "account " + entry.account;
    row.known = true;
    row.consumers.push_back(consumer);
    rows_.push_back(std::move(row));
  }

  const Run& run_;
  const Report& report_;
  const std::string& today_;
  ReportIndex index_;
  std::vector<ConsumerAccount> rows_;
  std::map<std::string, size_t> numbers_;  // root and id -> index into rows_
  std::vector<Caller> keyless_;
  std::set<std::string> token_files_;
};

}  // namespace

Result<Consumers> list_consumers(const Run& run, const std::string& today) {
  return ConsumerList(run, today).make();
}

}  // namespace keyless
