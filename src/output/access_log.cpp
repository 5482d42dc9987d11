#include "output/access_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/json_text.h"
#include "output/markdown_text.h"

namespace keyless {

namespace {

// table: words for the kinds, in order
constexpr std::array<std::string_view, 4> kind_names{"key", "refused", "unknown", "token"};

std::string or_dash(const std::string& text) {
  return text.empty() ? "-" : markdown_code(text);
}

std::string files_table(const AccessLog& log) {
  std::string text = "| file | format | records | unreadable |\n|---|---|---:|---|\n";
  for (const AccessLogFile& file : log.files) {
    std::string unreadable = std::to_string(file.unreadable);
    if (file.unreadable > 0)
      unreadable += fmt::format(", the first is {} {}", file.format == "JSON" ? "element" : "line",
                                file.first_unreadable);
    text += fmt::format("| {} | {} | {} | {} |\n", markdown_code(file.name), file.format,
                        file.records, unreadable);
  }
  return text;
}

std::string accounts_table(const AccessLog& log) {
  std::string text =
      "| account | resource group | with a key | refused | not known | with a token | keys listed "
      "|\n|---|---|---:|---:|---:|---:|---|\n";
  for (const AccessAccount& row : log.accounts) {
    std::string reads = std::to_string(row.key_reads);
    if (!row.last_key_read.empty()) reads += ", last " + markdown_code(row.last_key_read);
    text += fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", markdown_code(row.name),
                        or_dash(row.group), row.keys, row.refused, row.unknown, row.tokens, reads);
  }
  return text;
}

std::string callers_table(const AccessAccount& row) {
  std::string text =
      "| came with | caller | operation | deployment | status | identity | calls | first | last "
      "|\n|---|---|---|---|---|---|---:|---|---|\n";
  for (const AccessCaller& caller : row.callers)
    text +=
        fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", to_string(caller.kind),
                    or_dash(caller.address), or_dash(caller.operation), or_dash(caller.deployment),
                    or_dash(caller.status), or_dash(caller.identity), caller.calls,
                    or_dash(caller.first), or_dash(caller.last));
  return text;
}

std::string verdict(const AccessLog& log) {
  if (only_tokens(log)) return "Every call in these logs came with a token.\n";
  uint64_t keys = 0, refused = 0, unknown = 0, tokens = 0, unreadable = 0;
  for (const AccessAccount& row : log.accounts) {
    keys += row.keys;
    refused += row.refused;
    unknown += row.unknown;
    tokens += row.tokens;
  }
  for (const AccessLogFile& file : log.files) unreadable += file.unreadable;
  if (keys + refused + unknown + tokens + unreadable == 0)
    return "No call is in these logs, which says nothing about keys.\n";
  return fmt::format(
      "**{} calls came with a key**, {} were refused, {} cannot be told, {} came with a token; {} "
      "records could not be read.\n",
      keys, refused, unknown, tokens, unreadable);
}

void write_file(JsonText& json, const AccessLogFile& file) {
  json.compact_next();
  json.begin_object();
  json.member("name", file.name);
  json.member("format", file.format);
  json.member("records", file.records);
  json.member("unreadable", file.unreadable);
  json.member("first_unreadable", file.first_unreadable);
  json.end_object();
}

void write_caller(JsonText& json, const AccessCaller& caller) {
  json.compact_next();
  json.begin_object();
  json.member("with", to_string(caller.kind));
  json.member("address", caller.address);
  json.member("operation", caller.operation);
  json.member("deployment", caller.deployment);
  json.member("status", caller.status);
  json.member("identity", caller.identity);
  json.member("calls", caller.calls);
  json.member("first", caller.first);
  json.member("last", caller.last);
  json.end_object();
}

void write_account(JsonText& json, const AccessAccount& row) {
  json.begin_object();
  json.member("name", row.name);
  json.member("group", row.group);
  json.member("key", row.keys);
  json.member("refused", row.refused);
  json.member("unknown", row.unknown);
  json.member("token", row.tokens);
  json.member("key_reads", row.key_reads);
  json.member("last_key_read", row.last_key_read);
  json.key("callers");
  json.begin_array();
  for (const AccessCaller& caller : row.callers) write_caller(json, caller);
  json.end_array();
  json.end_object();
}

}  // namespace

std::string_view to_string(AccessKind kind) {
  return kind_names[static_cast<size_t>(kind)];
}

bool only_tokens(const AccessLog& log) {
  uint64_t tokens = 0;
  for (const AccessAccount& row : log.accounts) {
    if (row.keys + row.refused + row.unknown > 0) return false;
    tokens += row.tokens;
  }
  return tokens > 0 && std::ranges::all_of(log.files, [](const AccessLogFile& file) {
           return file.unreadable == 0;
         });
}

std::string write_access_log_markdown(const AccessLog& log) {
  std::string text = "# Calls in the logs\n\n" + verdict(log) + "\n" + files_table(log);
  if (log.others > 0) text += fmt::format("\n{} records are of other categories.\n", log.others);
  if (log.left_out > 0)
    text += fmt::format("\nThe callers of {} calls are too many to be listed.\n", log.left_out);
  if (log.accounts.empty()) return text;
  text += "\n" + accounts_table(log);
  for (const AccessAccount& row : log.accounts)
    if (!row.callers.empty())
      text += fmt::format("\n## {}\n\n{}", markdown_code(row.name), callers_table(row));
  return text +
         "\n`key`: answered, and nobody is named. `refused`: 401 or 403, of a key that is off, or "
         "of "
         "a token whose identity lacks the role. Kinds of accounts other than OpenAI and "
         "AIServices "
         "may name nobody for tokens either.\n";
}

std::string write_access_log_json(const AccessLog& log) {
  JsonText json;
  json.begin_object();
  json.member("schema", "keyless-log/1");
  json.member("only_tokens", only_tokens(log));
  json.key("files");
  json.begin_array();
  for (const AccessLogFile& file : log.files) write_file(json, file);
  json.end_array();
  json.member("other_records", log.others);
  json.member("calls_left_out", log.left_out);
  json.key("accounts");
  json.begin_array();
  for (const AccessAccount& row : log.accounts) write_account(json, row);
  json.end_array();
  json.end_object();
  return json.take();
}

}  // namespace keyless
