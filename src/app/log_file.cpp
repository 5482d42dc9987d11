#include "app/log_file.h"

#include <algorithm>

#include "app/json_input.h"
#include "base/csv.h"
#include "base/text.h"
#include "base/utf.h"

namespace keyless {

namespace {

using Json = nlohmann::json;

constexpr size_t longest_record = 1U << 20U;
constexpr size_t longest_answer = 32U << 20U;  // of the query API, which is read as one tree

std::string text_of(const Json& value) {
  if (value.is_null()) return {};
  if (value.is_string()) return value.get<std::string>();
  return value.dump();
}

std::string column_name(std::string_view name) {
  // A portal's export says the time zone behind the name.
  return to_lower(trim(name.substr(0, name.find('['))));
}

class LogFile {
 public:
  LogFile(std::string_view text, const std::vector<std::string>& columns,
          const std::function<void(const LogRow&)>& take)
      : text_(text), columns_(columns), take_(take) {}

  // False when it is no log.
  bool read() {
    const size_t begin = std::min(text_.find_first_not_of(" \t\r\n"), text_.size());
    if (begin == text_.size()) return csv();
    if (text_[begin] == '[') return array(begin);
    if (text_[begin] != '{') return csv();
    const std::string_view line = text_.substr(begin, text_.find('\n', begin) - begin);
    const auto first = line.size() > longest_record ? std::nullopt : json_input(line);
    const bool lines = first && first->is_object() && text_.size() > begin + line.size() + 1;
    if (lines || !document(begin)) json_lines();
    return true;
  }

  [[nodiscard]] LogReading result() && { return std::move(reading_); }

 private:
  void unreadable(size_t at) {
    if (reading_.unreadable++ == 0)
      reading_.first_unreadable = static_cast<uint32_t>(std::min<size_t>(at, UINT32_MAX));
  }

  void record(const Json& json) {
    LogRow row;
    for (const auto& [name, value] : json.items())
      row.emplace_back(column_name(name), text_of(value));
    hand_on(row);
  }

  void hand_on(const LogRow& row) {
    ++reading_.records;
    take_(row);
  }

  // One element or line: a record, or a batch of them. `at` is its number, for what is unreadable.
  void element(std::string_view text, size_t at) {
    if (text.size() > longest_record) return unreadable(at);
    const auto json = json_input(text);
    if (!json || !json->is_object()) return unreadable(at);
    const auto batch = json->find("records");
    if (batch == json->end() || !batch->is_array()) return record(*json);
    for (const Json& each : *batch) {
      if (each.is_object())
        record(each);
      else
        unreadable(at);
    }
  }

  void json_lines() {
    reading_.format = "JSON lines";
    size_t number = 0;
    for (size_t at = 0; at < text_.size();) {
      const size_t end = std::min(text_.find('\n', at), text_.size());
      ++number;
      const std::string_view line = trim(text_.substr(at, end - at));
      if (!line.empty()) element(line, number);
      at = end + 1;
    }
  }

  // The elements of the array at `begin`, without reading it as one tree.
  bool array(size_t begin) {
    reading_.format = "JSON";
    size_t number = 0, start = begin + 1;
    int depth = 0;
    bool quoted = false, closed = false;
    const auto take_until = [&](size_t end) {
      const std::string_view one = trim(text_.substr(start, end - start));
      if (!one.empty()) element(one, ++number);
      start = end + 1;
    };
    for (size_t at = begin; at < text_.size() && !closed; ++at) {
      const char c = text_[at];
      if (quoted) {
        if (c == '\\') ++at;
        if (c == '"') quoted = false;
      } else if (c == '"') {
        quoted = true;
      } else if (c == '[' || c == '{') {
        ++depth;
      } else if (c == ']' || c == '}') {
        closed = --depth == 0;
        if (closed) take_until(at);
      } else if (c == ',' && depth == 1) {
        take_until(at);
      }
    }
    // An export that was cut off: its last record is half a record.
    if (!closed) unreadable(number + 1);
    return true;
  }

  // An object around the records; false when it has none.
  bool document(size_t begin) {
    static constexpr std::string_view key = "\"records\"";
    const size_t at = text_.find(key, begin);
    if (at != std::string_view::npos) {
      const size_t list = text_.find_first_not_of(" \t\r\n:", at + key.size());
      if (list != std::string_view::npos && text_[list] == '[' &&
          text_.substr(begin, at - begin).find_first_of("[]") == std::string_view::npos)
        return array(list);
    }
    if (text_.size() > longest_answer) return false;
    const auto json = json_input(text_);
    if (!json || !json->is_object()) return false;
    reading_.format = "JSON";
    const auto tables = json->find("tables");
    if (tables == json->end() || !tables->is_array()) {
      record(*json);
      return true;
    }
    for (const Json& table : *tables) rows_of(table);
    return true;
  }

  // A table of the query API: columns with names, and rows of values.
  void rows_of(const Json& table) {
    const auto columns = table.is_object() ? table.find("columns") : table.end();
    const auto rows = table.is_object() ? table.find("rows") : table.end();
    if (columns == table.end() || rows == table.end() || !columns->is_array() || !rows->is_array())
      return unreadable(1);
    std::vector<std::string> names;
    for (const Json& column : *columns)
      names.push_back(column.is_object() && column.contains("name")
                          ? column_name(text_of(column["name"]))
                          : std::string());
    size_t number = 0;
    for (const Json& values : *rows) {
      ++number;
      if (!values.is_array() || values.size() != names.size()) {
        unreadable(number);
        continue;
      }
      LogRow row;
      for (size_t i = 0; i < names.size(); ++i) row.emplace_back(names[i], text_of(values[i]));
      hand_on(row);
    }
  }

  bool csv() {
    reading_.format = "CSV";
    CsvReader reader(text_, longest_record);
    std::vector<std::string> names, fields;
    if (reader.next(names) != CsvReader::Row::row) return false;
    for (std::string& name : names) name = column_name(name);
    const bool known = std::ranges::any_of(columns_, [&](const std::string& column) {
      return std::ranges::find(names, column) != names.end();
    });
    if (!known) return false;
    while (true) {
      const CsvReader::Row got = reader.next(fields);
      if (got == CsvReader::Row::end) return true;
      if (got == CsvReader::Row::broken || fields.size() != names.size()) {
        unreadable(reader.line());
        continue;
      }
      LogRow row;
      for (size_t i = 0; i < names.size(); ++i) row.emplace_back(names[i], std::move(fields[i]));
      hand_on(row);
    }
  }

  std::string_view text_;
  const std::vector<std::string>& columns_;
  const std::function<void(const LogRow&)>& take_;
  LogReading reading_;
};

}  // namespace

Result<LogReading> read_log(std::string_view text, const std::string& path,
                            const std::vector<std::string>& columns,
                            const std::function<void(const LogRow&)>& take) {
  // PowerShell writes UTF-16; the portal puts a mark before UTF-8.
  std::string decoded;
  if (has_utf16_bom(text)) {
    decoded = decode(text, detect_encoding(text)).text;
    text = decoded;
  }
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  if (text.starts_with(mark)) text.remove_prefix(mark.size());
  LogFile file(text, columns, take);
  if (!file.read())
    return fail(
        Diagnostic{Problem::bad_input, path, 0, "is no diagnostic log",
                   "JSON lines, a JSON array, or CSV with the columns of AzureDiagnostics"});
  return std::move(file).result();
}

}  // namespace keyless
